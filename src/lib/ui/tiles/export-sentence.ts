import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { MetricId } from '$lib/model/metric';
import type { DaySpan } from '$lib/model/reported';
import { formatNames, formatRange, inSentence } from '$lib/view/format';
import { exportsOf } from '$lib/view/known-days';
import type { PageKind } from '$lib/view/page';
import { PLATFORM_WORDS } from '../guide/platform-words';
import { nameToLookFor } from '../data/gap-words';
import { METRIC_LABELS } from '../labels';

/** Which export would bring a metric, for Named.svelte. */
export function exportSentence(metric: MetricId, days: DaySpan, isFiltered: boolean, page: PageKind): string {
	const locale = formatLocale();
	const range = formatRange(locale, days);
	const label = inSentence(locale, METRIC_LABELS[metric]());
	if (page === 'ads') return m.tile_export_ads({ ads: PLATFORM_WORDS.ads, metric: label, range });
	const exports = exportsOf(metric);
	const names = exports.length > 0 ? exports.map(nameToLookFor) : [label];
	const what = { metric: formatNames(locale, names), range };
	return isFiltered ? m.tile_export_filtered(what) : m.tile_export(what);
}
