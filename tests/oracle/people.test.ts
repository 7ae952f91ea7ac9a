import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PeopleCounter } from '../../src/lib/engine/met-people/count-people';
import { addDays, dayAt } from '../../src/lib/model/calendar';
import { DAYS_MET, SHARED_VALUES, retentionShare, type PeopleFigures } from '../../src/lib/model/people';
import type { Query, Subject } from '../../src/lib/model/query';
import { compareText } from '../../src/lib/model/text-order';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_LABELS, inventLabels } from '../support/invented-labels';
import { BOARDS, INVENTED_ACCOUNTS } from '../support/invented-values';
import { MemoryWorkspace } from '../support/memory-workspace';
import { byLength } from '../support/test-length';

/** New and returning people, days met, retention and shared people, against the SQL beside their definitions. */

const SEED = 20_261_128;
const RUNS = byLength(24, 120);
const FIRST_DAY = '2024-03-20';
/** A board with Pins, as they can be asked for alone. */
const BOARD = BOARDS.find((name) => name !== '') as string;
/** Cells of a column of one's own: more values than are compared. */
const COUNTRIES = ['', ...Array.from({ length: 14 }, (_, i) => `country ${i}`)];
const FILES = [
	inventFile({
		...{ rows: 5_000, seed: 31, from: FIRST_DAY, to: '2024-11-05', order: 'by time' },
		own: { 'own.country': COUNTRIES }
	}),
	inventFile({ rows: 4_000, seed: 32, from: '2024-06-01', to: '2024-10-30', order: 'none' }),
	inventFile({ rows: 2_000, seed: 33, from: '2024-02-01', to: '2024-11-20', order: 'none' })
];

let oracle: Oracle;
const workspace = new MemoryWorkspace();

beforeAll(async () => {
	oracle = await Oracle.open(['own.country']);
	const batches: { readonly here: number; readonly there: number }[] = [];
	for (const bytes of FILES) {
		const there = (await oracle.import(bytes)).batch;
		batches.push({ here: (await workspace.import(bytes)).batchId, there });
	}
	// The last has the first and the newest days, and is undone: nothing of it may count.
	const { here, there } = batches.pop()!;
	workspace.undo(here);
	await oracle.undo(there);
	await oracle.settle();
	workspace.labels = inventLabels(workspace.catalogue());
	await oracle.label(workspace.labels);
}, 60_000);

afterAll(() => oracle.close());

const questions = questionArbitrary({
	day: fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days)),
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: INVENTED_ACCOUNTS,
	own: { 'own.country': COUNTRIES }
});

function everyDay(tz: string) {
	const { segments } = workspace;
	return {
		from: dayAt(Math.min(...segments.map(({ firstMs }) => firstMs)), tz),
		to: dayAt(Math.max(...segments.map(({ lastMs }) => lastMs)), tz)
	};
}

/** What the page is answered, by one counter, first about all days: what it keeps has to serve any others. */
async function counted(query: Query, mostRows: number | undefined): Promise<PeopleFigures> {
	const { filter } = query;
	const all = { ...filter, ...everyDay(filter.tz) };
	const { plan, data } = workspace.prepare(all, 'day');
	const counter = new PeopleCounter(
		{ everyDay: plan, planOf: (filter) => workspace.prepare(filter, 'day').plan },
		mostRows
	);
	await counter.count(data, { ...query, filter: all }, null);
	return counter.count(data, query, null);
}

describe(`people (seed ${SEED})`, () => {
	const seen = { returning: 0, cohorts: 0, shares: 0, pairs: 0, often: 0, largest: 0, labelled: 0 };

	it('are those that SQL finds, under any filter, zone, range, step and split, in one part or several', async () => {
		await fc.assert(
			fc.asyncProperty(
				questions,
				fc.constantFrom(undefined, 3_000),
				fc.constantFrom(1, 3),
				fc.constantFrom<(Subject | null)[]>(null, null, { kind: 'board', name: BOARD }),
				fc.oneof(
					{ weight: 2, arbitrary: fc.constant<string[]>([]) },
					{ weight: 1, arbitrary: fc.subarray([...INVENTED_LABELS, ''], { minLength: 1 }) }
				),
				async (drawn, mostRows, scanners, subject, label) => {
					workspace.scannerCount = scanners;
					const filter = { ...drawn.filter, values: { ...drawn.filter.values, label } };
					const query: Query = { ...drawn, filter, subject };
					const figures = await counted(query, mostRows);
					await oracle.selectPeople(query.filter, query.split ?? 'device', subject);
					if (label.length > 0) seen.labelled += figures.now.people;
					await expectRange(figures, query);
					await expectShared(figures, query);
					await expectRetention(figures, query);
				}
			),
			{ seed: SEED, numRuns: RUNS, endOnFailure: true }
		);
	}, 120_000);

	it('come back, often and under several values', () => {
		for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
	});

	async function expectRange({ now }: PeopleFigures, { grain, filter }: Query) {
		const sql = await oracle.newAndReturning(grain);
		expect(now.buckets).toEqual(await oracle.buckets(filter, grain));
		const nobody = { newPeople: 0, returning: 0 };
		now.buckets.forEach(({ day }, i) => {
			const { newPeople, returning } = sql.get(day) ?? nobody;
			expect([day, now.newByBucket[i], now.returningByBucket[i]]).toEqual([day, newPeople, returning]);
			if (returning > 0) seen.returning++;
		});
		const daysMet = await oracle.daysMet();
		expect(now.daysMet).toEqual(DAYS_MET.map(({ id }) => daysMet.get(id) ?? 0));
		if ((daysMet.get('11+') ?? 0) > 0) seen.often++;
		expect(now.people).toBe([...daysMet.values()].reduce((sum, n) => sum + n, 0));
		expect(now.newPeople).toBe([...sql.values()].reduce((sum, { newPeople }) => sum + newPeople, 0));
	}

	async function expectShared(
		{ shared: { dimension, values, pairs } }: PeopleFigures,
		{ filter, subject }: Query
	) {
		const sql = await oracle.sharedPeople();
		const names = values.map(({ value }) => value);
		await oracle.select(filter, subject);
		const labels = filter.values.label ?? [];
		if (labels.length > 0) await oracle.selectLabelled(labels);
		const passing = await oracle.splitValues(dimension);
		expect(names).toEqual(passing.slice(0, SHARED_VALUES));
		if (passing.length > names.length) seen.largest++;
		const found = new Map(
			pairs.map(({ first, second, people }) => [
				[names[first]!, names[second]!].sort(compareText).join('|'),
				people
			])
		);
		expect(found.size).toBe(pairs.length);
		expect(2 * pairs.length).toBe(names.length ** 2 - names.length);
		for (const [pair, people] of found) expect([pair, people]).toEqual([pair, sql.get(pair) ?? 0]);
		seen.pairs += [...sql.keys()].filter((pair) => found.has(pair)).length;
	}

	async function expectRetention({ retention }: PeopleFigures, { grain }: Query) {
		expect(retention.grain).toBe(grain === 'month' ? 'month' : 'week');
		const sql = await oracle.retention(retention.grain);
		const found = retention.cohorts.flatMap((cohort) =>
			cohort.returned.map((_, step) => ({
				cohort: cohort.day,
				people: cohort.people,
				step,
				share: retentionShare(cohort, step)
			}))
		);
		expect(found).toEqual(sql);
		seen.cohorts += retention.cohorts.length;
		seen.shares += found.filter(({ step, share }) => step > 0 && share! > 0).length;
	}
});
