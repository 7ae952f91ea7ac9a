import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/model/calendar';
import { forEachMetric } from '../../../src/lib/model/event-answer';
import type { MetricId } from '../../../src/lib/model/metric';
import type { Pattern } from '../../../src/lib/model/page-request';
import { WEEK_HOURS } from '../../../src/lib/model/query';
import { COUNTS } from '../../../src/lib/model/figures';
import type { HourFigures } from '../../../src/lib/model/query';
import {
	hasPattern,
	weekdayInsight,
	weekdayMetric,
	weekdayOf,
	weekdaysOf
} from '../../../src/lib/view/weekdays';

const MONDAY = '2026-06-01';

/** A pattern by day, from a Monday on; of all metrics but `metric` nothing is known. */
function daily(values: readonly (number | null)[], metric: MetricId = 'impressions'): Pattern {
	return {
		kind: 'days',
		buckets: values.map((_, i) => ({ day: addDays(MONDAY, i), partial: false })),
		byMetric: forEachMetric((id) => ({
			values: id === metric ? values : values.map(() => null),
			isEstimate: null
		}))
	};
}

function hourly(impressions: number): Pattern {
	const hours = Object.fromEntries(COUNTS.map((id) => [id, new Float64Array(WEEK_HOURS)])) as HourFigures;
	hours.impressions[20] = impressions;
	return { kind: 'hours', hours };
}

describe('the weekday of a day', () => {
	it.each([
		['2026-06-01', 0],
		['2026-06-07', 6],
		['1970-01-01', 3],
		['1969-12-29', 0],
		['1969-12-28', 6]
	])('of %s is %i', (day, weekday) => {
		expect(weekdayOf(day)).toBe(weekday);
	});
});

describe('the metric by weekday', () => {
	it.each([
		['saves', 'saves'],
		['total_watch_minutes', 'total_watch_minutes'],
		['spend', 'spend'],
		['total_audience', 'impressions'],
		['save_rate', 'impressions'],
		['followers', 'impressions'],
		['cpm', 'impressions']
	] as const)('of %s is %s', (metric, shown) => {
		expect(weekdayMetric(metric)).toBe(shown);
	});
});

describe('the table of weekdays', () => {
	// Monday to Sunday, and a second Monday; the Wednesday is not known.
	const table = weekdaysOf(daily([10, 4, null, 4, 4, 4, 4, 20]), 'impressions')!;

	it('stands beside that of as many such days before, and beside none of more or fewer', () => {
		const before = daily([4, null, 3, 5, 6, 7, 8]);
		const { rows } = weekdaysOf(daily([1, 2, 3, null, 5, 6, 7, 8]), 'impressions', before)!;
		// Two Mondays are known now; of the others one each, but for Tuesday before and Thursday now.
		expect(rows.map(({ before }) => before)).toEqual([null, null, 3, null, 6, 7, 8]);
		expect(weekdaysOf(daily([1]), 'impressions', hourly(5))?.rows[0]?.before).toBeNull();
		expect(weekdaysOf(daily([1]), 'impressions')?.rows[0]?.before).toBeNull();
	});

	it('adds up the known days of each weekday', () => {
		expect(table.rows.map(({ sum }) => sum)).toEqual([30, 4, null, 4, 4, 4, 4]);
		expect(table.rows.map(({ days }) => days)).toEqual([2, 1, 0, 1, 1, 1, 1]);
		expect(table.days).toBe(7);
	});

	it('takes averages over known days only, and bars against the largest', () => {
		expect(table.rows[0]).toMatchObject({ weekday: 0, average: 15, part: 1 });
		expect(table.rows[2]).toMatchObject({ average: null, part: 0 });
		expect(table.rows[6]?.part).toBeCloseTo(4 / 15);
		expect(table.average).toBeCloseTo(50 / 7);
		expect(table.averagePart).toBeCloseTo(50 / 7 / 15);
	});

	it('names the best weekday, unless several are or one is not known', () => {
		expect(weekdaysOf(daily([3, 5, 3, 3, 3, 3, 1]), 'impressions')?.best).toBe(1);
		expect(weekdaysOf(daily([3, 5, 3, 3, 3, 5, 1]), 'impressions')?.best).toBeNull();
		expect(table.best).toBeNull();
		expect(weekdaysOf(daily([0, 0]), 'impressions')).toMatchObject({ best: null, averagePart: 0 });
	});

	it('is not there where no day is known, or hours are', () => {
		expect(weekdaysOf(daily([null, null]), 'impressions')).toBeNull();
		expect(weekdaysOf(daily([1, 2]), 'saves')).toBeNull();
		expect(weekdaysOf(hourly(5), 'impressions')).toBeNull();
	});
});

describe('a pattern', () => {
	it('has something to show where an hour or a day has a figure of the metric', () => {
		expect(hasPattern(hourly(5), 'total_audience')).toBe(true);
		expect(hasPattern(hourly(5), 'saves')).toBe(false);
		expect(hasPattern(hourly(0), 'impressions')).toBe(false);
		expect(hasPattern(daily([1]), 'engaged_audience')).toBe(true);
		expect(hasPattern(daily([1]), 'saves')).toBe(false);
	});
});

describe('the best weekday', () => {
	const twoWeeks = [7, 7, 7, 7, 7, 7, 14, 7, 7, 7, 7, 7, 7, 14];

	it('is told with its average and how far that lies above an average day', () => {
		const insight = weekdayInsight(daily(twoWeeks, 'saves'), { metric: 'saves' });
		expect(insight).toMatchObject({ metric: 'saves', weekday: 6, average: 14 });
		expect(insight?.above).toBeCloseTo(14 / 8 - 1);
	});

	it('needs two weeks, each weekday twice', () => {
		expect(weekdayInsight(daily(twoWeeks.slice(0, 13)), { metric: 'impressions' })).toBeNull();
		const withoutTuesday = [...twoWeeks, 7, 7, 7].map((value, i) => (i === 1 || i === 8 ? null : value));
		expect(weekdayInsight(daily(withoutTuesday), { metric: 'impressions' })).toBeNull();
		expect(weekdayInsight(daily(twoWeeks), { metric: 'impressions' })).not.toBeNull();
	});

	it('is not told where days are alike, or hours are known', () => {
		expect(weekdayInsight(daily(twoWeeks.map(() => 3)), { metric: 'impressions' })).toBeNull();
		expect(weekdayInsight(hourly(5), { metric: 'impressions' })).toBeNull();
	});
});
