import { describe, expect, it } from 'vitest';
import { rowsInTurns } from '../../../src/lib/view/rows-in-turns';

interface Row {
	readonly key: string;
	readonly of: 'now' | 'before';
}

const rowsOf = (of: Row['of'], keys: string): Row[] => [...keys].map((key) => ({ key, of }));
const textOf = (rows: readonly Row[]) =>
	rows.map(({ key, of }) => (of === 'now' ? key.toUpperCase() : key)).join('');

describe('rows that are drawn in turns', () => {
	const shown = (now: string, before: string, drawn: number) =>
		textOf(rowsInTurns(rowsOf('now', now), rowsOf('before', before), drawn, ({ key }) => key));

	it('come one after the other where there were none', () => {
		expect([0, 2, 4].map((drawn) => shown('abc', '', drawn))).toEqual(['', 'AB', 'ABC']);
	});

	it('take the places of what stood there before', () => {
		expect([0, 2, 4].map((drawn) => shown('abcd', 'efgh', drawn))).toEqual(['efgh', 'ABgh', 'ABCD']);
	});

	it('are there once, wherever they stood', () => {
		expect([0, 1, 2, 3].map((drawn) => shown('cab', 'abc', drawn))).toEqual(['abc', 'Cb', 'CA', 'CAB']);
	});

	it('leave nothing of a longer list behind', () => {
		expect([0, 1, 2, 4].map((drawn) => shown('a', 'bcd', drawn))).toEqual(['bcd', 'Acd', 'Ad', 'A']);
	});
});
