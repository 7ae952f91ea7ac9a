import { describe, expect, it } from 'vitest';
import type { Shares } from '../../../../src/lib/model/answer';
import type { Dimension } from '../../../../src/lib/model/dimension';
import { NATIVE_DIMENSIONS } from '../../../../src/lib/model/event';
import type { EventAnswer } from '../../../../src/lib/model/event-answer';
import type { Filter } from '../../../../src/lib/model/query';
import type { Fact, ReportedFilters } from '../../../../src/lib/model/reported';
import { fixedChoices } from '../../../../src/lib/view/shares';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact, type EventFigures } from '../../../support/reported-answer';

const FIRST = '2026-03-02';
const SECOND = '2026-03-03';

function shares(
	facts: readonly Fact[],
	values: Partial<Filter['values']> = {},
	events: EventFigures = {},
	ofEvents: Partial<EventAnswer['shares']> = {}
): Shares {
	const filter = openFilter({ from: FIRST, to: SECOND, values });
	return answerWith(batchesOf(facts), openQuery({ filter, grain: 'day' }), events, ofEvents).shares;
}

const seen = (day: string, value: number, filters: ReportedFilters = {}, more: Partial<Fact> = {}) =>
	fact(day, 'impressions', value, { filters, ...more });
const device = (day: string, name: string, value: number) => seen(day, value, { device: [name] });

/** The dimensions of which every value is known. */
const known = (found: Shares): Dimension[] =>
	NATIVE_DIMENSIONS.filter((dimension) => found[dimension].every(({ impressions }) => impressions !== null));

/** Values that occur, of which it is not known how much each has. */
const unknown = (...values: string[]) => values.map((value) => ({ value, impressions: null }));

describe('shares', () => {
	it('are of no value where reports know only the whole', () => {
		const found = shares([seen(FIRST, 5), seen(SECOND, 6)]);
		for (const dimension of NATIVE_DIMENSIONS) expect(found[dimension]).toEqual([]);
	});

	it('are not made of a report on what is paid: nobody said how much is organic', () => {
		const paid = [FIRST, SECOND].map((day) => seen(day, 5, { content_type: ['paid'] }));
		for (const values of [{}, { content_type: ['paid'] }]) {
			const found = fixedChoices('content_type', shares(paid, values).content_type, []);
			expect(found.map(({ share }) => share)).toEqual([null, null]);
		}
		// Beside the whole, what is left is not known to be organic.
		const beside = shares([...paid, seen(FIRST, 9), seen(SECOND, 9)]);
		expect(beside.content_type).toEqual(unknown('paid'));
		expect(known(beside)).not.toContain('content_type');
	});

	it('are those of a split by device that has every value of every day', () => {
		const split = [FIRST, SECOND].flatMap((day, i) => [
			device(day, 'mobile', 5 + i),
			device(day, 'tablet', 2),
			device(day, 'desktop', 3)
		]);
		expect(shares([...split, seen(FIRST, 10), seen(SECOND, 11)]).device).toEqual([
			{ value: 'mobile', impressions: 11 },
			{ value: 'desktop', impressions: 6 },
			{ value: 'tablet', impressions: 4 }
		]);
		// The same where the whole is only known as the sum of its parts.
		expect(shares(split).device.map(({ impressions }) => impressions)).toEqual([11, 6, 4]);
	});

	it('are none where one day lacks a value, or has the whole alone', () => {
		const of = (day: string) => [
			device(day, 'mobile', 5),
			device(day, 'tablet', 2),
			device(day, 'desktop', 3)
		];
		expect(shares([...of(FIRST), seen(SECOND, 9)]).device).toEqual(unknown('desktop', 'mobile', 'tablet'));
		const lacking = [device(SECOND, 'mobile', 5), device(SECOND, 'tablet', 2), seen(SECOND, 9)];
		expect(shares([...of(FIRST), ...lacking]).device).toEqual(unknown('desktop', 'mobile', 'tablet'));
		// A day without any figure has no part in them.
		expect(shares(of(FIRST)).device.map(({ impressions }) => impressions)).toEqual([5, 3, 2]);
	});

	it('leave 0 to the values that nobody names where the others make the whole', () => {
		const whole = [device(FIRST, 'mobile', 7), device(FIRST, 'tablet', 3), seen(FIRST, 10)];
		expect(shares(whole).device).toEqual([
			{ value: 'mobile', impressions: 7 },
			{ value: 'tablet', impressions: 3 }
		]);
		const less = [device(FIRST, 'mobile', 7), device(FIRST, 'tablet', 2), seen(FIRST, 10)];
		expect(shares(less).device).toEqual(unknown('mobile', 'tablet'));
	});

	it('are of each dimension under the filters of the others', () => {
		const facts = ['mobile', 'tablet', 'desktop'].flatMap((name, i) => [
			seen(FIRST, 10 + i, { device: [name], content_type: ['organic'] }),
			seen(FIRST, 1, { device: [name], content_type: ['paid'] })
		]);
		const found = shares(facts, { device: ['tablet'], content_type: ['organic'] });
		expect(found.device).toEqual([
			{ value: 'desktop', impressions: 12 },
			{ value: 'tablet', impressions: 11 },
			{ value: 'mobile', impressions: 10 }
		]);
		expect(found.content_type).toEqual([
			{ value: 'organic', impressions: 11 },
			{ value: 'paid', impressions: 1 }
		]);
	});

	it('of accounts are never those of reports: nobody can name all', () => {
		const accounts = ['a.example', 'b.example'].map((account) => seen(FIRST, 5, { account: [account] }));
		expect(shares([...accounts, seen(FIRST, 10)]).account).toEqual(unknown('a.example', 'b.example'));
	});

	it('add a period of several days that answers the range', () => {
		const week = (name: string, value: number) => seen(FIRST, value, { device: [name] }, { to: SECOND });
		const facts = [week('mobile', 70), week('tablet', 20), week('desktop', 10)];
		const whole = seen(FIRST, 100, {}, { to: SECOND });
		expect(shares([...facts, whole]).device.map(({ impressions }) => impressions)).toEqual([70, 20, 10]);
		const lacking = [week('mobile', 70), week('tablet', 20), whole];
		expect(shares(lacking).device).toEqual(unknown('mobile', 'tablet'));
	});
});

describe('shares of events', () => {
	const events = { [FIRST]: { impressions: 4 } };
	const ofEvents = { device: [{ value: 'mobile', impressions: 4 }] };

	it('stay where reports have no impressions of other days', () => {
		expect(shares([fact(SECOND, 'comments', 1)], {}, events, ofEvents).device).toEqual(ofEvents.device);
	});

	it('have those of reported days added, value by value', () => {
		const split = [device(SECOND, 'mobile', 5), device(SECOND, 'tablet', 2), device(SECOND, 'desktop', 0)];
		expect(shares(split, {}, events, ofEvents).device).toEqual([
			{ value: 'mobile', impressions: 9 },
			{ value: 'tablet', impressions: 2 },
			{ value: 'desktop', impressions: 0 }
		]);
	});

	it('are unknown beside a reported day that is not split', () => {
		expect(shares([seen(SECOND, 9)], {}, events, ofEvents).device).toEqual(unknown('mobile'));
	});
});
