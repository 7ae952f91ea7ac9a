import fc from 'fast-check';
import { addDays } from '../../src/lib/model/calendar';
import { CLOSED_VALUES, DIMENSIONS, type Dimension } from '../../src/lib/model/event';
import { TOP_METRICS } from '../../src/lib/model/metric';
import { GRAINS, type Query, type Subject } from '../../src/lib/model/query';
import type { MemoryWorkspace } from '../support/memory-workspace';
import { LAST_DAY } from './event-set';
import { ODD_TEXTS } from './odd-events';
import { valuesArbitrary } from '../support/ticked-values';

/** Queries of every shape that the pages have, over the days that hold events and some around them. */

const CHANGES_OF_CLOCKS = [
	'2024-03-10',
	'2024-03-31',
	'2024-04-07',
	'2024-10-06',
	'2024-10-27',
	'2024-11-03'
];

const dayArbitrary = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: -380, max: 5 }).map((days) => addDays(LAST_DAY, days)) },
	{ weight: 1, arbitrary: fc.constantFrom(...CHANGES_OF_CLOCKS) }
);
const rangeArbitrary = fc.oneof(
	{ weight: 1, arbitrary: fc.constant(['2023-01-01', '2025-02-28'] as const) },
	{ weight: 1, arbitrary: dayArbitrary.map((day) => [day, day] as const) },
	{
		weight: 3,
		arbitrary: fc
			.tuple(dayArbitrary, dayArbitrary)
			.map(([a, b]) => (a < b ? ([a, b] as const) : ([b, a] as const)))
	}
);

function subjectArbitrary(workspace: MemoryWorkspace): fc.Arbitrary<Subject | null> {
	const catalogue = workspace.catalogue();
	const boards = catalogue.boards.names;
	return fc.oneof(
		{ weight: 4, arbitrary: fc.constant(null) },
		{
			weight: 1,
			arbitrary: fc.nat(catalogue.pinCount).map((number): Subject => ({
				kind: 'pin',
				name: number < catalogue.pinCount ? catalogue.pinId(number) : 'no such Pin'
			}))
		},
		{
			weight: 2,
			arbitrary: fc.nat(boards.length).map((number): Subject => ({
				kind: 'board',
				name: boards[number] ?? 'no such board'
			}))
		}
	);
}

/** @param zones the report's time zones to draw from */
export function queryArbitrary(workspace: MemoryWorkspace, zones: readonly string[]): fc.Arbitrary<Query> {
	const accounts = [...workspace.catalogue().accounts, 'nobody.example', ...ODD_TEXTS.slice(0, 4)];
	return fc
		.record({
			range: rangeArbitrary,
			tz: fc.constantFrom(...zones),
			values: fc.record({
				content_type: valuesArbitrary(CLOSED_VALUES.content_type),
				source: valuesArbitrary(CLOSED_VALUES.source),
				device: valuesArbitrary(CLOSED_VALUES.device),
				account: valuesArbitrary([...new Set(accounts)]),
				format: valuesArbitrary(CLOSED_VALUES.format)
			}),
			subject: subjectArbitrary(workspace),
			grain: fc.constantFrom(...GRAINS),
			split: fc.constantFrom<(Dimension | null)[]>(null, 'account', ...DIMENSIONS),
			splitLimit: fc.constantFrom(1, 2, 4, 6),
			sort: fc.constantFrom(...TOP_METRICS),
			withVideo: fc.constant(true),
			top: fc.constantFrom(1, 5, 50, 1_000)
		})
		.map(({ range: [from, to], tz, values, ...rest }) => ({ filter: { tz, from, to, values }, ...rest }));
}
