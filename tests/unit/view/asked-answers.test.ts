import { describe, expect, it } from 'vitest';
import { daysAnswer, pinAnswer } from '../../../src/lib/view/asked-answers';

describe('the days of a file', () => {
	it('are taken from the first to the last, which may be the same', () => {
		expect(daysAnswer('2026-09-08', '2026-09-14').span).toEqual({ from: '2026-09-08', to: '2026-09-14' });
		expect(daysAnswer('2026-09-08', '2026-09-08').span).toEqual({ from: '2026-09-08', to: '2026-09-08' });
	});

	it.each([
		{ first: '', last: '2026-09-14', fault: 'first_missing', field: 'first' },
		{ first: '2026-09-08', last: '', fault: 'last_missing', field: 'last' },
		{ first: '2026-02-30', last: '2026-03-01', fault: 'first_missing', field: 'first' },
		{ first: '2026-09-14', last: '2026-09-08', fault: 'last_before_first', field: 'last' },
		{ first: '0026-09-08', last: '2026-09-14', fault: 'year_out_of_range', field: 'first' },
		{ first: '2026-09-08', last: '2100-01-01', fault: 'year_out_of_range', field: 'last' }
	])('from "$first" to "$last" are $fault', ({ first, last, fault, field }) => {
		expect(daysAnswer(first, last)).toEqual({ span: null, fault, field });
	});
});

describe('the Pin of a file', () => {
	const pinId = '1091700765947216952';
	it.each([
		pinId,
		` ${pinId}\u200b\n`,
		`https://www.pinterest.com/pin/${pinId}/`,
		`pinterest.de/pin/${pinId}?utm_source=x`,
		`https://www.pinterest.com/pin/oak-shelf-with-hooks--${pinId}/`,
		`https://www.pinterest.com/pin/${pinId}`
	])('is read from %j', (text) => {
		expect(pinAnswer(text)).toEqual({ pinId, fault: null });
	});

	it.each([
		{ text: '  ', fault: 'missing' },
		{ text: '1.09E+18', fault: 'rounded' },
		{ text: '1,0917E+18', fault: 'rounded' },
		{ text: '1234', fault: 'not_an_id' },
		{ text: 'oak shelf', fault: 'not_an_id' },
		{ text: 'https://www.pinterest.com/someone/kitchen-shelves/', fault: 'not_an_id' },
		{ text: 'https://www.pinterest.com/pin/123456abc/', fault: 'not_an_id' }
	])('is $fault in "$text"', ({ text, fault }) => {
		expect(pinAnswer(text)).toEqual({ pinId: null, fault });
	});
});
