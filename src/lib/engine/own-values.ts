import type { OwnTask } from '../columns/own-columns';
import { dimensionsIn, isOwn, ownColumn, type Dimension } from '../model/dimension';
import type { Filter } from '../model/query';
import { compareText } from '../model/text-order';
import type { ValueSum } from './combinations';
import type { PinMask } from './plan';

/** What a question says of columns of one's own, and what their values come to. */

/** Per column of one's own its values, by their numbers; number 0 is no value. */
export type OwnNames = ReadonlyMap<string, readonly string[]>;

/** Counts of a value: a cell a kind of event, and one for Σ n × watch time in milliseconds. */
export const OWN_CELLS = 16;

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
	/** Impressions of each value, under the filters of all other dimensions. */
	readonly impressions: Float64Array;
	/** Where kinds are counted, value v has the cells from v × OWN_CELLS on, under the same; else empty. */
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

/** Counts of all shares together. */
export function mergeOwnCounts(all: readonly (readonly OwnCounts[])[]): OwnCounts[] {
	const [first = [], ...others] = all;
	for (const counts of others)
		counts.forEach(({ impressions, cells, met, passing }, c) => {
			const sum = first[c]!;
			for (let v = 0; v < met.length; v++) sum.impressions[v]! += impressions[v] as number;
			for (let i = 0; i < cells.length; i++) sum.cells[i]! += cells[i] as number;
			for (let v = 0; v < met.length; v++) {
				sum.met[v]! |= met[v] as number;
				sum.passing[v]! |= passing[v] as number;
			}
		});
	return [...first];
}

/** The values of a column among the events that pass, the largest by impressions first. */
export function passingOwnValues({ impressions, passing }: OwnCounts, names: readonly string[]): ValueSum[] {
	return valueSums(names, impressions, passing);
}

/** The values of a column that occur, with their impressions under the filters of all other dimensions. */
export function ownShares({ impressions, met }: OwnCounts, names: readonly string[]): ValueSum[] {
	return valueSums(names, impressions, met);
}

function valueSums(names: readonly string[], sums: Float64Array, there: Uint8Array): ValueSum[] {
	return names
		.map((name, index) => ({ index, name, impressions: sums[index] as number }))
		.filter(({ index }) => there[index] === 1)
		.sort((a, b) => b.impressions - a.impressions || compareText(a.name, b.name));
}
