import { describe, expect, it } from 'vitest';
import { between, dayOnLine, lineOfDays, moved, placeOnLine, stepOfKey } from '../../../src/lib/view/brush';

const LINE = { from: '2026-01-01', to: '2026-01-10' };
const RANGE = { from: '2026-01-03', to: '2026-01-05' };

describe('the line of days', () => {
	it('holds all days of data, and a range beside them', () => {
		expect(lineOfDays(LINE, RANGE)).toEqual(LINE);
		expect(lineOfDays(LINE, { from: '2019-01-01', to: '2026-02-01' })).toEqual({
			from: '2019-01-01',
			to: '2026-02-01'
		});
	});

	it('gives each day an even part of its length', () => {
		expect(placeOnLine(LINE, '2026-01-01')).toBe(0);
		expect(placeOnLine(LINE, '2026-01-06')).toBe(0.5);
		for (const day of ['2026-01-01', '2026-01-04', '2026-01-10']) {
			const start = placeOnLine(LINE, day);
			expect([dayOnLine(LINE, start + 0.001), dayOnLine(LINE, start + 0.099)]).toEqual([day, day]);
		}
	});

	it('ends with its first and last day, wherever a hand goes', () => {
		expect([dayOnLine(LINE, -3), dayOnLine(LINE, 1), dayOnLine(LINE, 7)]).toEqual([
			'2026-01-01',
			'2026-01-10',
			'2026-01-10'
		]);
	});
});

describe('a range on the line', () => {
	it('is drawn in either direction', () => {
		expect(between('2026-01-05', '2026-01-03')).toEqual(RANGE);
		expect(between('2026-01-03', '2026-01-05')).toEqual(RANGE);
	});

	it('is moved at one end, which stops at the other', () => {
		expect(moved(LINE, RANGE, 'from', 1)).toEqual({ from: '2026-01-04', to: '2026-01-05' });
		expect(moved(LINE, RANGE, 'from', 7)).toEqual({ from: '2026-01-05', to: '2026-01-05' });
		expect(moved(LINE, RANGE, 'to', -7)).toEqual({ from: '2026-01-03', to: '2026-01-03' });
		expect(moved(LINE, RANGE, 'to', Infinity)).toEqual({ from: '2026-01-03', to: '2026-01-10' });
	});

	it('keeps its length where all of it is moved, and stays on the line', () => {
		expect(moved(LINE, RANGE, 'both', 3)).toEqual({ from: '2026-01-06', to: '2026-01-08' });
		expect(moved(LINE, RANGE, 'both', -Infinity)).toEqual({ from: '2026-01-01', to: '2026-01-03' });
		expect(moved(LINE, RANGE, 'both', 9)).toEqual({ from: '2026-01-08', to: '2026-01-10' });
	});

	it('is moved by a day, a week or its own length by key', () => {
		expect(['ArrowLeft', 'ArrowUp', 'PageUp', 'x'].map((key) => stepOfKey(key, RANGE, 'from'))).toEqual([
			-1,
			1,
			7,
			null
		]);
		expect(stepOfKey('PageDown', RANGE, 'both')).toBe(-3);
	});
});
