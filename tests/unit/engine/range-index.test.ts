import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuery } from '../../../src/lib/engine/answer';
import { cutDays } from '../../../src/lib/engine/plan';
import { addDays } from '../../../src/lib/model/calendar';
import { AUDIENCES } from '../../../src/lib/model/figures';
import type { EventAnswer } from '../../../src/lib/model/event-answer';
import type { Query } from '../../../src/lib/model/query';
import { questionArbitrary } from '../../support/drawn-questions';
import { inventFile } from '../../support/invented-file';
import { INVENTED_ACCOUNTS } from '../../support/invented-values';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';

const FIRST_DAY = '2024-03-20';
const DAYS = 45; // clocks change in the middle

/** The first one spans all days; work is parted among threads where others begin. The second one is undone. */
const FILES = [
	{ rows: 900, first: 0, last: DAYS },
	{ rows: 900, first: 0, last: DAYS },
	{ rows: 400, first: 0, last: 12 },
	{ rows: 400, first: 10, last: 25 },
	{ rows: 500, first: 24, last: 40 },
	{ rows: 300, first: 38, last: DAYS }
];

const drawnQuery = questionArbitrary({
	day: fc.integer({ min: -3, max: DAYS + 3 }).map((days) => addDays(FIRST_DAY, days)),
	whole: ['2024-01-01', '2024-12-31'],
	zones: ['UTC', 'Europe/Stockholm', 'America/New_York'],
	accounts: INVENTED_ACCOUNTS
});

const threads = fc.constantFrom(1, 2, 4);
const slotsAtOnce = fc.constantFrom(1, 2, 3, 100);

/** The same question about other days, in other steps. */
const drawnRanges = fc.array(drawnQuery, { minLength: 1, maxLength: 5 });

describe('a range index', () => {
	const scanned = new MemoryWorkspace();
	const indexed = new MemoryWorkspace();
	const undone: number[] = [];
	let people = 0;

	beforeAll(async () => {
		for (const workspace of [scanned, indexed]) {
			for (const [seed, { rows, first, last }] of FILES.entries()) {
				const [from, to] = [addDays(FIRST_DAY, first), addDays(FIRST_DAY, last)];
				const { batchId } = await workspace.import(inventFile({ rows, seed, from, to, order: 'none' }));
				if (seed === 1) undone.push(batchId);
			}
			workspace.undo(undone.pop()!);
		}
		people = indexed.catalogue().userCount;
	});

	it('has the people of any range and step, under any filter and split, that a scan counts', async () => {
		let met = 0;
		await fc.assert(
			fc.asyncProperty(drawnQuery, drawnRanges, threads, slotsAtOnce, async (drawn, others, count, slots) => {
				scanned.scannerCount = count;
				indexed.scannerCount = count;
				const query: Query = { ...drawn, subject: null, top: 1 };
				if (!(await indexed.keepRangeIndex(query, slots * people))) return;
				for (const { filter, grain } of [drawn, ...others]) {
					const { from, to } = filter;
					const asked = { ...query, grain, filter: { ...query.filter, from, to } };
					deepStrictEqual(await indexed.answer(asked), await scanned.answer(asked));
					met++;
				}
			}),
			{ seed: 31, numRuns: 50 }
		);
		expect(met).toBeGreaterThan(80);
	});

	it('is known with the first answer, people and all', async () => {
		const query = openQuery({
			grain: 'week',
			split: 'device',
			filter: openFilter({ from: '2024-03-25', to: '2024-04-09' })
		});
		await indexed.keepRangeIndex(query);
		const { plan, data } = indexed.prepare(query.filter, query.grain);
		const answers: EventAnswer[] = [];
		await answerQuery(query, plan, data, (first) => answers.push(first));
		const whole = await scanned.answer(query);
		expect(answers.map(({ hasPeople, isWhole }) => [hasPeople, isWhole])).toEqual([[true, false]]);
		expect(answers[0]).toMatchObject({ totals: whole.totals, overall: whole.overall, series: whole.series });
		for (const audience of AUDIENCES) expect(whole.totals[audience]).toBeGreaterThan(10);
	});

	it('knows who comes back after a day at which the work was parted, however long ago they were met', async () => {
		const days = ['2024-05-06', '2024-05-07', '2024-05-08', '2024-05-09'];
		// Three come every day; one is met on the first day and the last, one on the second and the last.
		const met = { a: days, b: days, c: days, first: [days[0], days[3]], second: [days[1], days[3]] };
		for (const threads of [1, 2, 4]) {
			const workspace = new MemoryWorkspace();
			for (const day of days) {
				const users = Object.entries(met).filter(([, own]) => own.includes(day));
				const rows = users.map(([user]) => `${day},save,p,${user}`);
				await workspace.import(utf8(`timestamp,event,pin_id,user_id\n${rows.join('\n')}\n`));
			}
			workspace.scannerCount = threads;
			expect(await workspace.keepRangeIndex(openQuery())).toBe(true);
			for (const from of days) {
				const filter = openFilter({ from, to: days[3]! });
				const { totals } = await workspace.answer(openQuery({ filter }));
				expect(totals.total_audience, `${threads} threads, from ${from}`).toBe(5);
			}
		}
	});

	it('is gone once other events are stored', async () => {
		const workspace = new MemoryWorkspace();
		const row = (user: string) => utf8(`timestamp,event,pin_id,user_id\n2024-05-06,save,p,${user}\n`);
		await workspace.import(row('a'));
		await workspace.keepRangeIndex(openQuery());
		await workspace.import(row('b'));
		expect((await workspace.answer(openQuery())).totals.engaged_audience).toBe(2);
	});

	it('is left out where there are too many people for one slot', async () => {
		const query = openQuery({ grain: 'week', split: 'format' });
		expect(await indexed.keepRangeIndex(query, people - 1)).toBe(false);
	});

	it('leaves a split of more values than slots to the scan', async () => {
		const workspace = new MemoryWorkspace();
		const rows = Array.from({ length: 8 }, (_, i) => `2024-05-06,save,p,u,account-${i}`);
		await workspace.import(utf8(`timestamp,event,pin_id,user_id,account\n${rows.join('\n')}\n`));
		expect(await workspace.keepRangeIndex(openQuery({ split: 'account' }))).toBe(false);
		expect(await workspace.keepRangeIndex(openQuery({ split: 'device' }))).toBe(true);
	});
});

describe('cutDays', () => {
	it('gives every day to one share, each as many rows as the others, about', async () => {
		const workspace = new MemoryWorkspace();
		for (let week = 0; week < 8; week++) {
			const [from, to] = [addDays(FIRST_DAY, 7 * week), addDays(FIRST_DAY, 7 * week + 6)];
			await workspace.import(inventFile({ rows: 500, seed: week, from, to, order: 'by time' }));
		}
		const { plan } = workspace.prepare(openFilter({ from: FIRST_DAY, to: addDays(FIRST_DAY, 55) }), 'day');
		for (const count of [1, 2, 3, 4]) {
			const shares = cutDays(plan, count);
			expect(shares).toHaveLength(count);
			const rows = shares.map(({ segments }) => segments.reduce((sum, { head }) => sum + head.rows, 0));
			for (const own of rows) expect(Math.abs(own - 4_000 / count)).toBeLessThanOrEqual(550);
			expect(shares.flatMap(({ buckets }) => buckets)).toEqual(plan.buckets.map((_, day) => day));
			for (const { segments, buckets } of shares) expect(segments.length > 0).toBe(buckets.length > 0);
		}
	});
});
