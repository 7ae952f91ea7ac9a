import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { ReportedFilters } from '../../model/reported';

/** Which parts of a scope are read for a metric: its content type, its currency. */

/** Metrics that content type All answers as Paid: money, and what ads led to. */
const PAID_METRICS: ReadonlySet<FactMetric> = new Set<FactMetric>([
	'spend',
	'order_value',
	'page_visits',
	'add_to_carts',
	'checkouts'
]);

export function isPaidMetric(metric: FactMetric): boolean {
	return PAID_METRICS.has(metric);
}

/** How the scope of a metric is read: as it stands, as paid whatever its content type, or as paid with a currency. */
export type ScopeReading = 0 | 1 | 2;
const PAID: ScopeReading = 1;
/** As paid with a currency. */
export const MONEY: ScopeReading = 2;
export const SCOPE_READINGS = 3;

export function scopeReading(metric: FactMetric): ScopeReading {
	return additionOf(metric) === 'money' ? MONEY : PAID_METRICS.has(metric) ? PAID : 0;
}

/** Filters of a metric that is paid anyway: without the content type where it includes paid content. */
export function withoutPaid(filters: ReportedFilters): ReportedFilters {
	if (!filters.content_type?.includes('paid')) return filters;
	return Object.fromEntries(Object.entries(filters).filter(([dimension]) => dimension !== 'content_type'));
}

/** The filters of a scope under a reading. */
export function readFilters(filters: ReportedFilters, reading: ScopeReading): ReportedFilters {
	return reading === 0 ? filters : withoutPaid(filters);
}
