import { describe, expect, it } from 'vitest';
import { readInsightsDay, readShare, readSize } from '../../../../src/lib/import/insights/insights-numbers';

describe('the size of an audience', () => {
	it.each([
		['10000', 10_000, false],
		['1,000', 1_000, false],
		['1.000', 1_000, false],
		['1 234 567', 1_234_567, false],
		['1000.0', 1_000, false],
		['Up to 10,000', 10_000, true],
		['bis zu 10.000', 10_000, true],
		['Upp till 10 000', 10_000, true],
		['< 1,000', 1_000, true],
		['Up to 10K', 10_000, true],
		['10K', null, false],
		['10K+', null, false],
		['1,000+', null, false],
		['12.5', null, false],
		['', null, false],
		['many', null, false],
		['99999999999999999', null, false]
	])('in %j is %j', (cell, size, isUpTo) => {
		expect(readSize(cell)).toEqual({ size, isUpTo });
	});
});

describe('a share', () => {
	it.each([
		['0.812', '.', 0.812],
		['81.2%', '.', 0.812],
		['4.2E-2', '.', 0.042],
		['0,07', ',', 0.07],
		['100 %', ',', 1],
		['', '.', null],
		['–', '.', null],
		['-0.1', '.', 'out_of_range'],
		['1.5', '.', 'out_of_range'],
		['0.5', ',', 'not_a_number'],
		['<1%', '.', 'not_a_number']
	] as const)('in %j with %j for decimals is %j', (cell, decimal, share) => {
		expect(readShare(cell, { decimal, isPercent: false })).toBe(share);
	});
});

describe('the day of a snapshot', () => {
	it.each([
		['2026-05-20', '2026-05-20'],
		['2026-04-21 - 2026-05-20', '2026-05-20'],
		['20 May 2026', '2026-05-20'],
		['20.05.2026', '2026-05-20'],
		['04.05.2026', '2026-05-04'],
		['5/20/2026', '2026-05-20'],
		['20/05/2026', '2026-05-20'],
		['05/05/2026', '2026-05-05'],
		['04/05/2026', null],
		['31.02.2026', null],
		['', null]
	])('in %j is %j', (cell, day) => {
		expect(readInsightsDay(cell)).toBe(day);
	});
});
