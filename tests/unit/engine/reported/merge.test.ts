import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/lib/model/calendar';
import type { Fact, FactBatch, ReportedFilters } from '../../../../src/lib/model/reported';
import type { Filter, Query } from '../../../../src/lib/model/query';
import { withDayCounts } from '../../../support/day-count';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact, type EventFigures } from '../../../support/reported-answer';

const FIRST = '2026-03-02'; // a Monday
const LAST = addDays(FIRST, 6);
const day = (index: number) => addDays(FIRST, index);

function week(values: Partial<Filter['values']> = {}, more: Partial<Query> = {}): Query {
	return openQuery({ filter: openFilter({ from: FIRST, to: LAST, values }), grain: 'day', ...more });
}

const impressions = (batches: readonly FactBatch[], query = week(), events: EventFigures = {}) =>
	answerWith(batches, query, events).overall.impressions.values;

describe('equal figures of several exports', () => {
	const early = fact(day(0), 'impressions', 10);
	const late = fact(day(0), 'impressions', 12);

	it('count once: the one exported later, whichever was imported first', () => {
		const [first, second] = batchesOf([early], [late]) as [FactBatch, FactBatch];
		expect(impressions([first, second])[0]).toBe(12);
		expect(impressions([{ ...first, exportedAt: 5_000 }, second])[0]).toBe(10);
		expect(impressions([{ ...first, exportedAt: second.exportedAt }, second])[0]).toBe(12);
	});

	it('come back when the later import is taken away', () => {
		expect(impressions(batchesOf([early], [late]).slice(0, 1))[0]).toBe(10);
	});

	it('stay where the later export has a blank', () => {
		expect(impressions(batchesOf([early], [fact(day(1), 'impressions', 3)])).slice(0, 3)).toEqual([
			10,
			3,
			null
		]);
	});
});

describe('days', () => {
	const reported = [fact(day(0), 'impressions', 10), fact(day(1), 'impressions', 20, { isEstimate: true })];

	it('that hold events have the events’ figures, others the reported ones', () => {
		const events = { [day(1)]: { impressions: 7 } };
		expect(impressions(batchesOf(reported), week(), events)).toEqual([10, 7, 0, 0, 0, 0, 0]);
	});

	it('hold events whatever the filter lets through', () => {
		const events = { [day(1)]: {} };
		expect(impressions(batchesOf(reported), week(), events).slice(0, 2)).toEqual([10, 0]);
	});

	it('of a file that leaves them blank have no value, and others none either where there is no event at all', () => {
		const [batch] = batchesOf(reported) as [FactBatch];
		const blank = [{ ...batch, covered: [{ from: day(0), to: day(3) }] }];
		expect(impressions(blank)).toEqual([10, 20, null, null, null, null, null]);
		const events = { [day(6)]: { impressions: 1 } };
		expect(impressions(blank, week(), events)).toEqual([10, 20, null, null, 0, 0, 1]);
		expect(answerWith(blank, week(), events).totals.impressions).toMatchObject({
			value: 31,
			missing: [{ from: day(2), to: day(3) }],
			estimated: [{ from: day(1), to: day(1) }]
		});
	});

	it('make weeks and months: what is known is added up', () => {
		const query = openQuery({ filter: openFilter({ from: FIRST, to: addDays(LAST, 1) }), grain: 'week' });
		const { overall } = answerWith(batchesOf(reported), query);
		expect(overall.impressions).toEqual({ values: [30, null], isEstimate: [true, false] });
	});
});

describe('people', () => {
	const audience = [0, 1, 2].map((i) => fact(day(i), 'total_audience', [50, 80, 60][i]!));

	it('are known for a day, and lie between bounds for several', () => {
		const { totals, overall } = answerWith(batchesOf(audience), {
			...week(),
			filter: openFilter({ from: day(0), to: day(2) })
		});
		expect(overall.total_audience.values).toEqual([50, 80, 60]);
		expect(totals.total_audience).toMatchObject({ value: null, bounds: { least: 80, most: 190 } });
	});

	it('have no value where a report answers any day, and no upper bound where a day is missing', () => {
		const events = { [day(5)]: { impressions: 9, total_audience: 8 } };
		const { totals } = answerWith(batchesOf([...audience, fact(day(3), 'saves', 1)]), week(), events);
		expect(totals.total_audience).toMatchObject({ value: null, bounds: { least: 80, most: null } });
	});

	it('are not added up over the values of a filter', () => {
		const split = ['mobile', 'tablet', 'desktop'].map((device) =>
			fact(day(0), 'total_audience', 5, { filters: { device: [device] } })
		);
		expect(answerWith(batchesOf(split), week()).overall.total_audience.values[0]).toBeNull();
	});
});

describe('engagements and rates', () => {
	const parts = (i: number) => [
		fact(day(i), 'saves', 1),
		fact(day(i), 'closeups', 2),
		fact(day(i), 'link_clicks', 3)
	];

	it('are as reported, else known when all parts are', () => {
		const facts = [
			...parts(0),
			fact(day(1), 'saves', 1),
			fact(day(2), 'engagements', 40),
			...parts(2),
			...parts(3),
			fact(day(3), 'carousel_swipes', 10)
		];
		const { values } = answerWith(batchesOf(facts), week()).overall.engagements;
		expect(values.slice(0, 4)).toEqual([6, null, 40, 16]);
	});

	it('are worked out over the days of which both parts are known', () => {
		const facts = [
			fact(day(0), 'saves', 1),
			fact(day(0), 'impressions', 10),
			fact(day(0), 'save_rate', 0.9),
			fact(day(1), 'impressions', 1_000),
			fact(day(2), 'saves', 3),
			fact(day(2), 'impressions', 10),
			fact(day(3), 'save_rate', 0.5)
		];
		const { overall, totals } = answerWith(batchesOf(facts), week());
		expect(overall.save_rate.values.slice(0, 4)).toEqual([0.1, null, 0.3, 0.5]);
		expect(withDayCounts(totals.save_rate)).toMatchObject({ value: 0.2, daysMissing: 5 });
	});

	it('have the watch time per play', () => {
		const facts = [fact(day(0), 'watch_ms', 90_000), fact(day(0), 'video_plays', 30)];
		const { overall } = answerWith(batchesOf(facts), week());
		expect(overall.avg_watch_seconds.values[0]).toBe(3);
		expect(overall.total_watch_minutes.values[0]).toBe(1.5);
	});
});

describe('Pins', () => {
	const pin = (id: string, value: number, filters: ReportedFilters = {}) =>
		fact(day(0), 'impressions', value, { subject: { kind: 'pin', id }, filters });

	it('are added up where the account has no figure, and that is said', () => {
		const pins = [pin('111111', 4), pin('222222', 5)];
		const { totals } = answerWith(batchesOf(pins), week());
		expect(totals.impressions).toMatchObject({ value: 9, isOfPins: true });
		const both = answerWith(batchesOf([...pins, fact(day(0), 'impressions', 20)]), week());
		expect(both.totals.impressions).toMatchObject({ value: 20, isOfPins: false });
	});

	it('have figures of their own where a question is about one', () => {
		const pins = [pin('111111', 4), pin('222222', 5), fact(day(0), 'impressions', 20)];
		const query = week({}, { subject: { kind: 'pin', name: '222222' } });
		expect(answerWith(batchesOf(pins), query).totals.impressions.value).toBe(5);
	});

	it('with paid figures only answer what is paid, and the page can say so', () => {
		const paid = [pin('111111', 4, { content_type: ['paid'] })];
		const { totals } = answerWith(batchesOf(paid), week());
		expect(totals.impressions).toMatchObject({
			value: null,
			daysLeftOut: 1,
			instead: [{ filters: { content_type: ['paid'] }, days: 1 }]
		});
		const asked = answerWith(batchesOf(paid), week({ content_type: ['paid'] }));
		expect(asked.totals.impressions).toMatchObject({ value: 4, daysLeftOut: 0 });
	});
});

describe('a split', () => {
	const device = (name: string, value: number) =>
		fact(day(0), 'impressions', value, { filters: { device: [name] } });

	it('has a series for each value that is reported, and adds up to the whole', () => {
		const batches = batchesOf([device('mobile', 1), device('tablet', 5), device('desktop', 3)]);
		const answer = answerWith(batches, week({}, { split: 'device' }));
		expect(answer.series.map(({ value }) => value)).toEqual(['tablet', 'desktop', 'mobile']);
		expect(answer.series.map(({ byMetric }) => byMetric.impressions.values[0])).toEqual([5, 3, 1]);
		expect(answer.totals.impressions.value).toBe(9);
		expect(answer.shares.device).toEqual([
			{ value: 'tablet', impressions: 5 },
			{ value: 'desktop', impressions: 3 },
			{ value: 'mobile', impressions: 1 }
		]);
	});

	it('that lacks a value gives no whole', () => {
		const batches = batchesOf([device('mobile', 1), device('tablet', 5)]);
		expect(answerWith(batches, week()).totals.impressions.value).toBeNull();
		const both = answerWith(batches, week({ device: ['tablet', 'mobile'] }));
		expect(both.totals.impressions.value).toBe(6);
	});

	it('shares one series among the values beyond its limit', () => {
		const batches = batchesOf([device('mobile', 1), device('tablet', 5), device('desktop', 3)]);
		const { series } = answerWith(batches, week({}, { split: 'device', splitLimit: 1 }));
		expect(
			series.map(({ value, isRest, byMetric }) => [value, isRest, byMetric.impressions.values[0]])
		).toEqual([
			['tablet', false, 5],
			[null, true, 4]
		]);
	});
});

describe('any mixture of true figures', () => {
	const CONTENT = ['organic', 'paid'] as const;
	const DEVICE = ['mobile', 'tablet', 'desktop'] as const;
	const some = <T>(values: readonly T[]) => fc.subarray([...values]);

	it('is answered with the truth or not at all, and days without an answer are counted', () => {
		const cell = fc.record({
			content: fc.constantFrom(...CONTENT),
			device: fc.constantFrom(...DEVICE),
			n: fc.nat(9)
		});
		const scope = fc.record({ content_type: some(CONTENT), device: some(DEVICE) });
		fc.assert(
			fc.property(
				fc.array(fc.array(cell, { maxLength: 6 }), { minLength: 7, maxLength: 7 }),
				// No file says the same twice: what it does is added up as it is read.
				fc.uniqueArray(fc.record({ day: fc.nat(6), scope, imported: fc.nat(2) }), {
					maxLength: 40,
					selector: ({ day, scope, imported }) => JSON.stringify([day, imported, norm(scope)])
				}),
				scope,
				fc.uniqueArray(fc.nat(6), { maxLength: 3 }),
				(truth, reports, asked, eventDays) => {
					const sum = (index: number, { content_type, device }: typeof asked) =>
						truth[index]!.reduce((all, { content, device: on, n }) => {
							const counts =
								(content_type.length === 0 || content_type.includes(content)) &&
								(device.length === 0 || device.includes(on));
							return all + (counts ? n : 0);
						}, 0);
					const imports: Fact[][] = [[], [], []];
					for (const { day: index, scope, imported } of reports) {
						imports[imported]!.push(fact(day(index), 'impressions', sum(index, scope), { filters: scope }));
					}
					const events = Object.fromEntries(eventDays.map((index) => [day(index), { impressions: 1_000 }]));
					const batches = batchesOf(...imports, [fact(LAST, 'views_95', 0)]);
					if (eventDays.includes(6)) return; // then nothing reported may be left in the range
					const { overall, totals } = answerWith(batches, week(asked), events);

					let known = 0;
					let missing = 0;
					overall.impressions.values.forEach((value, index) => {
						const isReported = reports.some((report) => report.day === index);
						if (eventDays.includes(index)) expect(value).toBe(1_000);
						else if (!isReported && eventDays.length > 0 && index < 6) expect(value).toBe(0);
						else {
							if (value !== null) expect(value).toBe(sum(index, asked));
							const isAsked = reports.some(
								(report) =>
									report.day === index && JSON.stringify(norm(report.scope)) === JSON.stringify(norm(asked))
							);
							if (isAsked) expect(value).not.toBeNull();
						}
						if (value === null) missing++;
						else known += value;
					});
					expect(withDayCounts(totals.impressions).daysMissing).toBe(missing);
					expect(totals.impressions.value).toBe(missing === 7 ? null : known);
				}
			),
			{ numRuns: 150 }
		);
	});

	/** All values of a content type are no filter; devices have one more that nobody reports. */
	function norm({ content_type, device }: { content_type: readonly string[]; device: readonly string[] }) {
		return [content_type.length === 2 ? [] : [...content_type], [...device].sort()];
	}
});
