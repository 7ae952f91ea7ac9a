import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { MetricId } from '$lib/model/metric';
import { formatNames, formatRange, inSentence } from '$lib/view/format';
import { exportName, isExported, type GapSource } from '$lib/view/gaps';
import type { DayRange } from '$lib/view/range';
import type { FileSource } from '../guide/guide-id';
import { named } from '../guide/named';
import { PLATFORM_WORDS } from '../guide/platform-words';
import { METRIC_LABELS } from '../labels';

/** What is to be done about a gap, as sentences for Named.svelte. */

/** What is said about each in the guide. */
export const GUIDE_OF: Readonly<Record<GapSource, FileSource>> = {
	analytics: 'analytics',
	ads: 'ads',
	api: 'api',
	by_hand: 'api',
	events: 'events'
};

const SENTENCES: Readonly<Record<GapSource, (metric: string, range: string) => string>> = {
	analytics: (metric, range) => m.gap_analytics({ metric, range }),
	ads: (metric, range) => m.gap_ads({ metric, range, ads: PLATFORM_WORDS.ads }),
	api: (metric, range) => m.gap_api({ metric, range }),
	by_hand: (metric, range) => m.gap_by_hand({ metric, range }),
	events: (metric, range) => m.gap_events({ metric, range })
};

/** The name to look for where the files are: the platform's own where it has an export of the metric. */
export function nameToLookFor(metric: MetricId): string {
	return isExported(metric) ? named(exportName(metric)) : inSentence(formatLocale(), METRIC_LABELS[metric]());
}

/** What to do for metrics of one source, over the same days. */
export function gapSentence(source: GapSource, metrics: readonly MetricId[], days: DayRange): string {
	const locale = formatLocale();
	return SENTENCES[source](formatNames(locale, metrics.map(nameToLookFor)), formatRange(locale, days));
}
