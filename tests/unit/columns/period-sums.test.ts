import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowSegment } from '../../../src/lib/columns/narrow-segment';
import {
	PeriodSumsBuilder,
	dayBorders,
	periodSumsBytes,
	sumsTogether,
	type PeriodSums
} from '../../../src/lib/columns/period-sums';
import type { Segment } from '../../../src/lib/columns/segment';
import { dayNumberAt } from '../../../src/lib/model/calendar';
import { inventFile } from '../../support/invented-file';
import { MemoryWorkspace } from '../../support/memory-workspace';

/** [period, code, Σ n, Σ n × watch time], in order. */
type Row = [number, number, number, number];

function rowsOf({ periods, starts, codes, combinations, n, watchMs }: PeriodSums): Row[] {
	const rows: Row[] = [];
	periods.forEach((period, p) => {
		for (let e = starts[p]!; e < starts[p + 1]!; e++)
			rows.push([period, codes[combinations[e]!]!, n[e]!, watchMs[e]!]);
	});
	return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** The same, row by row. */
function plainly(segments: readonly Segment[], periodOf: (ms: number) => number | null): Row[] {
	const sums = new Map<string, Row>();
	for (const segment of segments) {
		const plays = new Map(Array.from(segment.video.rows, (row, i) => [row, segment.video.watchMs[i]!]));
		for (let row = 0; row < segment.rows; row++) {
			const period = periodOf(segment.firstMs + segment.times[row]!);
			if (period === null) continue;
			const code = segment.codes[segment.combinations[row]!]!;
			const n = segment.counts?.[row] ?? 1;
			const sum = sums.get(`${period} ${code}`) ?? [period, code, 0, 0];
			sums.set(`${period} ${code}`, [period, code, sum[2] + n, sum[3] + n * (plays.get(row) ?? 0)]);
		}
	}
	return [...sums.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

async function segmentsOf(seed: number): Promise<readonly Segment[]> {
	const workspace = new MemoryWorkspace();
	const rows = { rows: 800, seed, from: '2024-03-25', to: '2024-04-05', order: 'none' } as const;
	await workspace.import(inventFile(rows));
	await workspace.import(inventFile({ ...rows, rows: 200, seed: seed + 1 }));
	return workspace.segments;
}

describe('sums by day', () => {
	it.each(['UTC', 'Europe/Stockholm', 'Asia/Kolkata'])('in %s are those of the rows', async (zone) => {
		const segments = await segmentsOf(3);
		const builder = new PeriodSumsBuilder();
		for (const segment of segments) builder.addSegment(segment, dayBorders(segment, zone));
		expect(rowsOf(builder.finish())).toEqual(plainly(segments, (ms) => dayNumberAt(ms, zone)));
	});

	it('add up with others, whatever days and combinations each of them has', async () => {
		for (const segments of [await segmentsOf(5), (await segmentsOf(6)).slice(0, 1), []]) {
			const sums = segments.map((segment) => {
				const one = new PeriodSumsBuilder();
				one.addSegment(segment, dayBorders(segment, 'UTC'));
				return one.finish();
			});
			expect(rowsOf(sumsTogether(sums))).toEqual(plainly(segments, (ms) => dayNumberAt(ms, 'UTC')));
			expect(rowsOf(sumsTogether([sumsTogether(sums.slice(0, 2)), ...sums.slice(2)]))).toEqual(
				rowsOf(sumsTogether(sums))
			);
		}
	});

	it('leave out what lies outside the borders, wherever these are', async () => {
		const segments = await segmentsOf(7);
		const first = Math.min(...segments.map(({ firstMs }) => firstMs));
		const last = Math.max(...segments.map(({ lastMs }) => lastMs));
		const border = fc.integer({ min: first - 5, max: last + 5 });
		fc.assert(
			fc.property(fc.uniqueArray(border, { minLength: 2, maxLength: 6 }), (drawn) => {
				const starts = Float64Array.from(drawn).sort();
				const builder = new PeriodSumsBuilder();
				for (const segment of segments) builder.addSegment(segment, { first: 40, starts });
				const periodOf = (ms: number) => {
					const next = starts.findIndex((start) => start > ms);
					return next < 1 ? null : 40 + next - 1;
				};
				expect(rowsOf(builder.finish())).toEqual(plainly(segments, periodOf));
			}),
			{ seed: 9, numRuns: 40 }
		);
	});

	it('are empty without rows', () => {
		const sums = new PeriodSumsBuilder().finish();
		expect(rowsOf(sums)).toEqual([]);
		expect(periodSumsBytes(sums)).toBe(sums.starts.byteLength);
	});
});

describe('narrowSegment', () => {
	it('keeps the rows of some Pins, with all that belongs to them', async () => {
		for (const segment of await segmentsOf(11)) {
			const wanted = Uint8Array.from({ length: 1_000 }, (_, pin) => pin % 2);
			const kept = narrowSegment(segment, wanted)!;
			expect(rowDetails(kept)).toEqual(rowDetails(segment).filter(({ pin }) => wanted[pin] === 1));
			expect([kept.firstMs, kept.lastMs]).toEqual([rowDetails(kept)[0]!.ms, rowDetails(kept).at(-1)!.ms]);
		}
	});

	it('is null where no row is left', async () => {
		const [segment] = await segmentsOf(11);
		expect(narrowSegment(segment!, new Uint8Array(1_000))).toBeNull();
	});
});

function rowDetails(segment: Segment) {
	const { video } = segment;
	return Array.from({ length: segment.rows }, (_, row) => {
		const play = video.rows.indexOf(row);
		return {
			ms: segment.firstMs + segment.times[row]!,
			code: segment.codes[segment.combinations[row]!],
			pin: segment.pins[row]!,
			user: segment.users[row],
			n: segment.counts?.[row] ?? 1,
			video: play < 0 ? null : [video.watchMs[play], video.viewHundredths[play], video.playedHundredths[play]]
		};
	});
}
