import type { OwnTask } from '../columns/own-columns';
import { kindOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { hoursOf, type WallHour } from '../model/calendar';
import { KIND_COUNT } from '../model/event';
import { COUNTS, COUNTS_OF_KIND } from '../model/figures';
import { WEEK_HOURS, type Filter, type HourFigures } from '../model/query';
import { PASSES, compileFilter } from './combinations';
import type { Pace } from './pace';
import type { PinMask, Share } from './plan';
import { walkBuckets } from './walk-buckets';

/** Sums by hour of the week: when people are there. */

/** What a thread is to sum by hour of the week. */
export interface HourTask {
	readonly filter: Filter;
	readonly pins: PinMask;
	readonly accounts: readonly string[];
	readonly own: OwnTask | null;
}

/** Per hour of the week: a cell a kind, and one for watch time. */
const CELLS = KIND_COUNT + 1;
const WATCH_CELL = KIND_COUNT;

/**
 * Sums of a share.
 * @returns WEEK_HOURS × CELLS cells
 */
export async function scanHours(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	{ filter, accounts }: HourTask
): Promise<Float64Array> {
	const { misses } = compileFilter(filter, accounts);
	const cells = new Float64Array(WEEK_HOURS * CELLS);
	const kinds = segments.map(({ codes }) =>
		Int8Array.from(codes, (code) => (misses(code) === PASSES ? kindOf(code) : -1))
	);
	let hours: readonly WallHour[] = [];
	await walkBuckets(pace, segments, share, {
		begin: (bucket) => (hours = [...hoursOf(share.fromMs[bucket]!, share.toMs[bucket]!, filter.tz)]),
		rows: (s) => {
			for (const { startMs, endMs, hourOfWeek } of hours)
				addHour(segments[s]!, kinds[s]!, startMs, endMs, cells, hourOfWeek * CELLS);
		}
	});
	return cells;
}

function addHour(
	segment: Segment,
	kinds: Int8Array,
	startMs: number,
	endMs: number,
	cells: Float64Array,
	at: number
): void {
	if (segment.firstMs >= endMs || segment.lastMs < startMs) return;
	const start = rowAt(segment, startMs);
	const end = rowAt(segment, endMs);
	const { combinations, counts, video } = segment;
	for (let row = start; row < end; row++) {
		const kind = kinds[combinations[row] as number] as number;
		if (kind >= 0) cells[at + kind]! += counts === null ? 1 : (counts[row] as number);
	}
	for (let i = videoFrom(video, start); i < video.rows.length && (video.rows[i] as number) < end; i++) {
		const row = video.rows[i] as number;
		if ((kinds[combinations[row] as number] as number) < 0) continue;
		cells[at + WATCH_CELL]! += (counts === null ? 1 : (counts[row] as number)) * (video.watchMs[i] as number);
	}
}

/** The figures that the sums of all shares make. */
export function hourFigures(all: readonly Float64Array[]): HourFigures {
	const figures = Object.fromEntries(COUNTS.map((id) => [id, new Float64Array(WEEK_HOURS)])) as Record<
		(typeof COUNTS)[number],
		Float64Array
	>;
	for (const cells of all) {
		for (let hour = 0; hour < WEEK_HOURS; hour++) {
			for (let kind = 0; kind < KIND_COUNT; kind++) {
				const n = cells[hour * CELLS + kind] as number;
				if (n !== 0) for (const count of COUNTS_OF_KIND[kind]!) figures[COUNTS[count]!][hour]! += n;
			}
			figures.watch_ms[hour]! += cells[hour * CELLS + WATCH_CELL] as number;
		}
	}
	return figures;
}
