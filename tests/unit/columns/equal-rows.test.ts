import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinationCode } from '../../../src/lib/columns/combination';
import { RowPool, type RowRange } from '../../../src/lib/columns/equal-rows';
import { RunBuilder } from '../../../src/lib/columns/run-builder';
import type { Segment } from '../../../src/lib/columns/segment';

// Few values of each, so that many rows are equal, and many differ in one thing only.
const rowArbitrary = fc.record({
	ms: fc.constantFrom(0, 1, 86_399_999),
	pin: fc.constantFrom(0, 1),
	user: fc.constantFrom(-1, 0, 1),
	kind: fc.constantFrom(0, 1),
	account: fc.constantFrom(0, 1),
	count: fc.constantFrom(1, 1, 1, 7, 4_294_967_295),
	video: fc.option(
		fc.record({
			watchMs: fc.constantFrom(0, 2_000, 5e9),
			view: fc.constantFrom(0, 5_000),
			played: fc.constantFrom(0, 10_000)
		})
	)
});
type Row = typeof rowArbitrary extends fc.Arbitrary<infer T> ? T : never;
// Of few different rows, so that the same ones come again and again in all three.
const rowSetsArbitrary = fc.array(rowArbitrary, { minLength: 1, maxLength: 6 }).chain((different) => {
	const rows = fc.array(fc.constantFrom(...different), { minLength: 1, maxLength: 12 });
	return fc.tuple(rows, rows, rows);
});

const DAY_MS = Date.UTC(2024, 4, 1);
const numbers = Uint32Array.of(0, 1);

function segmentOf(rows: readonly Row[]): Segment {
	const builder = new RunBuilder();
	for (const { ms, pin, user, kind, account, count, video } of rows) {
		builder.add(DAY_MS + ms, combinationCode(kind, 0, 0, 0, 0, account), pin, count);
		if (user >= 0) builder.setUser(builder.rows - 1, user);
		if (video) builder.addVideo(video.watchMs, video.view, video.played);
	}
	return builder.finish({ pins: numbers, users: numbers, accounts: numbers })[0]!;
}

const wholeOf = (segment: Segment): RowRange => ({ segment, from: 0, to: segment.rows });

/** The rows as text. */
function textsOf(rows: readonly Row[]): string[] {
	return rows.toSorted((a, b) => a.ms - b.ms).map((row) => JSON.stringify(row));
}

/** Per text, whether one of `others` is its equal, each of them that of one text only. */
function expectedMarks(texts: readonly string[], others: readonly string[]): number[] {
	const left = new Map<string, number>();
	for (const text of others) left.set(text, (left.get(text) ?? 0) + 1);
	return texts.map((text) => {
		const count = left.get(text) ?? 0;
		left.set(text, count - 1);
		return count > 0 ? 1 : 0;
	});
}

describe('RowPool', () => {
	it('marks the rows that have an equal one, each of which is used once', () => {
		fc.assert(
			fc.property(rowSetsArbitrary, ([first, second, asked]) => {
				const pool = new RowPool(first.length + second.length);
				for (const segment of [first, second].map(segmentOf))
					pool.add(wholeOf(segment), new Uint8Array(segment.rows));
				const segment = segmentOf(asked);
				const expected = expectedMarks(textsOf(asked), [...textsOf(first), ...textsOf(second)]);
				for (const turn of [1, 2]) {
					const marks = new Uint8Array(segment.rows);
					const marked = pool.markEqual(wholeOf(segment), turn, marks, 1);
					expect([...marks]).toEqual(expected);
					expect(marked).toBe(expected.filter((mark) => mark === 1).length);
				}
			}),
			{ seed: 7, numRuns: 500 }
		);
	});

	it('keeps count over several ranges of one turn', () => {
		const row: Row = { ms: 1, pin: 0, user: -1, kind: 0, account: 0, count: 1, video: null };
		const pool = new RowPool(3);
		const stored = segmentOf([row, row, row]);
		pool.add(wholeOf(stored), Uint8Array.of(0, 1, 0)); // two of them count
		const segment = segmentOf([row, row, row, row]);
		const marks = new Uint8Array(4);
		expect(pool.markEqual({ segment, from: 0, to: 1 }, 1, marks, 1)).toBe(1);
		expect(pool.markEqual({ segment, from: 2, to: 4 }, 1, marks, 1)).toBe(1);
		expect([...marks]).toEqual([1, 0, 1, 0]);
	});

	it('gives each of very many equal rows a partner', () => {
		const rows = 30_000;
		const same: Row = { ms: 0, pin: 0, user: -1, kind: 0, account: 0, count: 1, video: null };
		const segment = segmentOf(Array.from({ length: rows }, () => same));
		const pool = new RowPool(rows);
		pool.add(wholeOf(segment), new Uint8Array(rows));
		expect(pool.markEqual(wholeOf(segment), 1, new Uint8Array(rows), 1)).toBe(rows);
	});
});
