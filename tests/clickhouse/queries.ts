import fc from 'fast-check';
import { addDays } from '../../src/lib/model/calendar';
import type { Query, Subject } from '../../src/lib/model/query';
import { questionArbitrary } from '../support/drawn-questions';
import type { MemoryWorkspace } from '../support/memory-workspace';
import { LAST_DAY } from './event-set';
import { ODD_TEXTS } from './odd-events';

/** Queries over the days that hold events and some around them, about all of them or about a Pin or a board. */

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
	const question = questionArbitrary({
		day: dayArbitrary,
		whole: ['2023-01-01', '2025-02-28'],
		zones,
		accounts: [...new Set(accounts)]
	});
	return fc.tuple(question, subjectArbitrary(workspace)).map(([drawn, subject]) => ({ ...drawn, subject }));
}
