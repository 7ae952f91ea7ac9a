import { describe, expect, it } from 'vitest';
import type { Chart, ChartSeries } from '../../../src/lib/view/chart';
import { drawingOf } from '../../../src/lib/view/drawing';

const ROOM = { values: 4, dates: () => 8 };

function series(values: (number | null)[], some: Partial<ChartSeries> = {}): ChartSeries {
	const own = { value: null, isRest: false, isEstimate: null, colour: 1, isDashed: false };
	return { ...own, values, comparedBuckets: null, ...some };
}

function chart(...all: ChartSeries[]): Chart {
	const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'];
	const buckets = days.map((day) => ({ day, partial: false }));
	return { metric: 'impressions', grain: 'day', buckets, series: all, gaps: [{ first: 1, last: 2 }] };
}

const drawn = (one: Chart, hidden: readonly number[] = []) => drawingOf('en-GB', one, new Set(hidden), ROOM);

describe('the drawing of a chart', () => {
	it('has even values from 0 to one at or above the largest that is shown', () => {
		const both = chart(series([1, 2, 3, 4]), series([90, 10, 20, 95]));
		expect(drawn(both).values.map(({ value }) => value)).toEqual([0, 25, 50, 75, 100]);
		expect(drawn(both).max).toBe(100);
		expect(drawn(both, [1]).max).toBe(4);
	});

	it('asks for dates once the longest value is known, and leaves out the day where all are first of a month', () => {
		const letters: number[] = [];
		const drawing = drawingOf('en-GB', chart(series([1_000, 2, 3, 12_000])), new Set(), {
			values: 4,
			dates: (longest) => letters.push(longest) * 8
		});
		const longest = Math.max(...drawing.values.map(({ label }) => label.length));
		expect(letters).toEqual([longest]);
		expect(drawing.dates.map(({ step, label }) => `${step} ${label}`)).toEqual([
			'0 Jan 2026',
			'1 Feb 2026',
			'2 Mar 2026',
			'3 Apr 2026'
		]);
	});

	it('puts a dot where no line leads to a value, and on estimates, which are a line of their own', () => {
		const estimated = series([5, null, 7, 8], { isEstimate: [false, false, false, true] });
		const { lines } = drawn(chart(estimated));
		expect(lines.map(({ look, dots }) => ({ isEstimate: look.isEstimate, dots }))).toEqual([
			{ isEstimate: false, dots: [0, 2] },
			{ isEstimate: true, dots: [3] }
		]);
	});

	it('fills the space under a line that is alone but for the days before', () => {
		const before = series([1, 1, 1, 1], { comparedBuckets: [], colour: 0 });
		const looks = (...all: ChartSeries[]) => drawn(chart(...all), [1]).lines.map(({ look }) => look);
		expect(looks(series([1, 2, 3, 4]), before)).toEqual([
			{ colour: 1, isBefore: false, isEstimate: false, isDashed: false, isAlone: true, isShown: true },
			{ colour: 0, isBefore: true, isEstimate: false, isDashed: false, isAlone: false, isShown: false }
		]);
		expect(looks(series([1, 2, 3, 4]), series([1, 2, 3, 4]))[0]?.isAlone).toBe(false);
	});

	it('keeps the stretches of which nothing is known', () => {
		expect(drawn(chart(series([1, null, null, 4]))).gaps).toEqual([{ first: 1, last: 2 }]);
	});
});
