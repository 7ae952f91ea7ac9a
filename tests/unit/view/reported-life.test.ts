import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { About } from '../../../src/lib/model/answer';
import type { MetricId } from '../../../src/lib/model/metric';
import type { AllDays } from '../../../src/lib/model/page-request';
import { pinLife } from '../../../src/lib/view/life';
import { dataRange } from '../../../src/lib/view/range';
import { reportedLife } from '../../../src/lib/view/reported-life';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { openQuery } from '../../support/memory-workspace';
import { specimenText } from '../../support/specimen';
import { answeringOf, storeReport } from '../../support/stored-report';

/** Lives of Pins that reports have: by rules, and out of files that people hold. */

const days = (...values: (number | null)[]) => ({ values, isEstimate: null });
const period = (from: string, to: string, value: number, isEstimate = false) => ({
	from,
	to,
	figures: [{ metric: 'impressions' as const, value, isEstimate, currency: '' }]
});
/** 10 January 2026. */
const BORN = 20_463;

describe('reportedLife', () => {
	it('puts days and periods by age, no day twice: those that cover most days', () => {
		const life = reportedLife(
			'impressions',
			days(1, null, null, null, 5, null),
			BORN,
			{
				periods: [
					period('2026-01-11', '2026-01-13', 30),
					period('2026-01-13', '2026-01-15', 90),
					period('2026-01-01', '2026-02-20', 999)
				],
				levels: []
			},
			BORN
		);
		expect(life.rows).toEqual([
			{ from: 0, to: 0, value: 1, isEstimate: false, running: 1 },
			{ from: 1, to: 3, value: 30, isEstimate: false, running: 31 },
			{ from: 4, to: 4, value: 5, isEstimate: false, running: 36 }
		]);
		expect(life).toMatchObject({ age: 5, days: 6, missing: 1, half: null, total: null });
	});

	it('tells between which ages half had come where every day is in a row', () => {
		const { half, missing } = reportedLife(
			'impressions',
			days(1, null, null, 1),
			BORN,
			{ periods: [period('2026-01-11', '2026-01-12', 30, true)], levels: [] },
			BORN
		);
		expect({ half, missing }).toEqual({ half: { from: 1, to: 2 }, missing: 0 });
	});

	it('counts days before the Pin was made to age 0, and none of them as missing', () => {
		const life = reportedLife(
			'impressions',
			days(null, null, 4),
			BORN - 2,
			{
				periods: [period('2026-01-08', '2026-01-09', 6)],
				levels: [{ metric: 'impressions', value: 50, day: '2026-01-10', isEstimate: true, currency: '' }]
			},
			BORN
		);
		expect(life.rows.map(({ from, to, running }) => [from, to, running])).toEqual([
			[0, 0, 6],
			[0, 0, 10]
		]);
		expect(life).toMatchObject({ age: 0, days: 1, missing: 0 });
		expect(life.total).toEqual({ value: 50, day: '2026-01-10', age: 0, isEstimate: true });
	});
});

describe('the life of a Pin that reports name', () => {
	databaseForEachTest();
	const PIN = '1091700765947216952';

	async function lifeOf(metric: MetricId, ...files: readonly string[]) {
		for (const name of files) await storeReport(db, specimenText(name), Date.UTC(2026, 8, 1), name);
		const { answering, stored } = await answeringOf(db);
		const coverage = (await stored.refresh())!;
		const query = openQuery({ subject: { kind: 'pin', name: PIN }, top: 0 });
		const request = { query, compared: null, asks: ['about', 'life'] as const };
		const told: { about?: About; life?: AllDays } = {};
		await answering.ask(
			new AbortController().signal,
			{ ...request, allDays: dataRange(coverage, 'UTC') },
			(piece) => {
				if (piece.ask === 'about') told.about = piece.about;
				if (piece.ask === 'life') told.life = piece.life;
			}
		);
		return pinLife(told.life!, told.about!, metric);
	}

	it('has its age from a directory, its total from a snapshot, and says which days are not known', async () => {
		const life = await lifeOf('impressions', 'api-pins-list.json', 'pin-snapshots-lifetime.csv');
		// Made on 3 February; the snapshots of 1 to 3 September give the day between the first two.
		expect(life).toMatchObject({
			kind: 'reported',
			born: '2026-02-03',
			isCreation: true,
			life: {
				total: { value: 3142, day: '2026-09-03', age: 212 },
				rows: [{ from: 211, to: 211, value: 50, running: 50 }],
				half: null
			}
		});
		const { days, missing, age } = (life as { life: { days: number; missing: number; age: number } }).life;
		expect({ days, missing }).toEqual({ days: age + 1, missing: age });
	});

	it('has nothing by age where nothing says when it was made', async () => {
		expect(await lifeOf('impressions', 'pin-snapshots-lifetime.csv')).toEqual({ kind: 'start missing' });
	});
});
