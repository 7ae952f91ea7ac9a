import { describe, expect, it } from 'vitest';
import { isBlankCell } from '../../../../src/lib/import/tables/is-blank-cell';
import { readFigure } from '../../../../src/lib/import/tables/read-figure';
import { readNumber } from '../../../../src/lib/import/tables/read-number';

const impressions = { metric: 'impressions', times: 1, per: 1 } as const;
const rate = { metric: 'closeup_rate', times: 1, per: 1 } as const;
const spend = { metric: 'spend', times: 1_000_000, per: 1 } as const;
const dotted = { decimal: '.', isPercentage: false } as const;
const withComma = { decimal: ',', isPercentage: false } as const;

describe('a figure', () => {
	it.each([
		['1204', impressions, 1204],
		[1204, impressions, 1204],
		[' 1,204,000 ', impressions, 1_204_000],
		['1\u202f204\u00a0000', impressions, 1_204_000],
		["1'204", impressions, 1204],
		['1.2e3', impressions, 1200],
		['[1,204]', impressions, 1204],
		['3.1%', rate, 0.031],
		['2.78 %', rate, 0.0278],
		['[0.031]', rate, 0.031],
		['0.031', rate, 0.031],
		['.5', rate, 0.5],
		['5310', { metric: 'avg_watch_seconds', times: 1, per: 1_000 } as const, 5.31],
		['1.5', { metric: 'watch_ms', times: 60_000, per: 1 } as const, 90_000],
		['0.1', spend, 100_000],
		['$12.34', spend, 12_340_000],
		['12.34 SEK', spend, 12_340_000],
		['1234567', { metric: 'spend', times: 1_000_000, per: 1_000_000 } as const, 1_234_567],
		['12.5', impressions, 'not_a_whole_number'],
		['-3', impressions, 'out_of_range'],
		['9007199254740993', impressions, 'out_of_range'],
		['1,2', impressions, 'not_a_number'],
		['1,23,456', impressions, 'not_a_number'],
		['1.204.000', impressions, 'not_a_number'],
		['12.4k', impressions, 'rounded'],
		['12,4 K', impressions, 'rounded'],
		['1.2M', impressions, 'rounded'],
		['many', impressions, 'not_a_number'],
		[true, impressions, 'not_a_number'],
		[NaN, impressions, 'not_a_number']
	])('%j is read as %j', (cell, metric, value) => {
		const figure = readFigure(cell, metric, dotted);
		expect(typeof figure === 'number' ? figure : figure.reason).toBe(value);
	});

	it.each([
		['1.204.000', impressions, 1_204_000],
		['3,1%', rate, 0.031],
		['[0,5]', rate, 0.5],
		['1.234,56', spend, 1_234_560_000],
		['1.5', rate, 'not_a_number'],
		['1,204', impressions, 'not_a_whole_number'],
		['1,204,000', impressions, 'not_a_number']
	])('%j is read as %j where a comma is decimal', (cell, metric, value) => {
		const figure = readFigure(cell, metric, withComma);
		expect(typeof figure === 'number' ? figure : figure.reason).toBe(value);
	});

	it('of a column of percentages is one without a sign too', () => {
		expect(readFigure('3.1', rate, { decimal: '.', isPercentage: true })).toBe(0.031);
		expect(readFigure('3.1%', rate, { decimal: '.', isPercentage: true })).toBe(0.031);
		expect(readNumber('3.1%', '.')).toEqual({ digits: '3.1', isPercent: true });
	});

	it('is no figure where the cell is blank, which 0 is not', () => {
		const blank = ['', ' ', '-', '–', 'N/A', 'null', 'None', 'NaN', null, undefined];
		expect(blank.map(isBlankCell)).toEqual(blank.map(() => true));
		expect(['0', 0, false, 'no', '-1'].map(isBlankCell)).toEqual(Array(5).fill(false));
	});
});
