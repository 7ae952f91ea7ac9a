import { describe, expect, it } from 'vitest';
import type { Answer, Total } from '../../../src/lib/model/answer';
import { addDays } from '../../../src/lib/model/calendar';
import type { MetricId } from '../../../src/lib/model/metric';
import type { DaySpan } from '../../../src/lib/model/reported';
import {
	exportsMissing,
	exportsOf,
	hasReports,
	knownDays,
	newestGap
} from '../../../src/lib/view/known-days';

/** What a figure lacks, and which exports would bring it. */

const span = (from: string, to: string): DaySpan => ({ from, to });
const total = (missing: readonly DaySpan[], estimated: readonly DaySpan[] = []) =>
	({ missing, estimated }) as unknown as Total;
const answer = (totals: Partial<Record<MetricId, Total>>, reportedDays = 0) =>
	({ totals, reportedDays }) as unknown as Answer;

describe('the days that a figure knows', () => {
	const from = '2026-06-01';

	it.each<{ name: string; total: Total; known: number; stretches: string }>([
		{ name: 'are all where none is missing', total: total([]), known: 30, stretches: 'known 30' },
		{
			name: 'are none where all are missing',
			total: total([span(from, '2026-06-30')]),
			known: 0,
			stretches: 'missing 30'
		},
		{
			name: 'lie between those that are missing',
			total: total([span(from, '2026-06-02'), span('2026-06-10', '2026-06-10')]),
			known: 27,
			stretches: 'missing 2, known 7, missing 1, known 20'
		},
		{
			name: 'include those that are estimates, in the order of days',
			total: total([span('2026-06-29', '2026-06-30')], [span('2026-06-03', '2026-06-09')]),
			known: 28,
			stretches: 'known 2, estimate 7, known 19, missing 2'
		}
	])('$name', ({ total, known, stretches }) => {
		const found = knownDays(total, from, 30);
		expect(found.known).toBe(known);
		expect(found.stretches.map(({ state, days }) => `${state} ${days}`).join(', ')).toBe(stretches);
		expect(found.stretches.reduce((sum, { days }) => sum + days, 0)).toBe(30);
	});
});

describe('the days that an export should be of', () => {
	it('are the newest that are missing, as many as one export can have', () => {
		expect(newestGap(total([]))).toBeNull();
		const newest = span('2026-06-01', '2026-06-10');
		expect(newestGap(total([span('2026-01-01', '2026-01-05'), newest]))).toEqual(newest);
		const long = newestGap(total([span('2025-01-01', '2026-06-30')]));
		expect(long).toEqual(span(addDays('2026-06-30', -89), '2026-06-30'));
	});
});

describe('the exports that would complete figures', () => {
	const missing = (...spans: DaySpan[]) => answer({ impressions: total(spans) });

	it.each<[string, number, Answer]>([
		['none where no day is missing', 0, missing()],
		['one for as many days as it can have', 1, missing(span('2026-01-01', addDays('2026-01-01', 89)))],
		['another for one day more', 2, missing(span('2026-01-01', addDays('2026-01-01', 90)))],
		[
			'one for gaps that lie near each other',
			1,
			missing(span('2026-01-01', '2026-01-02'), span('2026-03-01', '2026-03-05'))
		],
		[
			'one for each of two gaps far apart',
			2,
			missing(span('2026-01-01', '2026-01-02'), span('2026-06-01', '2026-06-05'))
		],
		[
			'two for a gap that begins in the days of one and ends after them',
			2,
			missing(span('2026-01-01', '2026-01-02'), span('2026-03-25', '2026-04-20'))
		]
	])('are %s', (_, count, of) => {
		expect(exportsMissing(of, ['impressions'])).toBe(count);
	});

	it('are counted for each metric that can be exported, and for no rate', () => {
		const gap = total([span('2026-06-01', '2026-06-02')]);
		const of = answer({ impressions: gap, saves: gap, save_rate: gap });
		expect(exportsMissing(of, ['impressions', 'saves', 'save_rate'])).toBe(2);
	});

	it.each<[MetricId, readonly MetricId[]]>([
		['saves', ['saves']],
		['save_rate', ['impressions', 'saves']],
		['link_click_rate', ['impressions', 'link_clicks']]
	])('of %s are %j', (metric, exports) => {
		expect(exportsOf(metric)).toEqual(exports);
	});
});

describe('a page', () => {
	it('says which days figures have where reports have a part in them, or a day is missing', () => {
		const whole = { impressions: total([]) };
		expect(hasReports(answer(whole), ['impressions'])).toBe(false);
		expect(hasReports(answer(whole, 1), ['impressions'])).toBe(true);
		const gap = { impressions: total([span('2026-06-01', '2026-06-01')]) };
		expect(hasReports(answer(gap), ['impressions'])).toBe(true);
	});
});
