import { describe, expect, it } from 'vitest';
import { reportedRows } from '../../../../src/lib/engine/reported/top';
import type { Fact, ReportedFilters } from '../../../../src/lib/model/reported';
import type { SortMetric } from '../../../../src/lib/model/metric';
import { openFilter } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact, resolved } from '../../../support/reported-answer';
import { openQuery } from '../../../support/memory-workspace';

const range = { from: '2026-03-01', to: '2026-03-14' };

function pin(
	id: string,
	from: string,
	to: string,
	metric: Fact['metric'],
	value: number,
	more: Partial<Fact> = {}
) {
	return fact(from, metric, value, { to, subject: { kind: 'pin', id }, ...more });
}

function rows(facts: readonly Fact[], values: ReportedFilters = {}, sort: SortMetric = 'impressions') {
	const filter = openFilter({ ...range, values });
	return reportedRows('pin', { filter, sort, withVideo: true }, resolved(batchesOf(facts)));
}

describe('a list of Pins from reports', () => {
	it('adds up periods that follow on each other, and none that overlap', () => {
		const facts = [
			pin('11111', '2026-03-01', '2026-03-07', 'impressions', 10),
			pin('11111', '2026-03-08', '2026-03-14', 'impressions', 20),
			pin('11111', '2026-03-05', '2026-03-10', 'impressions', 99),
			pin('11111', '2026-02-20', '2026-03-14', 'impressions', 500)
		];
		expect(rows(facts)[0]?.figures.impressions).toBe(30);
		const exact = [...facts, pin('11111', range.from, range.to, 'impressions', 31)];
		expect(rows(exact)[0]?.figures.impressions).toBe(31);
	});

	it('adds up single days', () => {
		const daily = ['2026-03-03', '2026-03-04'].map((day) => pin('11111', day, day, 'saves', 2));
		expect(rows(daily)[0]?.figures).toMatchObject({ saves: 4, impressions: null });
	});

	it('is in the order of the sort, those without a value last, ties by id', () => {
		const at = (id: string, metric: Fact['metric'], value: number) =>
			pin(id, range.from, range.to, metric, value, { isEstimate: id === '22222' });
		const found = rows([
			at('33333', 'saves', 9),
			at('22222', 'impressions', 5),
			at('11111', 'impressions', 5),
			at('44444', 'impressions', 6)
		]);
		expect(found.map(({ id }) => id)).toEqual(['44444', '11111', '22222', '33333']);
		expect(found.map(({ estimates }) => estimates)).toEqual([[], [], ['impressions'], []]);
	});

	it('works out engagements, rates and times from their parts', () => {
		const at = (metric: Fact['metric'], value: number) => pin('11111', range.from, range.to, metric, value);
		const [row] = rows([
			at('saves', 1),
			at('closeups', 2),
			at('link_clicks', 3),
			at('impressions', 30),
			at('watch_ms', 90_000),
			at('video_plays', 30),
			at('link_click_rate', 0.9)
		]);
		expect(row?.figures).toMatchObject({
			engagements: 6,
			link_click_rate: 0.1,
			avg_watch_seconds: 3,
			total_watch_minutes: 1.5
		});
	});

	it('keeps to the filter, and says under which there would be rows', () => {
		const paid = { filters: { content_type: ['paid'] } };
		const facts = [pin('11111', range.from, range.to, 'impressions', 4, paid)];
		expect(rows(facts)).toEqual([]);
		expect(rows(facts, { content_type: ['paid'] })).toHaveLength(1);
		const query = openQuery({ filter: openFilter(range) });
		expect(answerWith(batchesOf(facts), query).reported.lists?.instead).toEqual([{ ...paid, days: 0 }]);
	});

	it('takes a row of a whole list for all there is of its Pin', () => {
		const row = (value: number, content: string, source: string) =>
			pin('11111', range.from, range.to, 'impressions', value, {
				filters: { content_type: [content], source: [source] },
				completeBreakdowns: ['content_type', 'source']
			});
		const facts = [row(5, 'organic', 'own'), row(3, 'paid', 'own')];
		expect(rows(facts)[0]?.figures.impressions).toBe(8);
		expect(rows(facts, { content_type: ['paid'] })[0]?.figures.impressions).toBe(3);
		expect(rows(facts, { source: ['other'] })).toEqual([]);
		expect(rows(facts, { device: ['mobile'] })).toEqual([]);
	});
});
