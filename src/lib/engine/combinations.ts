import { kindOf, valueCount, valueName, valueOf } from '../columns/combination';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import type { Filter } from '../model/query';
import { compareText } from '../model/text-order';

/**
 * What a filter and a split make of each combination. Worked out once per combination of a segment, so that the scan
 * does one look-up per row.
 */

/** In place of a dimension's index: the combination passes all filters; it fails more than one. */
export const PASSES = 0;
export const FAILS = 255;

/** What filters make of each combination. */
export interface FilterTable {
	/**
	 * Per code: PASSES, FAILS, or 1 + the index into NATIVE_DIMENSIONS of the one filter that it fails.
	 */
	readonly misses: (code: number) => number;
}

/** Compiles a filter's values into numbers. A value that does not occur matches nothing. */
export function compileFilter(filter: Filter, accounts: readonly string[]): FilterTable {
	const allowed = NATIVE_DIMENSIONS.map((dimension) => {
		const wanted = filter.values[dimension];
		if (wanted.length === 0) return null;
		const names: readonly string[] = dimension === 'account' ? accounts : CLOSED_VALUES[dimension];
		const flags = new Uint8Array(valueCount(dimension, accounts));
		for (const value of wanted) {
			const index = names.indexOf(value);
			if (index >= 0) flags[index] = 1;
		}
		return flags;
	});
	return {
		misses: (code) => {
			let missed = PASSES;
			for (let d = 0; d < NATIVE_DIMENSIONS.length; d++) {
				const flags = allowed[d];
				if (!flags || flags[valueOf(code, NATIVE_DIMENSIONS[d] as NativeDimension)] === 1) continue;
				if (missed !== PASSES) return FAILS;
				missed = d + 1;
			}
			return missed;
		}
	};
}

/** What passes: Σ n per combination over the whole range, whatever the filter. */
export type SumsByCode = ReadonlyMap<number, number>;

/** A value of a dimension, with the impressions that it has. */
export interface ValueSum {
	/** Index of the value in its dimension. */
	readonly index: number;
	readonly name: string;
	readonly impressions: number;
}

/**
 * The values of a dimension that occur, with their impressions; the largest first, then by name.
 * @param counts which combinations count towards the impressions
 * @param occurs which combinations make their value one that occurs
 */
export function valuesOf(
	dimension: NativeDimension,
	sums: SumsByCode,
	accounts: readonly string[],
	counts: (code: number) => boolean,
	occurs: (code: number) => boolean
): ValueSum[] {
	const impressions = new Map<number, number>();
	for (const [code, n] of sums) {
		if (!occurs(code)) continue;
		const value = valueOf(code, dimension);
		const added = kindOf(code) === 0 && counts(code) ? n : 0;
		impressions.set(value, (impressions.get(value) ?? 0) + added);
	}
	return [...impressions]
		.map(([index, sum]) => ({ index, name: valueName(dimension, index, accounts), impressions: sum }))
		.sort((a, b) => b.impressions - a.impressions || compareText(a.name, b.name));
}
