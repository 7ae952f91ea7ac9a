import type { OwnTask } from '../columns/own-columns';
import { ownColumn, type OwnDimension } from '../model/dimension';
import type { NativeDimension } from '../model/event';
import type { Query } from '../model/query';
import { PASSES, valuesOf, type FilterTable, type SumsByCode, type ValueSum } from './combinations';
import type { EngineData } from './engine-data';
import { mergeOwnCounts, ownFilters, type OwnCounts } from './own-values';
import type { PinMask, Plan } from './plan';
import { assign, onAll, sumAll } from './scanner';
import { bucketsInPlan, daysInPlan, type RangeSums } from './series';

/** What a query's rows are summed up to, before figures are made of it. */

/**
 * Sums over the plan's range: those that are kept by day, or else counted from the rows.
 * @param own how rows are seen by columns of one's own; null where the question is about none
 */
export async function sumsOf(
	{ filter }: Pick<Query, 'filter'>,
	plan: Plan,
	data: Pick<EngineData, 'daySums' | 'scanners'>,
	mask: PinMask,
	own: OwnTask | null
): Promise<RangeSums[]> {
	const kept = mask === null && own === null ? await data.daySums(filter.tz) : null;
	if (kept) return [daysInPlan(kept, plan)];
	return (await sumAll(assign(plan, data.scanners), mask, own)).map(bucketsInPlan);
}

/** The values of a split among the events that pass, the largest first; none without a split. */
export function passingValues(
	split: NativeDimension | null,
	sums: SumsByCode,
	accounts: readonly string[],
	filter: FilterTable
): ValueSum[] {
	if (split === null) return [];
	const passes = (code: number) => filter.misses(code) === PASSES;
	return valuesOf(split, sums, accounts, passes, passes);
}

/** What the values of columns of one's own come to under a query's filters. */
export async function ownCountsOf(
	columns: readonly OwnDimension[],
	{ filter }: Pick<Query, 'filter'>,
	plan: Plan,
	{ accounts, own, scanners }: Pick<EngineData, 'accounts' | 'own' | 'scanners'>,
	mask: PinMask,
	withKinds = false
): Promise<OwnCounts[]> {
	if (columns.length === 0) return [];
	const task = {
		filter,
		pins: mask,
		accounts,
		filters: ownFilters(filter, own),
		columns: columns.map((column) => {
			const name = ownColumn(column)!;
			return { name, values: own.get(name)?.length ?? 1 };
		}),
		withKinds
	};
	return mergeOwnCounts(
		await onAll(assign(plan, scanners), ({ scanner, share }) => scanner.countOwn(share, task))
	);
}
