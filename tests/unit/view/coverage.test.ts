import { describe, expect, it } from 'vitest';
import { DAY_STATES, type CoverageMap, type DayState } from '../../../src/lib/model/answer';
import { METRIC_IDS, type MetricId } from '../../../src/lib/model/metric';
import {
	coverageGroupOf,
	coverageTable,
	daysOfMonth,
	monthsBetween,
	stretchesOf
} from '../../../src/lib/view/coverage';

const LETTERS: Readonly<Record<string, DayState>> = {
	e: 'events',
	r: 'reports',
	s: 'estimate',
	'.': 'missing'
};

/** Days of metrics, a letter a day. */
function mapOf(from: string, to: string, metrics: Partial<Record<MetricId, string>>): CoverageMap {
	const rows = Object.entries(metrics) as [MetricId, string][];
	return {
		...{ from, to },
		metrics: rows.map(([metric, days]) => ({
			metric,
			days: Uint8Array.from(days, (letter) => DAY_STATES.indexOf(LETTERS[letter] as DayState))
		}))
	};
}

describe('the coverage table', () => {
	// From 30 October to 3 November.
	const table = coverageTable(
		mapOf('2026-10-30', '2026-11-03', { impressions: 'er.ss', spend: '.....', video_views: 'rrrrr' })
	);
	const cells = table.groups[0]!.rows[0]!.cells;

	it('has a column for each month from the first day to the newest', () => {
		expect(table.months).toEqual(['2026-10', '2026-11']);
		expect(table.days).toBe(5);
	});

	it('counts the days of the first month before the first day as missing', () => {
		expect(cells[0]).toMatchObject({ month: '2026-10', days: 31, known: 2, estimated: 0, toCome: 0 });
		expect(cells[0]!.stretches).toEqual([
			{ state: 'missing', from: '2026-10-01', to: '2026-10-29', days: 29 },
			{ state: 'events', from: '2026-10-30', to: '2026-10-30', days: 1 },
			{ state: 'reports', from: '2026-10-31', to: '2026-10-31', days: 1 }
		]);
	});

	it('counts a month up to the newest day, and estimates as known', () => {
		expect(cells[1]).toMatchObject({ days: 3, known: 2, estimated: 2, toCome: 27 });
		expect(cells[1]!.stretches).toEqual([
			{ state: 'missing', from: '2026-11-01', to: '2026-11-01', days: 1 },
			{ state: 'estimate', from: '2026-11-02', to: '2026-11-03', days: 2 }
		]);
	});

	it('counts a metric over all days by those that hold data', () => {
		expect(table.groups.map(({ rows }) => rows[0]!.known)).toEqual([4, 5, 0]);
	});

	it('puts metrics into groups, and leaves out groups without any', () => {
		expect(table.groups.map(({ name }) => name)).toEqual(['account', 'video', 'ads']);
		const ofAccount = coverageTable(mapOf('2026-01-01', '2026-01-01', { saves: 'e' }));
		expect(ofAccount.groups.map(({ name }) => name)).toEqual(['account']);
	});
});

describe('the groups', () => {
	it('hold every metric that is an amount under the page it is on', () => {
		const of = (name: string) => METRIC_IDS.filter((metric) => coverageGroupOf(metric) === name);
		expect(of('ads')).toEqual(expect.arrayContaining(['spend', 'order_value', 'checkouts']));
		expect(of('video')).toEqual(expect.arrayContaining(['video_views', 'views_10s', 'total_watch_minutes']));
		expect(of('account')).toEqual(expect.arrayContaining(['impressions', 'followers', 'total_audience']));
	});
});

describe('months', () => {
	it('go on over the end of a year', () => {
		expect(monthsBetween('2025-11-30', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
	});

	it('have as many days as the calendar gives them', () => {
		expect(daysOfMonth('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
		expect(daysOfMonth('2026-12')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
	});

	it('are parted where the state changes, and nowhere else', () => {
		const stretches = stretchesOf(['reports', 'reports', 'missing', 'reports'], 0);
		expect(stretches.map(({ state, days }) => `${state} ${days}`)).toEqual([
			'reports 2',
			'missing 1',
			'reports 1'
		]);
	});
});
