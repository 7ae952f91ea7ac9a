import { describe, expect, it } from 'vitest';
import type { Cohort, PeopleOfRange } from '../../../src/lib/model/people';
import { newestStep, peopleSteps, retentionTable, sharedPairs } from '../../../src/lib/view/people';

function range(newByBucket: number[], returningByBucket: number[]): PeopleOfRange {
	const buckets = newByBucket.map((_, i) => ({ day: `2026-06-0${i + 1}`, partial: false }));
	return {
		...{ people: 0, newPeople: 0, daysMet: [0, 0, 0, 0, 0], buckets },
		newByBucket: Float64Array.from(newByBucket),
		returningByBucket: Float64Array.from(returningByBucket)
	};
}

describe('steps of people', () => {
	it('stand beside those at the same place of the days that are compared with, as far as there are any', () => {
		const steps = peopleSteps(range([1, 0], [3, 0]), range([2], [5]));
		expect(steps.map(({ newShare }) => newShare)).toEqual([0.25, null]);
		expect(steps.map(({ before }) => before)).toEqual([{ newPeople: 2, returning: 5 }, null]);
	});

	it('are marked where the share of new people stands out, but for small ones and the first of all', () => {
		const marked = (fresh: number[], others: number[]) => newestStep(peopleSteps(range(fresh, others), null));
		expect(marked([100, 10, 60, 9], [0, 90, 60, 1])).toBe(2);
		expect(marked([10, 10], [90, 90])).toBeNull();
		expect(marked([1, 2], [999, 998])).toBeNull();
		expect(marked([0, 0], [0, 0])).toBeNull();
	});
});

describe('shared people', () => {
	it('are listed by how many there are, each pair by code point', () => {
		const values = ['tablet', '🏠', 'Ａ'].map((value) => ({ value, people: 9 }));
		const pairs = [
			{ first: 0, second: 1, people: 1 },
			{ first: 0, second: 2, people: 4 },
			{ first: 1, second: 2, people: 4 }
		];
		expect(sharedPairs({ dimension: 'account', values, pairs }).map(({ key }) => key)).toEqual([
			'tablet|Ａ',
			'Ａ|🏠',
			'tablet|🏠'
		]);
	});
});

describe('the triangle of retention', () => {
	const cohort = (day: string, people: number, returned: number[]): Cohort => ({ day, people, returned });

	it('sums each step over the cohorts that know it', () => {
		const cohorts = [cohort('2026-06-01', 10, [10, 5, 2]), cohort('2026-06-08', 30, [30, 3])];
		const table = retentionTable({ grain: 'week', cohorts }, false);
		expect(table).toMatchObject({ steps: 3, people: 40, largest: 0.5, isCut: false });
		expect(table.overall).toEqual([1, 0.2, 0.2]);
	});

	it('draws the newest cohorts and first steps of many, and all of them when asked', () => {
		const cohorts = Array.from({ length: 104 }, (_, i) =>
			cohort(`cohort ${i}`, 1, Array<number>(104 - i).fill(1))
		);
		const cut = retentionTable({ grain: 'week', cohorts }, false);
		expect([cut.isCut, cut.steps, cut.cohorts.length, cut.total]).toEqual([true, 26, 53, 104]);
		expect(cut.cohorts.at(-1)).toBe(cohorts.at(-1));
		const whole = retentionTable({ grain: 'week', cohorts }, true);
		expect([whole.isCut, whole.steps, whole.cohorts.length]).toEqual([false, 104, 104]);
	});
});
