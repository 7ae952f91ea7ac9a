import type { OwnTask } from '../columns/own-columns';
import { valueOf } from '../columns/combination';
import { isOwn, nativeSplit, ownColumn, ownDimension } from '../model/dimension';
import { NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import type { FigureColumns } from '../model/figures';
import { NO_ROWS } from '../model/answer';
import type { CountedShare, EventAnswer, EventSeries, OwnShares } from '../model/event-answer';
import type { Query } from '../model/query';
import {
	PASSES,
	compileFilter,
	valuesOf,
	type SumsByCode,
	type FilterTable,
	type ValueSum
} from './combinations';
import { isOfEverything, unpackAllPins } from './all-pins';
import { type AnsweredPeople, nobody, peopleOfIndex, peopleOfScan } from './answered-people';
import { MAX_SLOTS, OVERALL_SLOT } from './cells';
import type { EngineData } from './engine-data';
import { ownShares, ownTaskOf, passingOwnValues } from './own-values';
import { pinMask } from './pin-mask';
import type { PinMask, Plan } from './plan';
import { ownCountsOf, passingValues, sumsOf } from './query-sums';
import { assign, scanAll } from './scanner';
import { NO_SLOT, countSeries, sumsByCode } from './series';
import type { Counts } from './pin-counts';
import { topLists } from './top';
import { assertExact, totalsOf } from './totals';

/** What an answer is made of, and what longer lists are cut from. */
export interface Answered {
	readonly answer: EventAnswer;
	readonly pins: Counts;
}

/** An answer of which the rows are not counted yet. */
export interface BegunAnswer {
	/**
	 * The first answer: all that follows from sums, and people where they are known, else NaN. It is the whole one where
	 * these are known and no list is wanted.
	 */
	readonly first: EventAnswer;
	/** Counts Pins, and people where they are not known: one look at every row of the range. */
	readonly count: () => Promise<Answered>;
}

/**
 * Answers a query, exactly.
 * @param onFirst gets the first answer
 * @throws ProblemError figure_too_large where a sum goes beyond 2^53
 */
export async function answerQuery(
	query: Query,
	plan: Plan,
	data: EngineData,
	onFirst: (answer: EventAnswer) => void = () => {}
): Promise<Answered> {
	const { first, count } = await beginAnswer(query, plan, data);
	onFirst(first);
	return count();
}

/**
 * Begins an answer, without a look at any row.
 * @throws ProblemError figure_too_large where a sum goes beyond 2^53
 */
export async function beginAnswer(query: Query, plan: Plan, data: EngineData): Promise<BegunAnswer> {
	const prepared = await prepare(query, plan, data);
	return { first: prepared.first, count: () => countRows(query, plan, data, prepared) };
}

async function countRows(query: Query, plan: Plan, data: EngineData, prepared: Prepared): Promise<Answered> {
	const { first, mask, slotOfValue, slots, withPeople, own } = prepared;
	const catalogue = await data.catalogue();
	const { pinCount, userCount } = catalogue;
	const { split, withVideo } = query;
	const listsOf = (pins: Counts) =>
		query.top === 0
			? {}
			: topLists({ now: pins, then: null }, catalogue, { sort: query.sort, wanted: query.top });
	const kept = first.hasPeople && isOfEverything(query, mask, own) ? data.allPins?.(plan) : null;
	if (kept) {
		const pins = unpackAllPins(kept, pinCount, withVideo);
		return { answer: { ...first, ...listsOf(pins), isWhole: true }, pins };
	}
	const task = {
		filter: query.filter,
		pins: mask,
		accounts: data.accounts,
		split,
		own,
		slotOfValue,
		slots,
		withVideo,
		pinCount,
		userCount: first.hasPeople ? null : userCount
	};
	const result = await scanAll(plan, assign(plan, data.scanners), task);
	const pins = { withVideo, counts: result.pins };
	const people = result.people ? withPeople(peopleOfScan(result.people)) : {};
	return { answer: { ...first, ...people, ...listsOf(pins), isWhole: true }, pins };
}

/** The first answer, and how the rest is counted. */
interface Prepared {
	readonly first: EventAnswer;
	readonly mask: PinMask;
	readonly own: OwnTask | null;
	/** Slot of each value of the split, by its index. */
	readonly slotOfValue: Uint8Array;
	readonly slots: number;
	/** The same figures with people, or with none. */
	readonly withPeople: (
		people: AnsweredPeople | null
	) => Pick<EventAnswer, 'hasPeople' | 'totals' | 'overall' | 'series'>;
}

async function prepare(query: Query, plan: Plan, data: EngineData): Promise<Prepared> {
	const { accounts } = data;
	const { split } = query;
	const filter = compileFilter(query.filter, accounts);
	const mask = await pinMask(query, data);
	const ownSplit = split !== null && isOwn(split) ? split : null;
	const counted = ownSplit && (await ownCountsOf([ownSplit], query, plan, data, mask));
	const rows = ownTaskOf(query.filter, data.own);
	const kept = ownSplit ? null : await sumsOf(query, plan, data, mask, rows);
	const values = counted
		? passingOwnValues(counted[0]!, data.own.get(ownColumn(ownSplit!)!) ?? [''])
		: passingValues(nativeSplit(query), sumsByCode(kept!), accounts, filter);
	const chosen = chooseSlots(values, query);
	const { own, hasRest } = chosen;
	const slots = 1 + own.length + (hasRest ? 1 : 0);
	const task = ownSplit ? ownTaskOf(query.filter, data.own, ownSplit, chosen.slotOfValue) : rows;
	const slotOfValue = ownSplit ? SAME_SLOTS : chosen.slotOfValue;
	const sums = kept ?? (await sumsOf(query, plan, data, mask, task));
	// Shares look past the split, at rows too that pass all filters but one.
	const passing = sumsByCode(kept ?? (await sumsOf(query, plan, data, mask, rows)));
	const byCode = rows ? await withOccurring(passing, query, plan, data, mask) : passing;
	const slotOf = (code: number) => {
		if (filter.misses(code) !== PASSES) return NO_SLOT;
		return split === null ? OVERALL_SLOT : (slotOfValue[valueOf(code, split)] as number);
	};
	const counts = countSeries(sums, plan.buckets.length, slots, slotOf);
	const share = (dimension: NativeDimension) => sharesOf(dimension, byCode, accounts, filter);
	const withPeople = (people: AnsweredPeople | null) => {
		const series = people ? counts.map((columns, slot) => ({ ...columns, ...people.series[slot] })) : counts;
		return {
			hasPeople: people !== null,
			totals: totalsOf(series[OVERALL_SLOT]!, people && people.totals),
			overall: series[OVERALL_SLOT]!,
			series: split === null ? [theOnly(series)] : named(own, hasRest, series)
		};
	};
	const known = () => {
		if (plan.segments.length === 0) return nobody(plan.buckets.length, slots);
		// An index contains neither labels nor how many people the rest of the values has in common with the others.
		const isOfAllPins = !data.onlyPins && (query.filter.values.label ?? []).length === 0;
		const index = hasRest || !isOfAllPins ? null : data.rangeIndex(query);
		return index && peopleOfIndex(index, plan, own);
	};
	const people = known();
	const first: EventAnswer = {
		isWhole: people !== null && query.top === 0,
		...withPeople(people),
		buckets: plan.buckets,
		shares: Object.fromEntries(
			NATIVE_DIMENSIONS.map((dimension) => [dimension, share(dimension)])
		) as unknown as EventAnswer['shares'],
		topPins: NO_ROWS,
		topBoards: NO_ROWS,
		topLinks: NO_ROWS,
		damaged: data.damaged
	};
	assertExact(first.totals);
	return { first, mask, own: task, slotOfValue, slots, withPeople };
}

/** Rows whose class is their slot (own-columns.ts). */
const SAME_SLOTS = Uint8Array.from({ length: MAX_SLOTS }, (_, slot) => slot);

/** Sums with those combinations too that occur in the range, but in no row that passes by columns of one's own. */
async function withOccurring(
	byCode: SumsByCode,
	query: Query,
	plan: Plan,
	data: EngineData,
	mask: PinMask
): Promise<SumsByCode> {
	const all = sumsByCode(await sumsOf(query, plan, data, mask, null));
	return new Map([...Array.from(all.keys(), (code) => [code, 0] as const), ...byCode]);
}

/** The shares of columns of one's own. They are counted from rows, so no answer waits for them. */
export async function answerOwnShares(
	query: Pick<Query, 'filter' | 'subject'>,
	plan: Plan,
	data: EngineData
): Promise<OwnShares> {
	const names = [...data.own.keys()];
	const mask = await pinMask(query, data);
	const counts = await ownCountsOf(names.map(ownDimension), query, plan, data, mask);
	const own = names.map((name, c) => {
		const found = ownShares(counts[c]!, data.own.get(name)!);
		return [ownDimension(name), found.map((one) => ({ value: one.name, impressions: one.impressions }))];
	});
	return Object.fromEntries(own) as OwnShares;
}

/** Gives the values that come first, and then the largest, a slot each, and the others one together. */
function chooseSlots(values: readonly ValueSum[], { splitLimit, splitFirst = [] }: Query) {
	const limit = Math.min(splitLimit, MAX_SLOTS - 2);
	const isFirst = new Set(splitFirst);
	const others = values.filter(({ name }) => !isFirst.has(name));
	// Those that do not occur keep their place: what is in the rest does not depend on the days.
	const room = Math.max(0, limit - splitFirst.length);
	const own = [...values.filter(({ name }) => isFirst.has(name)), ...others.slice(0, room)];
	const hasRest = values.length > own.length;
	const slotOfValue = new Uint8Array(1 + Math.max(-1, ...values.map((value) => value.index)));
	[...own, ...others.slice(room)].forEach(
		({ index }, i) => (slotOfValue[index] = 1 + Math.min(i, own.length))
	);
	return { own, hasRest, slotOfValue };
}

function theOnly(series: readonly FigureColumns[]): EventSeries {
	return { value: null, isRest: false, figures: series[OVERALL_SLOT]! };
}

function named(own: readonly ValueSum[], hasRest: boolean, series: readonly FigureColumns[]): EventSeries[] {
	const result: EventSeries[] = own.map(({ name }, i) => ({
		value: name,
		isRest: false,
		figures: series[1 + i]!
	}));
	if (hasRest) result.push({ value: null, isRest: true, figures: series[1 + own.length]! });
	return result;
}

/** The values that occur in the range, each with its impressions under the filters of the other dimensions. */
function sharesOf(
	dimension: NativeDimension,
	sums: SumsByCode,
	accounts: readonly string[],
	filter: FilterTable
): CountedShare[] {
	const own = NATIVE_DIMENSIONS.indexOf(dimension) + 1;
	const counts = (code: number) => {
		const missed = filter.misses(code);
		return missed === PASSES || missed === own;
	};
	return valuesOf(dimension, sums, accounts, counts, () => true).map(({ name, impressions }) => ({
		value: name,
		impressions
	}));
}
