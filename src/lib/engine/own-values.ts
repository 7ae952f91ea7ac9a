import { tupleCount, valuesOfTuples, type OwnTask } from '../columns/own-columns';
import { kindOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { dimensionsIn, isOwn, ownColumn, type Dimension } from '../model/dimension';
import { KIND_COUNT } from '../model/event';
import type { Filter } from '../model/query';
import { compareText } from '../model/text-order';
import { joinBuckets } from './bucket-sums';
import { PASSES, compileFilter, type ValueSum } from './combinations';
import type { Pace } from './pace';
import type { PinMask, Share } from './plan';

/**
 * What is counted by columns of one's own. Sums by day know nothing of them, so their values are counted from rows: by
 * tuple first, since a segment has far fewer tuples than rows.
 */

/** Per column of one's own its values, by their numbers; number 0 is no value. */
export type OwnNames = ReadonlyMap<string, readonly string[]>;

/** Counts of a value: a cell a kind of event, and one for Σ n × watch time in milliseconds. */
export const OWN_CELLS = 16;
const WATCH_CELL = KIND_COUNT;

/** What is to be counted. */
export interface OwnCountTask {
	readonly filter: Filter;
	readonly pins: PinMask;
	readonly accounts: readonly string[];
	readonly filters: OwnTask['filters'];
	/** The columns, with how many values each has at most. */
	readonly columns: readonly { readonly name: string; readonly values: number }[];
	/** Whether all kinds are counted; else impressions alone. */
	readonly withKinds: boolean;
}

/** What the values of a column come to, by their numbers. */
export interface OwnCounts {
	/** Value v has the cells from v × OWN_CELLS on, under the filters of all other dimensions. */
	readonly cells: Float64Array;
	/** 1 where any row in the range has the value, whatever the filters; and where any that passes has it. */
	readonly met: Uint8Array;
	readonly passing: Uint8Array;
}

/** The part of a filter that is about columns of one's own; a value that does not occur matches nothing. */
export function ownFilters({ values }: Pick<Filter, 'values'>, names: OwnNames): OwnTask['filters'] {
	return dimensionsIn(values).flatMap((dimension) => {
		const wanted = values[dimension] ?? [];
		const name = ownColumn(dimension);
		if (name === null || wanted.length === 0) return [];
		const known = names.get(name) ?? [''];
		return [{ name, passes: Uint8Array.from(known, (value) => (wanted.includes(value) ? 1 : 0)) }];
	});
}

/** How rows are seen under a filter and a split; null where neither is about columns of one's own. */
export function ownTaskOf(
	filter: Pick<Filter, 'values'>,
	names: OwnNames,
	split: Dimension | null = null,
	classes: Uint8Array = new Uint8Array(0)
): OwnTask | null {
	const filters = ownFilters(filter, names);
	const ownSplit = split !== null && isOwn(split) ? { name: ownColumn(split)!, classes } : null;
	return filters.length === 0 && ownSplit === null ? null : { filters, split: ownSplit };
}

/** Counts the values of columns over a share. */
export async function countOwn(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	{ filter, accounts, filters, columns, withKinds }: OwnCountTask
): Promise<OwnCounts[]> {
	const { misses } = compileFilter(filter, accounts);
	const counts = columns.map(({ values }) => emptyCounts(values));
	const stretches = joinBuckets(share);
	for (const segment of segments) {
		await pace();
		const kinds = Int8Array.from(segment.codes, (code) => (misses(code) === PASSES ? kindOf(code) : -1));
		const tuples = new TupleSums(segment, kinds, withKinds);
		for (const { starts } of stretches) {
			const [fromMs, toMs] = [starts[0] as number, starts[starts.length - 1] as number];
			if (segment.firstMs >= toMs || segment.lastMs < fromMs) continue;
			tuples.add(rowAt(segment, fromMs), rowAt(segment, toMs));
		}
		addTuples(segment, tuples, filters, columns, counts);
	}
	return counts;
}

/** Counts of all shares together. */
export function mergeOwnCounts(all: readonly (readonly OwnCounts[])[]): OwnCounts[] {
	const [first = [], ...others] = all;
	for (const counts of others)
		counts.forEach(({ cells, met, passing }, c) => {
			const sum = first[c]!;
			for (let i = 0; i < cells.length; i++) sum.cells[i]! += cells[i] as number;
			for (let v = 0; v < met.length; v++) {
				sum.met[v]! |= met[v] as number;
				sum.passing[v]! |= passing[v] as number;
			}
		});
	return [...first];
}

/** The values of a column among the events that pass, the largest by impressions first. */
export function passingOwnValues({ cells, passing }: OwnCounts, names: readonly string[]): ValueSum[] {
	return valueSums(names, cells, passing);
}

/** The values of a column that occur, with their impressions under the filters of all other dimensions. */
export function ownShares({ cells, met }: OwnCounts, names: readonly string[]): ValueSum[] {
	return valueSums(names, cells, met);
}

function valueSums(names: readonly string[], cells: Float64Array, there: Uint8Array): ValueSum[] {
	return names
		.map((name, index) => ({ index, name, impressions: cells[index * OWN_CELLS] as number }))
		.filter(({ index }) => there[index] === 1)
		.sort((a, b) => b.impressions - a.impressions || compareText(a.name, b.name));
}

function emptyCounts(values: number): OwnCounts {
	return {
		cells: new Float64Array(values * OWN_CELLS),
		met: new Uint8Array(values),
		passing: new Uint8Array(values)
	};
}

/** Sums of a segment's rows by tuple. */
class TupleSums {
	/** 1 for each tuple that a row has, and that one has which passes all filters but those of own columns. */
	readonly met: Uint8Array;
	readonly passing: Uint8Array;
	readonly cells: Float64Array;
	readonly width: number;
	readonly #segment: Segment;
	readonly #kinds: Int8Array;

	constructor(segment: Segment, kinds: Int8Array, withKinds: boolean) {
		const count = tupleCount(segment);
		this.met = new Uint8Array(count);
		this.passing = new Uint8Array(count);
		this.width = withKinds ? OWN_CELLS : 1;
		this.cells = new Float64Array(count * this.width);
		this.#segment = segment;
		this.#kinds = kinds;
	}

	/** Adds rows [start, end). */
	add(start: number, end: number): void {
		const { combinations, counts, own } = this.#segment;
		const { met, passing, cells, width } = this;
		const kinds = this.#kinds;
		const tuples = own?.rows;
		for (let row = start; row < end; row++) {
			const tuple = tuples ? (tuples[row] as number) : 0;
			met[tuple] = 1;
			const kind = kinds[combinations[row] as number] as number;
			if (kind < 0) continue;
			passing[tuple] = 1;
			if (kind < width) cells[tuple * width + kind]! += counts === null ? 1 : (counts[row] as number);
		}
		if (width > 1) this.#addWatchTime(start, end);
	}

	#addWatchTime(start: number, end: number): void {
		const { combinations, counts, own, video } = this.#segment;
		for (let i = videoFrom(video, start); i < video.rows.length && (video.rows[i] as number) < end; i++) {
			const row = video.rows[i] as number;
			if ((this.#kinds[combinations[row] as number] as number) < 0) continue;
			const n = counts === null ? 1 : (counts[row] as number);
			const tuple = own ? (own.rows[row] as number) : 0;
			this.cells[tuple * this.width + WATCH_CELL]! += n * (video.watchMs[i] as number);
		}
	}
}

/** Adds a segment's sums by tuple to those of the values that the tuples have. */
function addTuples(
	segment: Segment,
	{ met, passing, cells, width }: TupleSums,
	filters: OwnTask['filters'],
	columns: OwnCountTask['columns'],
	counts: readonly OwnCounts[]
): void {
	const readers = columns.map(({ name }) => valuesOfTuples(segment, name));
	const tests = filters.map(({ name, passes }) => ({ name, passes, of: valuesOfTuples(segment, name) }));
	for (let tuple = 0; tuple < met.length; tuple++) {
		if (met[tuple] === 0) continue;
		const failed = tests.filter(({ passes, of }) => passes[of ? of(tuple) : 0] !== 1);
		columns.forEach(({ name }, c) => {
			const value = readers[c] ? readers[c](tuple) : 0;
			const sum = counts[c]!;
			sum.met[value] = 1;
			if (passing[tuple] === 0) return;
			if (failed.length === 0) sum.passing[value] = 1;
			if (!failed.every((test) => test.name === name)) return;
			for (let kind = 0; kind < width; kind++)
				sum.cells[value * OWN_CELLS + kind]! += cells[tuple * width + kind] as number;
		});
	}
}
