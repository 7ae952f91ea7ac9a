import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planQuery } from '../../../../src/lib/engine/plan';
import { compareTotals, type Side } from '../../../../src/lib/engine/reported/compare';
import { DayReaders } from '../../../../src/lib/engine/reported/day-values';
import { partRange } from '../../../../src/lib/engine/reported/part-range';
import { moneyOf } from '../../../../src/lib/engine/reported/total-of';
import { questionOf } from '../../../../src/lib/engine/reported/question';
import type { ComparedTotal } from '../../../../src/lib/model/answer';
import { addDays, dayNumber } from '../../../../src/lib/model/calendar';
import type { MetricId } from '../../../../src/lib/model/metric';
import type { DaySpan, Fact } from '../../../../src/lib/model/reported';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { batchesOf, countedOf, fact, resolved, type EventFigures } from '../../../support/reported-answer';

const FIRST_NOW = '2026-03-09';
const FIRST_THEN = '2026-03-02';
const now = (index: number) => addDays(FIRST_NOW, index);
const then = (index: number) => addDays(FIRST_THEN, index);

interface Said {
	readonly facts?: readonly Fact[];
	readonly events?: EventFigures;
	/** Days of which events would be stored if there were any, besides those that hold some. */
	readonly fromEvents?: readonly string[];
	/** How many days each range has. */
	readonly days?: number;
}

/** Two ranges of as many days, of which all that is known is this. */
function compared({
	facts = [],
	events = {},
	fromEvents = [],
	days = 7
}: Said): Record<MetricId, ComparedTotal> {
	return comparedDays(
		facts,
		events,
		fromEvents,
		{ from: FIRST_NOW, to: now(days - 1) },
		{ from: FIRST_THEN, to: then(days - 1) }
	);
}

function comparedDays(
	facts: readonly Fact[],
	events: EventFigures,
	fromEvents: readonly string[],
	shown: DaySpan,
	before: DaySpan
): Record<MetricId, ComparedTotal> {
	const found = resolved(batchesOf(facts));
	const held = new Set(Object.keys(events).map((day) => dayNumber(day)!));
	const daysOfEvents = new Set(fromEvents.map((day) => dayNumber(day)!));
	const known = { holds: (day: number) => held.has(day), covers: (day: number) => daysOfEvents.has(day) };
	const readers = new DayReaders(found, null);
	const sideOf = (span: DaySpan): Side => {
		const query = openQuery({ filter: openFilter(span), grain: 'day' });
		const plan = planQuery(query.filter, 'day', []);
		const all = Array.from(plan.bucketDays.subarray(0, -1));
		const { totals, overall } = countedOf(query, events);
		return {
			days: partRange(plan, found, known)?.all ?? { all, fromEvents: all, reported: [] },
			totals,
			daily: overall,
			values: readers.of(questionOf({}))
		};
	};
	const [a, b] = [sideOf(shown), sideOf(before)];
	return compareTotals(a, b, moneyOf(a.days, a.values, found));
}

const impressions = (day: string, value: number, more: Partial<Fact> = {}) =>
	fact(day, 'impressions', value, more);
const daily = (dayOf: (index: number) => string, values: readonly (number | null)[]) =>
	values.flatMap((value, i) => (value === null ? [] : [impressions(dayOf(i), value)]));

describe('two ranges', () => {
	it('are compared whole where both know all of their days', () => {
		const facts = [...daily(now, [1, 2, 3]), ...daily(then, [4, 5, 6])];
		expect(compared({ facts, days: 3 }).impressions).toEqual({ now: 6, then: 15, days: 3 });
	});

	it('are compared over the days that both know', () => {
		const facts = [
			...daily(now, [1, 2, null, 4, 5, null, 7]),
			...daily(then, [10, null, null, 40, 50, 60, null])
		];
		expect(compared({ facts }).impressions).toEqual({ now: 10, then: 100, days: 3 });
	});

	it('have nothing to compare where they know no day in common', () => {
		const facts = [...daily(now, [1, null]), ...daily(then, [null, 2])];
		expect(compared({ facts }).impressions).toEqual({ now: null, then: null, days: 0 });
		expect(compared({ facts }).saves).toEqual({ now: null, then: null, days: 0 });
	});

	it('have events on some days and reports on others', () => {
		const facts = [...daily(now, [100, 2]), ...daily(then, [null, null, 30, 40])];
		const events = {
			[now(0)]: { impressions: 5, saves: 1 },
			[now(3)]: { impressions: 6, closeups: 2 },
			[then(0)]: { impressions: 7 },
			[then(3)]: { link_clicks: 3 }
		};
		// Events of the first and the fourth day, reports of the second or third of one side only.
		expect(compared({ facts, events }).impressions).toEqual({ now: 11, then: 7, days: 2 });
		expect(compared({ facts, events }).engagements).toEqual({ now: 3, then: 3, days: 2 });
		const fromEvents = [now(1), now(2), then(1)];
		// The third day of the first range has none; that of the second 30. The second day was reported as 2, and is 0 then.
		expect(compared({ facts, events, fromEvents }).impressions).toEqual({ now: 13, then: 37, days: 4 });
	});

	it('have what only reports know from reports, on days with events too', () => {
		const facts = [
			fact(now(0), 'comments', 3),
			fact(now(1), 'comments', 4),
			fact(then(0), 'comments', 5),
			fact(then(1), 'comments', 6)
		];
		const events = { [now(0)]: { impressions: 9 }, [then(1)]: { impressions: 8 }, [then(2)]: {} };
		expect(compared({ facts, events }).comments).toEqual({ now: 7, then: 11, days: 2 });
	});

	it('count a week where the other range knows all of it, and else on neither side', () => {
		const week = impressions(now(0), 70, { to: now(6) });
		const whole = daily(then, [1, 2, 3, 4, 5, 6, 7]);
		expect(compared({ facts: [week, ...whole] }).impressions).toEqual({ now: 70, then: 28, days: 7 });
		const gap = daily(then, [1, 2, 3, null, 5, 6, 7]);
		expect(compared({ facts: [week, ...gap] }).impressions).toEqual({ now: null, then: null, days: 0 });
	});

	it('leave out a stretch of days that is cut by one that is cut', () => {
		const stretch = (dayOf: (index: number) => string, from: number, to: number, value: number) =>
			impressions(dayOf(from), value, { to: dayOf(to) });
		const facts = [
			// The fourth day is not known then, which cuts 2–4 now, which cuts 1–3 then.
			stretch(now, 2, 4, 10),
			stretch(now, 5, 6, 20),
			...daily(now, [1, 2]),
			stretch(then, 1, 3, 100),
			stretch(then, 5, 6, 200),
			...daily(then, [3])
		];
		expect(compared({ facts }).impressions).toEqual({ now: 21, then: 203, days: 3 });
	});
});

describe('ratios', () => {
	it('are worked out over the days of which both ranges know both parts', () => {
		const facts = [
			...daily(now, [10, 20, 30]),
			...[1, 2].map((n, i) => fact(now(i), 'saves', n)),
			...daily(then, [40, null, 5]),
			...[4, 8, 2].map((n, i) => fact(then(i), 'saves', n))
		];
		const { save_rate, saves } = compared({ facts });
		expect(save_rate).toEqual({ now: 1 / 10, then: 4 / 40, days: 1 });
		expect(saves).toEqual({ now: 3, then: 12, days: 2 });
	});

	it('have parts of events and of reports, and no value of nothing', () => {
		const facts = [...daily(now, [10]), fact(now(0), 'saves', 1)];
		const events = { [now(1)]: { impressions: 10, saves: 3 }, [then(0)]: {}, [then(1)]: { saves: 2 } };
		expect(compared({ facts, events }).save_rate).toEqual({ now: 4 / 20, then: null, days: 2 });
	});

	it('have their units: seconds of a play, money of a click', () => {
		const facts = [
			fact(now(0), 'watch_ms', 90_000),
			fact(now(0), 'video_plays', 30),
			fact(then(0), 'watch_ms', 20_000),
			fact(then(0), 'video_plays', 10),
			fact(then(1), 'watch_ms', 99_000)
		];
		const found = compared({ facts });
		expect(found.avg_watch_seconds).toEqual({ now: 3, then: 2, days: 1 });
		expect(found.total_watch_minutes).toEqual({ now: 1.5, then: 20 / 60, days: 1 });
	});
});

describe('people', () => {
	const people = (dayOf: (index: number) => string, value: number, last: number) =>
		fact(dayOf(0), 'total_audience', value, { to: dayOf(last) });

	it('are compared where both ranges know them as a whole', () => {
		const facts = [people(now, 50, 6), people(then, 40, 6)];
		expect(compared({ facts }).total_audience).toEqual({ now: 50, then: 40, days: 7 });
	});

	it('are never added up over days', () => {
		const ofDays = [0, 1].map((i) => fact(then(i), 'total_audience', 4));
		expect(compared({ facts: [people(now, 50, 1), ...ofDays], days: 2 }).total_audience).toMatchObject({
			now: 50,
			then: null
		});
		const gap = [fact(now(0), 'total_audience', 4), fact(then(0), 'total_audience', 5)];
		expect(compared({ facts: gap, days: 2 }).total_audience).toMatchObject({ now: null, then: null });
		expect(compared({ facts: gap, days: 1 }).total_audience).toEqual({ now: 4, then: 5, days: 1 });
	});
});

describe('levels', () => {
	const followers = (day: string, value: number) => fact(day, 'followers', value, { kind: 'level' });

	it('are compared as each range has them last', () => {
		const facts = [followers(now(1), 210), followers(now(4), 230), followers(then(0), 200)];
		expect(compared({ facts }).followers).toMatchObject({ now: 230, then: 200 });
		expect(compared({ facts: facts.slice(0, 2) }).followers).toMatchObject({ now: 230, then: null });
	});
});

describe('money', () => {
	const spend = (day: string, value: number, currency: string) =>
		fact(day, 'spend', value * 1_000_000, { currency, filters: { content_type: ['paid'] } });

	it('is compared in the currency of the first range, however much the other has of another', () => {
		const facts = [
			spend(now(0), 20, 'EUR'),
			spend(now(1), 30, 'EUR'),
			spend(now(1), 5, 'USD'),
			spend(then(0), 10, 'EUR'),
			spend(then(0), 900, 'USD'),
			spend(then(1), 800, 'USD')
		];
		expect(compared({ facts }).spend).toEqual({ now: 20, then: 10, days: 1 });
		expect(compared({ facts: facts.filter((_, i) => i !== 3) }).spend).toEqual({
			now: null,
			then: null,
			days: 0
		});
	});

	it('for what it bought is compared over the days of which both parts are known', () => {
		const clicks = (day: string, n: number) =>
			fact(day, 'link_clicks', n, { filters: { content_type: ['paid'] } });
		const facts = [
			spend(now(0), 20, 'EUR'),
			clicks(now(0), 10),
			spend(now(1), 90, 'EUR'),
			spend(then(0), 9, 'EUR'),
			clicks(then(0), 3),
			spend(then(1), 8, 'EUR'),
			clicks(then(1), 4)
		];
		expect(compared({ facts }).cost_per_click).toEqual({ now: 2, then: 3, days: 1 });
	});
});

describe('any two ranges of days', () => {
	/** A day of a range: what was reported, and what events say; null for neither. */
	const day = fc.record({
		impressions: fc.option(fc.nat(50), { freq: 3 }),
		saves: fc.option(fc.nat(50), { freq: 3 }),
		comments: fc.option(fc.nat(50), { freq: 3 }),
		events: fc.option(fc.record({ impressions: fc.nat(50), saves: fc.nat(50) }), { freq: 2 }),
		covers: fc.boolean()
	});
	type Drawn = Readonly<
		Record<'impressions' | 'saves' | 'comments', number | null> & {
			events: { readonly impressions: number; readonly saves: number } | null;
			covers: boolean;
		}
	>;

	/** What is known of a metric on a day, by the letter of the rules. */
	function known(metric: 'impressions' | 'saves' | 'comments', drawn: Drawn): number | null {
		if (metric === 'comments') return drawn.comments;
		if (drawn.events) return drawn.events[metric];
		const isCovered = drawn.impressions !== null || drawn.saves !== null || drawn.comments !== null;
		return drawn.covers && !isCovered ? 0 : drawn[metric];
	}

	it('come to the sums over the days that both know', () => {
		const ranges = fc
			.integer({ min: 1, max: 9 })
			.chain((n) =>
				fc.tuple(fc.array(day, { minLength: n, maxLength: n }), fc.array(day, { minLength: n, maxLength: n }))
			);
		fc.assert(
			fc.property(ranges, ([here, there]) => {
				const n = here.length;
				// Right before each other, so that nothing lies between.
				const thenOf = (index: number) => addDays(FIRST_NOW, index - n);
				const all = [
					...here.map((drawn, i) => [now(i), drawn] as const),
					...there.map((drawn, i) => [thenOf(i), drawn] as const)
				];
				const facts = all.flatMap(([name, drawn]) =>
					(['impressions', 'saves', 'comments'] as const).flatMap((metric) =>
						drawn[metric] === null ? [] : [fact(name, metric, drawn[metric])]
					)
				);
				const found = comparedDays(
					facts,
					Object.fromEntries(all.flatMap(([name, { events }]) => (events ? [[name, events]] : []))),
					all.flatMap(([name, { covers }]) => (covers ? [name] : [])),
					{ from: now(0), to: now(n - 1) },
					{ from: thenOf(0), to: thenOf(n - 1) }
				);
				const places = Array.from({ length: n }, (_, i) => i);
				for (const metric of ['impressions', 'saves', 'comments'] as const) {
					const [a, b] = [here, there].map((side) => side.map((drawn) => known(metric, drawn))) as [
						(number | null)[],
						(number | null)[]
					];
					const common = places.filter((i) => a[i] !== null && b[i] !== null);
					const sum = (values: (number | null)[]) =>
						common.length === 0 ? null : common.reduce((all, i) => all + values[i]!, 0);
					expect([metric, found[metric]]).toEqual([
						metric,
						{ now: sum(a), then: sum(b), days: common.length }
					]);
				}
				const parts = [here, there].map((side) =>
					side.map((drawn) => {
						const [saves, seen] = [known('saves', drawn), known('impressions', drawn)];
						return saves === null || seen === null ? null : { saves, seen };
					})
				);
				const common = places.filter((i) => parts[0]![i] && parts[1]![i]);
				const rate = (side: (typeof parts)[0]) => {
					const saves = common.reduce((all, i) => all + side[i]!.saves, 0);
					const seen = common.reduce((all, i) => all + side[i]!.seen, 0);
					return seen === 0 ? null : saves / seen;
				};
				expect(found.save_rate).toEqual({
					now: rate(parts[0]!),
					then: rate(parts[1]!),
					days: common.length
				});
			}),
			{ numRuns: 300 }
		);
	}, 60_000);
});
