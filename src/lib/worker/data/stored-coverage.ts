import { isPaidMetric } from '../../engine/reported/scope-reading';
import { reportMetricsFrom } from '../../model/metric';
import type { Coverage } from '../../model/query';
import { ownDimension } from '../../model/dimension';
import { wholeSpan } from '../../model/reported';
import { ownColumnsOf } from '../../store/batches';
import type { LiveBatch, StoredReport } from '../../store/database';

/** What the live batches cover, all together; null where none holds anything of a day. */
export function coverageOf(batches: readonly LiveBatch[]): Coverage | null {
	const filled = batches.filter(({ segments, report }) => segments.length > 0 && !report);
	const reports = batches.flatMap(({ report }) => report ?? []);
	const spanOf = (some: typeof reports) => wholeSpan(some.flatMap(({ span }) => span ?? []));
	const ofDays = spanOf(reports.filter(({ kind }) => kind !== 'levels'));
	// Totals since a Pin's first day answer no range, so their days count where there is nothing else.
	const reported = ofDays ?? (filled.length === 0 ? spanOf(reports) : null);
	if (filled.length === 0 && !reported) return null;
	const own = ownColumnsOf(filled).map(ownDimension);
	return {
		firstMs: filled.reduce((least, { firstMs }) => Math.min(least, firstMs ?? least), Infinity),
		lastMs: filled.reduce((most, { lastMs }) => Math.max(most, lastMs ?? most), -Infinity),
		events: filled.reduce((sum, { segments }) => sum + rowsOf(segments), 0),
		...(reported ? { reported } : {}),
		metrics: reportMetricsFrom(reports.flatMap(({ metrics }) => metrics ?? [])),
		...(reports.some(holdsAds) ? { hasAds: true } : {}),
		...(own.length > 0 ? { own } : {})
	};
}

/** Whether a report has figures of ads. For what was stored before this was noted, its name and its metrics say so. */
export function holdsAds({ hasAds = false, name, metrics = [] }: StoredReport): boolean {
	return hasAds || name === 'ads_report' || metrics.some(isPaidMetric);
}

function rowsOf(segments: LiveBatch['segments']): number {
	return segments.reduce((sum, { rows }) => sum + rows, 0);
}
