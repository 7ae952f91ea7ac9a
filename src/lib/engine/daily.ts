import { valueOf } from '../columns/combination';
import type { FigureColumns } from '../model/figures';
import { compareText } from '../model/text-order';
import type { Query } from '../model/query';
import { isOwn, nativeSplit, ownColumn } from '../model/dimension';
import { ownTaskOf, passingOwnValues } from './own-values';
import { ownCountsOf, passingValues, sumsOf } from './query-sums';
import { assertExact, totalsOf } from './totals';
import type { EngineData } from './engine-data';
import { pinMask } from './pin-mask';
import { PASSES, compileFilter } from './combinations';
import { MAX_SLOTS, OVERALL_SLOT } from './cells';
import type { Plan } from './plan';
import { assign, scanAll } from './scanner';
import { NO_SLOT, countSeries, sumsByCode } from './series';

/** The figures of each bucket of a plan, of all events or of one value of the split. */
export interface DailyFigures {
	/** null where there is no split. */
	readonly value: string | null;
	/** One row a bucket of the plan. */
	readonly figures: FigureColumns;
}

/**
 * The series of every value of the split that occurs, by name; as many scans as it takes. Without a split, the one
 * series of all events.
 * @param plan by day
 */
export async function dailyFigures(query: Query, plan: Plan, data: EngineData): Promise<DailyFigures[]> {
	const { filter, split } = query;
	const { accounts } = data;
	const { pinCount, userCount } = await data.catalogue();
	const assignments = assign(plan, data.scanners);
	const pins = await pinMask(query, data);
	const ownSplit = split !== null && isOwn(split) ? split : null;
	const rows = ownTaskOf(filter, data.own);
	const kept = ownSplit ? null : await sumsOf(query, plan, data, pins, rows);
	const compiled = compileFilter(filter, accounts);

	/** @param slotOfValue slot of each value of the split, by its index; 0 leaves it out */
	const seriesOf = async (slotOfValue: Uint8Array, slots: number): Promise<FigureColumns[]> => {
		const own = ownSplit ? ownTaskOf(filter, data.own, ownSplit, slotOfValue) : rows;
		const sums = kept ?? (await sumsOf(query, plan, data, pins, own));
		const slotOf = (code: number) => {
			if (compiled.misses(code) !== PASSES) return NO_SLOT;
			if (ownSplit) return valueOf(code, ownSplit);
			return split === null ? OVERALL_SLOT : slotOfValue[valueOf(code, split)] || NO_SLOT;
		};
		const counts = countSeries(sums, plan.buckets.length, slots, slotOf);
		assertExact(totalsOf(counts[OVERALL_SLOT]!, null));
		const lookedUp = ownSplit ? Uint8Array.from({ length: slots }, (_, slot) => slot) : slotOfValue;
		const task = {
			...{ filter, pins, accounts, split, own, slots, pinCount, userCount },
			slotOfValue: lookedUp,
			withVideo: false
		};
		const { people } = await scanAll(plan, assignments, task);
		return counts.map((columns, slot) => ({ ...columns, ...people?.series[slot] }));
	};

	if (split === null) {
		const series = await seriesOf(new Uint8Array(0), 1);
		return [{ value: null, figures: series[OVERALL_SLOT]! }];
	}
	const found = kept
		? passingValues(nativeSplit(query), sumsByCode(kept), accounts, compiled)
		: passingOwnValues(
				(await ownCountsOf([ownSplit!], query, plan, data, pins))[0]!,
				data.own.get(ownColumn(ownSplit!)!) ?? ['']
			);
	const values = found.sort((a, b) => compareText(a.name, b.name));
	const daily: DailyFigures[] = [];
	for (let first = 0; first < values.length; first += MAX_SLOTS - 1) {
		const some = values.slice(first, first + MAX_SLOTS - 1);
		const slotOfValue = new Uint8Array(1 + Math.max(...values.map((value) => value.index)));
		some.forEach(({ index }, i) => (slotOfValue[index] = 1 + i));
		const series = await seriesOf(slotOfValue, 1 + some.length);
		some.forEach(({ name }, i) => daily.push({ value: name, figures: series[1 + i]! }));
	}
	return daily;
}

/**
 * The counts of each day of all events that pass, from sums alone: people are 0.
 * @param plan by day
 */
export async function countDays(
	query: Pick<Query, 'filter' | 'subject'>,
	plan: Plan,
	data: EngineData
): Promise<FigureColumns> {
	const pins = await pinMask(query, data);
	const sums = await sumsOf(query, plan, data, pins, ownTaskOf(query.filter, data.own));
	const compiled = compileFilter(query.filter, data.accounts);
	const slotOf = (code: number) => (compiled.misses(code) === PASSES ? OVERALL_SLOT : NO_SLOT);
	return countSeries(sums, plan.buckets.length, 1, slotOf)[OVERALL_SLOT]!;
}
