import { describe, expect, it } from 'vitest';
import { drawnLines } from '../../../src/lib/view/estimates';

const series = (values: (number | null)[], isEstimate: boolean[] | null = null) => ({
	metric: 'impressions' as const,
	grain: 'day' as const,
	buckets: [],
	gaps: [],
	series: [
		{
			value: null,
			isRest: false,
			values,
			colour: 1,
			isDashed: false,
			comparedBuckets: null,
			isEstimate
		}
	]
});

describe('the lines of a chart', () => {
	it('are one a series where nothing is an estimate', () => {
		const lines = [{ series: 0, values: [1, null, 3], isEstimate: false }];
		expect(drawnLines(series([1, null, 3]))).toEqual(lines);
		expect(drawnLines(series([1, null, 3], [false, false, false]))).toEqual(lines);
	});

	it('part estimates from firm values, and lead over to them', () => {
		expect(drawnLines(series([1, 2, 3, null, 5], [false, false, true, false, true]))).toEqual([
			{ series: 0, values: [1, 2, null, null, null], isEstimate: false },
			{ series: 0, values: [null, 2, 3, null, 5], isEstimate: true }
		]);
	});
});
