import fc from 'fast-check';
import type { Dimension, OwnDimension } from '../../src/lib/model/dimension';
import { CLOSED_VALUES, NATIVE_DIMENSIONS } from '../../src/lib/model/event';
import { TOP_METRICS } from '../../src/lib/model/metric';
import { GRAINS, type Query } from '../../src/lib/model/query';

/** Queries drawn at random, of every shape that the pages have. */

/** What questions are drawn from; accounts that are not there may be among them. */
export interface QuestionSources {
	readonly day: fc.Arbitrary<string>;
	/** The longest range: from before the first day that holds anything to after the last. */
	readonly whole: readonly [from: string, to: string];
	readonly zones: readonly string[];
	readonly accounts: readonly string[];
	/** Columns of one's own with their values, '' for none. */
	readonly own?: Readonly<Record<OwnDimension, readonly string[]>>;
}

/** A query but for what it is about. */
export function questionArbitrary(sources: QuestionSources): fc.Arbitrary<Omit<Query, 'subject'>> {
	const { own = {} } = sources;
	return fc
		.record({
			range: rangeArbitrary(sources),
			tz: fc.constantFrom(...sources.zones),
			values: fc.record({
				content_type: valuesArbitrary(CLOSED_VALUES.content_type),
				source: valuesArbitrary(CLOSED_VALUES.source),
				device: valuesArbitrary(CLOSED_VALUES.device),
				account: valuesArbitrary(sources.accounts),
				format: valuesArbitrary(CLOSED_VALUES.format),
				...Object.fromEntries(Object.entries(own).map(([name, values]) => [name, valuesArbitrary(values)]))
			}),
			grain: fc.constantFrom(...GRAINS),
			split: fc.constantFrom<(Dimension | null)[]>(
				null,
				'account',
				...NATIVE_DIMENSIONS,
				...(Object.keys(own) as OwnDimension[])
			),
			splitLimit: fc.constantFrom(1, 2, 4, 6),
			sort: fc.constantFrom(...TOP_METRICS),
			withVideo: fc.constant(true),
			top: fc.constantFrom(1, 5, 50, 1_000)
		})
		.map(({ range: [from, to], tz, values, ...rest }) => ({ filter: { tz, from, to, values }, ...rest }));
}

/** All days, a single one, or from one day to another. */
function rangeArbitrary({ day, whole }: QuestionSources) {
	return fc.oneof(
		{ weight: 1, arbitrary: fc.constant(whole) },
		{ weight: 2, arbitrary: day.map((only) => [only, only] as const) },
		{
			weight: 5,
			arbitrary: fc.tuple(day, day).map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)))
		}
	);
}

/** Which values of a dimension are ticked: often none, so that all pass, else some of them. */
function valuesArbitrary(values: readonly string[]): fc.Arbitrary<string[]> {
	return fc.oneof(
		{ weight: 3, arbitrary: fc.constant<string[]>([]) },
		{ weight: 2, arbitrary: fc.subarray([...values], { minLength: 1 }) }
	);
}
