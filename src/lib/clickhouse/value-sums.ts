import { NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import { METRICS } from '../model/metric';
import type { CountedShare } from '../model/event-answer';
import type { Query } from '../model/query';
import { compareText } from '../model/text-order';
import { dimensionText } from './columns';
import { inRange } from './passing';
import { numberCell, textCell, type Ask } from './rows';
import { joined, ours, sql, type Sql } from './sql';
import type { Tables } from './tables';

/**
 * Impressions by combination of all dimensions over the days of a query: one look at the rows, from which the shares of
 * every dimension and the values of a split follow.
 */
export class ValueSums {
	readonly #combinations: readonly Combination[];
	readonly #values: Query['filter']['values'];

	constructor(combinations: readonly Combination[], values: Query['filter']['values']) {
		this.#combinations = combinations;
		this.#values = values;
	}

	/** The values that occur in the range, with their impressions under the filters of the other dimensions. */
	shares(dimension: NativeDimension): CountedShare[] {
		return this.#sums(dimension, this.#combinations, dimension);
	}

	/** The values of a split among the events that pass, the largest first. */
	passingValues(split: NativeDimension): string[] {
		const passing = this.#combinations.filter((combination) => this.#passes(combination, null));
		return this.#sums(split, passing, null).map(({ value }) => value);
	}

	#sums(
		dimension: NativeDimension,
		combinations: readonly Combination[],
		but: NativeDimension | null
	): CountedShare[] {
		const sums = new Map<string, number>();
		for (const combination of combinations) {
			const value = combination.values[dimension];
			const added = this.#passes(combination, but) ? combination.impressions : 0;
			sums.set(value, (sums.get(value) ?? 0) + added);
		}
		return Array.from(sums, ([value, impressions]) => ({ value, impressions })).sort(
			(a, b) => b.impressions - a.impressions || compareText(a.value, b.value)
		);
	}

	/** Whether it passes the filters of all dimensions but one. */
	#passes({ values }: Combination, but: NativeDimension | null): boolean {
		return NATIVE_DIMENSIONS.every((dimension) => {
			const wanted = this.#values[dimension];
			return dimension === but || wanted.length === 0 || wanted.includes(values[dimension]);
		});
	}
}

interface Combination {
	readonly values: Readonly<Record<NativeDimension, string>>;
	readonly impressions: number;
}

export async function askValueSums(ask: Ask, tables: Tables, { filter, subject }: Query): Promise<ValueSums> {
	const names = NATIVE_DIMENSIONS.map((dimension) => ours(`v_${dimension}`));
	const columns = NATIVE_DIMENSIONS.map(
		(dimension, i) => sql`${dimensionText(dimension)} AS ${names[i] as Sql}`
	);
	const { rows } = await ask(sql`SELECT ${joined(columns, ', ')}, ${ours(METRICS.impressions.sql)}
		FROM ${tables.events} WHERE ${inRange(tables, filter, subject)} GROUP BY ${joined(names, ', ')}`);
	const combinations = rows.map((row) => ({
		values: Object.fromEntries(
			NATIVE_DIMENSIONS.map((dimension, i) => [dimension, textCell(row, i)])
		) as Record<NativeDimension, string>,
		impressions: numberCell(row, NATIVE_DIMENSIONS.length)
	}));
	return new ValueSums(combinations, filter.values);
}
