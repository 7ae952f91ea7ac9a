import { describe, expect, it } from 'vitest';
import { courseOfLife } from '../../../src/lib/model/life';
import { ageShares, areLivesKnown, lifeMetric } from '../../../src/lib/view/life';

describe('courseOfLife', () => {
	it('puts figures by age, those before the Pin was made at age 0', () => {
		const { age, steps } = courseOfLife([1, 2, 3, 4], 100, 102);
		expect(age).toBe(1);
		expect(steps).toEqual([
			{ age: 0, value: 6, running: 6 },
			{ age: 1, value: 4, running: 10 }
		]);
	});

	it('tells the least age by which at least half had come', () => {
		expect(courseOfLife([1, 1, 1, 1], 0, 0).halfAge).toBe(1);
		expect(courseOfLife([1, 1, 1, 2], 0, 0).halfAge).toBe(2);
		expect(courseOfLife([0, 0, 0], 0, 0).halfAge).toBeNull();
	});

	it('says that a Pin grows where its last 28 days have half of its best 28', () => {
		const days = (...parts: (readonly [count: number, each: number])[]) =>
			parts.flatMap(([count, each]) => new Array<number>(count).fill(each));
		expect(courseOfLife(days([28, 2], [28, 1]), 0, 0).grows).toBe(true);
		expect(courseOfLife(days([28, 2], [27, 1], [1, 0]), 0, 0).grows).toBe(false);
		expect(courseOfLife(days([60, 0]), 0, 0).grows).toBe(false);
	});
});

describe('lifeMetric', () => {
	it('is the chart’s where figures of events add up, and impressions else', () => {
		expect(lifeMetric('saves')).toBe('saves');
		expect(lifeMetric('total_watch_minutes')).toBe('total_watch_minutes');
		for (const metric of ['save_rate', 'total_audience', 'followers', 'spend'] as const)
			expect(lifeMetric(metric)).toBe('impressions');
	});
});

describe('areLivesKnown', () => {
	const events = { events: 3, firstMs: Date.UTC(2026, 0, 2), lastMs: Date.UTC(2026, 5, 30), metrics: [] };

	it('holds as long as reports add no day to those of events', () => {
		expect(areLivesKnown(events, 'UTC')).toBe(true);
		expect(areLivesKnown({ ...events, reported: { from: '2026-01-02', to: '2026-06-30' } }, 'UTC')).toBe(
			true
		);
		expect(areLivesKnown({ ...events, reported: { from: '2026-01-01', to: '2026-06-30' } }, 'UTC')).toBe(
			false
		);
		expect(areLivesKnown({ ...events, reported: { from: '2026-02-01', to: '2026-07-01' } }, 'UTC')).toBe(
			false
		);
		expect(areLivesKnown({ ...events, events: 0 }, 'UTC')).toBe(false);
	});
});

describe('ageShares', () => {
	it('shares out, and says nothing where nothing is', () => {
		expect(ageShares([1, 1, 2, 0, 0])).toEqual([0.25, 0.25, 0.5, 0, 0]);
		expect(ageShares([0, 0, 0, 0, 0])).toBeNull();
	});
});
