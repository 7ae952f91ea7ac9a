import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODES_PER_ACCOUNT, combinationCode } from '../../../src/lib/columns/combination';
import { RunBuilder } from '../../../src/lib/columns/run-builder';
import { MAX_SEGMENT_ROWS, headOf, rowAt, videoFrom, type Segment } from '../../../src/lib/columns/segment';
import { FIRST_MS, END_MS, MS_PER_DAY } from '../../../src/lib/model/calendar';
import { FIRST_VIDEO_KIND } from '../../../src/lib/model/event';

interface Row {
	readonly timeMs: number;
	readonly kind: number;
	readonly account: number;
	readonly pin: number;
	/** Number plus one; 0 for nobody. */
	readonly user: number;
	readonly count: number;
	readonly watchMs: number;
	readonly view: number;
	readonly played: number;
}

const LOCALS = 300;
/** Numbers of the workspace for local ones: any others, in any order. */
const renumbering = {
	pins: Uint32Array.from({ length: LOCALS }, (_, i) => (LOCALS - i) * 3),
	users: Uint32Array.from({ length: LOCALS }, (_, i) => (i * 7) % 1_000),
	accounts: Uint32Array.from({ length: 5 }, (_, i) => 4 - i)
};

const local = fc.integer({ min: 0, max: LOCALS - 1 });
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
	// few instants, so that many are equal; and the ends of all years, which need all digits of the sort
	timeMs: fc.oneof(
		fc.integer({ min: 0, max: 5 }).map((i) => FIRST_MS + i * MS_PER_DAY),
		fc.integer({ min: FIRST_MS, max: END_MS - 1 }),
		fc.constantFrom(FIRST_MS, END_MS - 1)
	),
	kind: fc.integer({ min: 0, max: 12 }),
	account: fc.integer({ min: 0, max: 4 }),
	pin: local,
	user: fc.oneof(fc.constant(0), local),
	count: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 4_294_967_295 })),
	watchMs: fc.oneof(
		fc.integer({ min: 0, max: 300 }),
		fc.constantFrom(0xffff, 0x10000, 0x1_0000_0000, 2 ** 53 - 1)
	),
	view: fc.integer({ min: 0, max: 10_000 }),
	played: fc.integer({ min: 0, max: 10_000 })
});

function add(builder: RunBuilder, row: Row): void {
	builder.add(row.timeMs, combinationCode(row.kind, 0, 0, 0, 0, row.account), row.pin, row.count);
	if (row.user > 0) builder.setUser(builder.rows - 1, row.user - 1);
	if (row.kind >= FIRST_VIDEO_KIND) builder.addVideo(row.watchMs, row.view, row.played);
}

/** The rows of segments, read back, by the workspace's numbers. */
function rowsOf(segments: readonly Segment[]) {
	return segments.flatMap((segment) =>
		Array.from({ length: segment.rows }, (_, row) => {
			const code = segment.codes[segment.combinations[row]!]!;
			const kind = code % 16;
			const video = kind >= FIRST_VIDEO_KIND ? videoFrom(segment.video, row) : -1;
			if (video >= 0) expect(segment.video.rows[video]).toBe(row);
			return {
				timeMs: segment.firstMs + segment.times[row]!,
				kind,
				account: Math.floor(code / CODES_PER_ACCOUNT),
				pin: segment.pins[row],
				user: segment.users[row],
				count: segment.counts === null ? 1 : segment.counts[row],
				video:
					video < 0
						? null
						: [
								segment.video.watchMs[video],
								segment.video.viewHundredths[video],
								segment.video.playedHundredths[video]
							]
			};
		})
	);
}

/** What the rows must read back as: in the order of time, equal times in the order in which they were added. */
function expectedOf(rows: readonly Row[]) {
	return rows
		.map((row, i) => ({ row, i }))
		.sort((a, b) => a.row.timeMs - b.row.timeMs || a.i - b.i)
		.map(({ row }) => ({
			timeMs: row.timeMs,
			kind: row.kind,
			account: renumbering.accounts[row.account],
			pin: renumbering.pins[row.pin],
			user: row.user === 0 ? 0 : renumbering.users[row.user - 1]! + 1,
			count: row.count,
			video: row.kind >= FIRST_VIDEO_KIND ? [row.watchMs, row.view, row.played] : null
		}));
}

describe('RunBuilder', () => {
	it('brings unsorted rows into the order of time, equal times in the order of the file', () => {
		fc.assert(
			fc.property(
				fc.array(rowArbitrary, { maxLength: 60 }),
				fc.array(rowArbitrary, { maxLength: 20 }),
				(rows, more) => {
					const builder = new RunBuilder();
					for (const row of rows) add(builder, row);
					expect(builder.rows).toBe(rows.length);
					expect(rowsOf(builder.finish(renumbering))).toEqual(expectedOf(rows));
					// and starts again from nothing
					for (const row of more) add(builder, row);
					expect(rowsOf(builder.finish(renumbering))).toEqual(expectedOf(more));
				}
			),
			{ seed: 10, numRuns: 500 }
		);
	});

	it('cuts what is more than a segment holds, and says of each where it starts and ends', () => {
		const builder = new RunBuilder();
		const rows: Row[] = Array.from({ length: MAX_SEGMENT_ROWS * 2 + 1 }, (_, i) => ({
			timeMs: FIRST_MS + ((i * 7_919) % 100_003),
			kind: i % 13,
			account: i % 5,
			pin: i % LOCALS,
			user: i % 3,
			count: 1,
			watchMs: i,
			view: i % 10_000,
			played: 0
		}));
		for (const row of rows) add(builder, row);
		const segments = builder.finish(renumbering);
		expect(segments.map((segment) => segment.rows)).toEqual([MAX_SEGMENT_ROWS, MAX_SEGMENT_ROWS, 1]);
		const expected = expectedOf(rows);
		const read = rowsOf(segments);
		expect(read).toHaveLength(expected.length);
		expect(read.findIndex((row, i) => JSON.stringify(row) !== JSON.stringify(expected[i]))).toBe(-1);
		let row = 0;
		for (const segment of segments) {
			expect([segment.firstMs, segment.lastMs]).toEqual([
				expected[row]!.timeMs,
				expected[(row += segment.rows) - 1]!.timeMs
			]);
			expect(headOf(segment)).toMatchObject({
				rows: segment.rows,
				firstMs: segment.firstMs,
				lastMs: segment.lastMs
			});
		}
	});

	it('keeps columns in the narrowest form that holds them', () => {
		const builder = new RunBuilder();
		const row: Row = {
			timeMs: FIRST_MS,
			kind: 0,
			account: 0,
			pin: 299,
			user: 0,
			count: 1,
			watchMs: 0,
			view: 0,
			played: 0
		};
		add(builder, row);
		add(builder, { ...row, timeMs: FIRST_MS + 255 });
		const [small] = builder.finish(renumbering);
		expect([small!.times, small!.pins, small!.users, small!.counts]).toEqual([
			Uint8Array.of(0, 255),
			Uint8Array.of(3, 3),
			Uint8Array.of(0, 0),
			null
		]);
		add(builder, { ...row, pin: 0, count: 70_000 });
		add(builder, { ...row, timeMs: FIRST_MS + 2 ** 32 });
		const [large] = builder.finish(renumbering);
		expect([large!.times, large!.pins, large!.counts]).toEqual([
			Float64Array.of(0, 2 ** 32),
			Uint16Array.of(900, 3),
			Uint32Array.of(70_000, 1)
		]);
	});

	it('gives no segments for no rows', () => {
		expect(new RunBuilder().finish(renumbering)).toEqual([]);
	});
});

describe('rowAt and videoFrom', () => {
	it('find the first row at or after an instant, and the first play at or after a row', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({ ms: fc.integer({ min: 0, max: 20 }), kind: fc.constantFrom(0, FIRST_VIDEO_KIND) }),
					{ minLength: 1, maxLength: 12 }
				),
				fc.integer({ min: -3, max: 24 }),
				(events, at) => {
					const builder = new RunBuilder();
					for (const { ms, kind } of events)
						add(builder, {
							timeMs: FIRST_MS + ms,
							kind,
							account: 0,
							pin: 0,
							user: 0,
							count: 1,
							watchMs: 0,
							view: 0,
							played: 0
						});
					const [segment] = builder.finish(renumbering) as [Segment];
					const times = events.map(({ ms }) => ms).sort((a, b) => a - b);
					const found = times.findIndex((ms) => ms >= at);
					expect(rowAt(segment, FIRST_MS + at)).toBe(found < 0 ? times.length : found);
					const plays = [...segment.video.rows];
					const play = plays.findIndex((row) => row >= at);
					expect(videoFrom(segment.video, at)).toBe(play < 0 ? plays.length : play);
				}
			)
		);
	});
});
