import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packSegment, packedBytes, unpackSegment } from '../../../src/lib/columns/packed-segment';
import { RunBuilder } from '../../../src/lib/columns/run-builder';
import type { Segment } from '../../../src/lib/columns/segment';

interface Row {
	readonly gapMs: number;
	readonly count: number;
}

const rowArbitrary = fc.record({
	gapMs: fc.oneof(
		fc.constantFrom(0, 1, 0xfffe, 0xffff, 0x1_0000, 40 * 86_400_000),
		fc.integer({ min: 0, max: 200_000 })
	),
	count: fc.oneof(
		{ weight: 5, arbitrary: fc.constant(1) },
		{ weight: 1, arbitrary: fc.integer({ min: 1, max: 2 ** 32 - 1 }) }
	)
});

function segmentOf(rows: readonly Row[]): Segment {
	const builder = new RunBuilder();
	let timeMs = Date.UTC(2024, 0, 1);
	for (const { gapMs, count } of rows) builder.add((timeMs += gapMs), 0, 0, count);
	const none = Uint32Array.of(0);
	return builder.finish({ pins: none, users: none, accounts: none })[0]!;
}

/** What a segment says, whatever its columns' types. */
function plain(segment: Segment) {
	const { times, counts, ...rest } = segment;
	return { ...rest, times: Array.from(times), counts: counts && Array.from(counts) };
}

describe('a packed segment', () => {
	it('is spread out to the same rows', () => {
		fc.assert(
			fc.property(fc.array(rowArbitrary, { minLength: 1, maxLength: 60 }), (rows) => {
				const segment = segmentOf(rows);
				expect(plain(unpackSegment(packSegment(segment)))).toEqual(plain(segment));
			}),
			{ seed: 21, numRuns: 500 }
		);
	});

	it('takes two bytes a row for times close together, and nothing for counts of one', () => {
		const rows = Array.from({ length: 1_000 }, () => ({ gapMs: 50_000, count: 1 }));
		const few = packSegment(segmentOf(rows));
		const many = packSegment(segmentOf([...rows.slice(1), { gapMs: 50_000, count: 7 }]));
		expect(few.times.gaps.byteLength + few.times.long.byteLength).toBe(2_000);
		expect(packedBytes(many) - packedBytes(few)).toBe(3);
	});
});
