import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sql, joined, name, ours, sql, valuesTable } from '../../../src/lib/clickhouse/sql';
import { valueRows } from '../../../src/lib/clickhouse/value-rows';

describe('sql', () => {
	it('puts pieces and whole numbers together', () => {
		const statement = sql`SELECT ${ours('count()')} FROM ${name('events')} LIMIT ${10}`;
		expect(statement.text).toBe('SELECT count() FROM events LIMIT 10');
		expect(joined([ours('a'), ours('b')], ', ').text).toBe('a, b');
	});

	it.each([
		`x' OR 1 = 1`,
		1.5,
		NaN,
		Infinity,
		null,
		undefined,
		{},
		['a'],
		{ text: 'DROP', values: new Map() }
	])('takes no value into its text: %j', (value) => {
		expect(() => sql`SELECT ${value as number}`).toThrow(TypeError);
	});

	it('has names of letters, digits and underscores only', () => {
		for (const text of ['a b', 'a;b', `a'`, '', '1a', 'a.b', 'å', 'a`'])
			expect(() => name(text)).toThrow(RangeError);
		expect(() => valuesTable(`t'`, [])).toThrow(RangeError);
	});

	it('carries values beside the text', () => {
		const statement = sql`SELECT 1 WHERE a IN ${valuesTable('t', ["'; DROP"])} AND b IN ${valuesTable('u', ['b'])}`;
		expect(statement.text).toBe('SELECT 1 WHERE a IN t AND b IN u');
		expect([...statement.values]).toEqual([
			['t', ["'; DROP"]],
			['u', ['b']]
		]);
		expect(statement).toBeInstanceOf(Sql);
	});

	it('lets one table of values stand for one list only', () => {
		const [a, b] = [valuesTable('t', ['a']), valuesTable('t', ['b'])];
		expect(sql`${a} ${a}`.values.size).toBe(1);
		expect(() => sql`${a} ${b}`).toThrow(/t$/);
	});
});

describe('valueRows', () => {
	/** As the server reads them. */
	const read = (rows: string) =>
		rows
			.split('\n')
			.slice(0, -1)
			.map((row) =>
				row.replace(/\\(.)/g, (_, c: string) => ({ t: '\t', n: '\n', r: '\r', '0': '\0' })[c] ?? c)
			);

	it('gives every text a row that reads as that text', () => {
		const unit = fc.oneof(fc.constantFrom('\\', '\t', '\n', '\r', '\0', "'", 'n', 't', 'N'), fc.string());
		fc.assert(
			fc.property(fc.array(fc.string({ unit })), (values) => {
				const rows = valueRows(values);
				expect(read(rows)).toEqual(values);
				expect(rows.replace(/\\./g, '')).not.toMatch(/[\t\r\0\\]/);
			})
		);
	});
});
