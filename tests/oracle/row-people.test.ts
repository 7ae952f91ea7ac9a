import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pinMask } from '../../src/lib/engine/pin-mask';
import { ownTaskOf } from '../../src/lib/engine/own-values';
import { peopleOfValues, PeopleOfLists, type People } from '../../src/lib/engine/row-people';
import { narrowed } from '../../src/lib/engine/scanner';
import { addDays } from '../../src/lib/model/calendar';
import { LABEL, type Dimension } from '../../src/lib/model/dimension';
import type { Query, Subject } from '../../src/lib/model/query';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import type { MetricValues } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { inventLabels, INVENTED_LABELS } from '../support/invented-labels';
import { BOARDS, INVENTED_ACCOUNTS } from '../support/invented-values';
import { readByBoth } from '../support/read-by-both';
import { byLength } from '../support/test-length';

/** Audiences of the rows of lists and splits, against DuckDB. */

const SEED = 20_261_129;
const RUNS = byLength(20, 150);
const FIRST_DAY = '2024-03-20';
const BOARD = BOARDS.find((name) => name !== '') as string;
const OWN = { 'own.country': ['', ...Array.from({ length: 9 }, (_, i) => `country ${i}`)] } as const;
const FILES = [
	inventFile({
		...{ rows: 5_000, seed: 51, from: FIRST_DAY, to: '2024-11-05', order: 'by time' },
		own: OWN
	}),
	inventFile({ rows: 4_000, seed: 52, from: '2024-06-01', to: '2024-10-30', order: 'none' })
];

const { oracle, workspace } = await readByBoth(FILES, { own: ['own.country'] });
workspace.labels = inventLabels(workspace.catalogue());
await oracle.label(workspace.labels);

const questions = questionArbitrary({
	day: fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days)),
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: INVENTED_ACCOUNTS,
	own: OWN
});
/** '' stands for the Pins without one. */
const LABELS = [...INVENTED_LABELS, ''];
const labelsWanted = fc.oneof(
	{ weight: 3, arbitrary: fc.constant<string[]>([]) },
	{ weight: 1, arbitrary: fc.subarray(LABELS, { minLength: 1 }) }
);
const subjects = fc.constantFrom<(Subject | null)[]>(null, null, { kind: 'board', name: BOARD });

const peopleIn = (values: MetricValues | undefined): People => ({
	total_audience: values?.total_audience ?? 0,
	engaged_audience: values?.engaged_audience ?? 0
});

function drawn(found: Omit<Query, 'subject'>, subject: Subject | null, label: string[]): Query {
	const { filter } = found;
	return { ...found, subject, filter: { ...filter, values: { ...filter.values, label } } };
}

async function select({ filter, subject }: Query): Promise<void> {
	await oracle.select(filter, subject);
	const labels = filter.values.label ?? [];
	if (labels.length > 0) await oracle.selectLabelled(labels);
}

it(`of Pins, boards and links are those of DuckDB over ${RUNS} queries (seed ${SEED})`, async () => {
	let largest = 0;
	await fc.assert(
		fc.asyncProperty(questions, subjects, labelsWanted, async (question, subject, label) => {
			const query = drawn(question, subject, label);
			const { plan, data } = workspace.prepare(query.filter, query.grain);
			const own = ownTaskOf(query.filter, data.own);
			const segments = narrowed(data.lists.segments, await pinMask(query, data), own);
			const catalogue = workspace.catalogue();
			const people = await PeopleOfLists.count(() => {}, query.filter, plan, segments, catalogue);
			await select(query);
			const expected = {
				pin: await oracle.pins(),
				board: await oracle.boards(),
				link: await oracle.links()
			};
			for (let pin = 0; pin < catalogue.pinCount; pin++) {
				const id = catalogue.pinId(pin);
				expect([id, people.of('pin', id)]).toEqual([id, peopleIn(expected.pin.get(id))]);
			}
			for (const kind of ['board', 'link'] as const)
				for (const [name, values] of expected[kind]) {
					expect([kind, name, people.of(kind, name)]).toEqual([kind, name, peopleIn(values)]);
					largest = Math.max(largest, values.total_audience ?? 0);
				}
			expect(people.of('link', 'https://nowhere.example')).toEqual(peopleIn(undefined));
		}),
		{ seed: SEED, numRuns: RUNS, endOnFailure: true }
	);
	expect(largest).toBeGreaterThan(20);
}, 180_000);

it(`of the values of a dimension and of the rest are those of DuckDB over ${RUNS} queries (seed ${SEED})`, async () => {
	let rests = 0;
	await fc.assert(
		fc.asyncProperty(
			questions,
			subjects,
			labelsWanted,
			fc.constantFrom<Dimension[]>('device', 'account', 'format', 'own.country', LABEL),
			fc.constantFrom(1, 3),
			async (question, subject, label, dimension, scanners) => {
				workspace.scannerCount = scanners;
				const query = drawn(question, subject, label);
				const { plan, data } = workspace.prepare(query.filter, query.grain);
				if (dimension === LABEL) {
					const found = await peopleOfValues(query, LABEL, LABELS, plan, data);
					for (const [i, name] of LABELS.entries()) {
						await select(query);
						await oracle.selectLabelled([name]);
						expect([name, found[i]]).toEqual([name, peopleIn(await oracle.totals())]);
					}
					return;
				}
				await select(query);
				const values = await oracle.splitValues(dimension);
				const some = values.slice(0, 5);
				const rest = await oracle.splitTotals(dimension, some);
				expect(await peopleOfValues(query, dimension, [...some, null], plan, data)).toEqual(
					[...some, null].map((name) => peopleIn(rest.get(name)))
				);
				if (rest.has(null)) rests++;
				// More than are distinguished in one pass, in any order, with one that does not occur.
				const all = [...values, 'nowhere'].reverse();
				const each = await oracle.splitTotals(dimension, values);
				expect(await peopleOfValues(query, dimension, all, plan, data)).toEqual(
					all.map((name) => peopleIn(each.get(name)))
				);
			}
		),
		{ seed: SEED, numRuns: RUNS, endOnFailure: true }
	);
	expect(rests).toBeGreaterThan(0);
}, 180_000);
