import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestCover } from '../../../../src/lib/engine/reported/cover';
import { addDays, daysBetween } from '../../../../src/lib/model/calendar';
import type { DaySpan } from '../../../../src/lib/model/reported';

const START = '2026-03-01';
const span = (first: number, length: number): { span: DaySpan } => ({
	span: { from: addDays(START, first), to: addDays(START, first + length - 1) }
});
const range = span(0, 14).span;
const days = (chosen: readonly { span: DaySpan }[]) =>
	chosen.reduce((sum, { span: { from, to } }) => sum + daysBetween(from, to), 0);

describe('the best cover of a range', () => {
	it('is the range itself where a period is just that', () => {
		const exact = span(0, 14);
		expect(bestCover([span(0, 7), exact, span(7, 7)], range)).toEqual([exact]);
	});

	it('leaves out what reaches beyond', () => {
		expect(bestCover([span(-1, 3), span(13, 2)], range)).toEqual([]);
	});

	it('prefers fewer periods of as many days', () => {
		expect(bestCover([span(0, 1), span(1, 1), span(0, 2)], range)).toEqual([span(0, 2)]);
	});

	it('holds no day twice, and no choice holds more days', () => {
		const periods = fc.array(fc.tuple(fc.integer({ min: -2, max: 12 }), fc.integer({ min: 1, max: 9 })), {
			maxLength: 9
		});
		fc.assert(
			fc.property(periods, (given) => {
				const all = given.map(([first, length]) => span(first, length));
				const chosen = bestCover(all, range);
				let most = 0;
				for (let mask = 0; mask < 1 << all.length; mask++) {
					const some = all.filter((_, i) => mask & (1 << i)).map((one) => one.span);
					const isInside = some.every(({ from, to }) => from >= range.from && to <= range.to);
					const areApart = some.every((a, i) =>
						some.every((b, j) => i === j || a.to < b.from || b.to < a.from)
					);
					if (isInside && areApart) most = Math.max(most, days(some.map((one) => ({ span: one }))));
				}
				expect(days(chosen)).toBe(most);
				const apart = [...chosen].sort((a, b) => (a.span.from < b.span.from ? -1 : 1));
				apart.slice(1).forEach((one, i) => expect(one.span.from > apart[i]!.span.to).toBe(true));
			}),
			{ numRuns: 300 }
		);
	});
});
