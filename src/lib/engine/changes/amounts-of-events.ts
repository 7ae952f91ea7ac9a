import { kindOf, valueCount, valueOf } from '../../columns/combination';
import { COUNTS, COUNTS_OF_KIND, type Count, type FigureId } from '../../model/figures';
import { ownDimension } from '../../model/dimension';
import { KIND_COUNT, type NativeDimension } from '../../model/event';
import type { FactMetric } from '../../model/fact-metric';
import { METRICS, eventAmount, type EventMetricId } from '../../model/metric';
import type { Filter } from '../../model/query';
import { ownCountsOf, sumsOf } from '../query-sums';
import type { EngineData } from '../engine-data';
import { pinMask } from '../pin-mask';
import { PASSES, compileFilter } from '../combinations';
import { OWN_CELLS, ownTaskOf, type OwnCounts } from '../own-values';
import { sourcesOf } from '../reported/evaluate';
import type { Plan } from '../plan';
import { assign, scanAll } from '../scanner';
import type { RangeSums } from '../series';
import { figureReader, hasEvents, type Counts } from '../pin-counts';
import { emptyAmounts, type AmountColumns } from './contributions';

/** What events of one period amount to, counted once for all dimensions, Pins, boards and links. */
export interface EventPeriod {
	/** By Pin. */
	readonly pins: Counts;
	/** Σ n and Σ n × watch time by combination, of those that pass. */
	readonly codes: ReadonlyMap<number, CodeSums>;
	/** By value of columns of one's own. */
	readonly own: readonly OwnPeriod[];
}

/** A column of one's own in a period. */
export interface OwnPeriod {
	readonly name: string;
	/** Its values, by their numbers. */
	readonly values: readonly string[];
	readonly counts: OwnCounts;
}

interface CodeSums {
	n: number;
	watchMs: number;
}

/** What is counted of events: all but people. */
export async function countPeriod(
	filter: Filter,
	plan: Plan,
	data: EngineData,
	metric: EventMetricId
): Promise<EventPeriod> {
	const { accounts } = data;
	const withVideo = sourcesOf(metric).some((source) => OF_VIDEO.includes(source));
	const { pinCount } = await data.catalogue();
	const mask = await pinMask({ filter, subject: null }, data);
	const own = ownTaskOf(filter, data.own);
	const columns = [...data.own];
	const task = {
		filter,
		own,
		pins: mask,
		accounts,
		split: null,
		slotOfValue: new Uint8Array(0),
		slots: 1,
		withVideo,
		pinCount,
		userCount: null
	};
	const [{ pins }, sums, ownCounts] = await Promise.all([
		scanAll(plan, assign(plan, data.scanners), task),
		sumsOf({ filter }, plan, data, mask, own),
		ownCountsOf(
			columns.map(([name]) => ownDimension(name)),
			{ filter },
			plan,
			data,
			mask,
			true
		)
	]);
	const { misses } = compileFilter(filter, accounts);
	return {
		pins: { withVideo, counts: pins },
		codes: sumsByCode(sums, (code) => misses(code) === PASSES),
		own: columns.map(([name, values], c) => ({ name, values, counts: ownCounts[c]! }))
	};
}

const OF_VIDEO: readonly string[] = [
	'video_plays',
	'video_views',
	'views_10s',
	'views_95',
	'watch_ms'
] satisfies Count[];

function sumsByCode(all: readonly RangeSums[], passes: (code: number) => boolean): Map<number, CodeSums> {
	const byCode = new Map<number, CodeSums>();
	for (const { sums, bucketOf } of all) {
		const { starts, codes, combinations, n, watchMs } = sums;
		const own = Array.from(codes, (): CodeSums => ({ n: 0, watchMs: 0 }));
		for (let p = 0; p < bucketOf.length; p++) {
			if ((bucketOf[p] as number) < 0) continue;
			const end = starts[p + 1] as number;
			for (let e = starts[p] as number; e < end; e++) {
				const sum = own[combinations[e] as number]!;
				sum.n += n[e] as number;
				sum.watchMs += watchMs[e] as number;
			}
		}
		own.forEach((sum, c) => {
			const code = codes[c] as number;
			if (sum.n === 0 || !passes(code)) return;
			const known = byCode.get(code);
			if (known) {
				known.n += sum.n;
				known.watchMs += sum.watchMs;
			} else byCode.set(code, sum);
		});
	}
	return byCode;
}

/** Amounts of many values, and which of these have any event that passes. */
export interface EventAmounts extends AmountColumns {
	/** 1 where a value has one. */
	readonly occurs: Uint8Array;
}

/** The amounts of all values of a dimension, by their index. */
export function amountsOfValues(
	{ codes }: EventPeriod,
	dimension: NativeDimension,
	accounts: readonly string[],
	metric: EventMetricId
): EventAmounts {
	const count = valueCount(dimension, accounts);
	const amounts = { ...emptyAmounts(count), occurs: new Uint8Array(count) };
	const { formula } = METRICS[metric];
	const partOf = amountOfCode(formula.kind === 'amount' ? formula.of : formula.part);
	const wholeOf = formula.kind === 'ratio' ? amountOfCode(formula.whole) : null;
	for (const [code, sums] of codes) {
		const value = valueOf(code, dimension);
		amounts.occurs[value] = 1;
		amounts.parts[value]! += partOf(code, sums);
		if (wholeOf) amounts.wholes[value]! += wholeOf(code, sums);
	}
	return amounts;
}

/** The amounts of all values of a column of one's own, by their number. */
export function amountsOfOwn({ values, counts }: OwnPeriod, metric: EventMetricId): EventAmounts {
	const amounts = { ...emptyAmounts(values.length), occurs: counts.passing };
	const { formula } = METRICS[metric];
	const partOf = amountOfCode(formula.kind === 'amount' ? formula.of : formula.part);
	const wholeOf = formula.kind === 'ratio' ? amountOfCode(formula.whole) : null;
	for (let value = 0; value < values.length; value++) {
		if (counts.passing[value] === 0) continue;
		const at = value * OWN_CELLS;
		for (let kind = 0; kind < KIND_COUNT; kind++) {
			// The watch time is that of all kinds.
			const watchMs = kind === 0 ? (counts.cells[at + KIND_COUNT] as number) : 0;
			const sums = { n: counts.cells[at + kind] as number, watchMs };
			amounts.parts[value]! += partOf(kind, sums);
			if (wholeOf) amounts.wholes[value]! += wholeOf(kind, sums);
		}
	}
	return amounts;
}

/** What an amount is of the sums of one combination: how often it counts the combination's kind is worked out once. */
function amountOfCode(of: FactMetric): (code: number, sums: CodeSums) => number {
	if (of === 'watch_ms') return (_, { watchMs }) => watchMs;
	const times = COUNTS_OF_KIND.map((counted) =>
		eventAmount(of, (id) => (counted.includes(COUNTS.indexOf(id as Count)) ? 1 : 0))
	);
	return (code, { n }) => n * (times[kindOf(code)] as number);
}

/** The amounts of Pins, or of groups of them, by their number. */
export function amountsOfCounts(counts: Counts, length: number, metric: EventMetricId): EventAmounts {
	const amounts = { ...emptyAmounts(length), occurs: new Uint8Array(length) };
	let group = 0;
	const figure = (id: FigureId) => figureReader(counts, group)(id);
	for (; group < length; group++) {
		if (!hasEvents(counts, group)) continue;
		amounts.occurs[group] = 1;
		addAmounts(amounts, group, metric, figure);
	}
	return amounts;
}

function addAmounts(
	{ parts, wholes }: AmountColumns,
	at: number,
	metric: EventMetricId,
	figure: (id: FigureId) => number
): void {
	const { formula } = METRICS[metric];
	parts[at]! += eventAmount(formula.kind === 'amount' ? formula.of : formula.part, figure);
	if (formula.kind === 'ratio') wholes[at]! += eventAmount(formula.whole, figure);
}
