import { addBits, type Bitmap } from '../columns/bitmap';
import { videoFrom, type Segment } from '../columns/segment';
import { AUDIENCES, type Audience } from '../model/figures';
import type { Filter } from '../model/query';
import { compileFilter } from './combinations';
import {
	CELL_MASK,
	COLUMN_MASK,
	COLUMN_SHIFT,
	LookupWords,
	MARK_SHIFT,
	WATCH_COLUMN,
	pinShift,
	unusedColumn,
	type Lookup,
	type LookupTask
} from './lookup';
import type { Pace } from './pace';
import { BUCKET_SHIFT, EVER_ENGAGED, People } from './people';
import type { PinMask, Share } from './plan';
import { walkBuckets } from './walk-buckets';

/**
 * The scan: one pass over the rows of the range, bucket by bucket, which counts people and Pins; all else follows from
 * sums (series.ts). Within a bucket all segments are read before the next one, so that a person's mark shows whether
 * they were met in it.
 */

/** What is to be counted. */
export interface ScanTask extends LookupTask {
	readonly filter: Filter;
	/** The Pins whose rows count. */
	readonly pins: PinMask;
	readonly slots: number;
	readonly pinCount: number;
	/** People with a number; a person's number plus one is at most this. null leaves people uncounted: they are known already. */
	readonly userCount: number | null;
}

export interface CountedPeople {
	/** Per slot the people of each bucket of the share. */
	readonly series: readonly Readonly<Record<Audience, Float64Array>>[];
	/** Who was met in slot 0 in any bucket, and who engaged. */
	readonly met: Bitmap;
	readonly engaged: Bitmap;
}

/** What a share of a scan came to; those of all shares are added up. */
export interface ScanResult {
	/** null where they were left uncounted. */
	readonly people: CountedPeople | null;
	/** Counts of Pin p from pins[p << pinShift(withVideo)] on (lookup.ts). */
	readonly pins: Float64Array;
}

/** @param segments the share's segments, read */
export async function scan(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	task: ScanTask
): Promise<ScanResult> {
	const { slots } = task;
	const buckets = share.buckets.length;
	const series = emptyPeople(slots, buckets);
	const pins = new Float64Array(task.pinCount << pinShift(task.withVideo));
	const people = task.userCount === null ? null : new People(task.userCount);
	const words = new LookupWords(compileFilter(task.filter, task.accounts), task);
	const lookups = segments.map(({ codes }) => words.of(codes));
	const shift = pinShift(task.withVideo);
	const unused = unusedColumn(task.withVideo);
	const columns = people ? [] : lookups.map((lookup) => columnsOf(lookup, unused));
	await walkBuckets(pace, segments, share, {
		begin: (bucket) => people?.begin(bucket + 1),
		rows: (s, start, end) => {
			if (people) countRows(segments[s]!, lookups[s]!, start, end, pins, shift, people);
			else countPins(segments[s]!, columns[s]!, start, end, pins, shift);
			if (task.withVideo) addWatchTime(segments[s]!, lookups[s]!, start, end, pins);
		},
		end: (bucket) => {
			if (!people) return;
			people.finish();
			for (let slot = 0; slot < slots; slot++) {
				series[slot]!.total_audience[bucket] = people.total[slot] as number;
				series[slot]!.engaged_audience[bucket] = people.engaged[slot] as number;
			}
		}
	});
	if (!people) clearColumn(pins, shift, unused);
	const counted = people && { series, ...people.wholeRange() };
	people?.release();
	return { people: counted, pins };
}

/**
 * The results of all shares as one of the whole plan.
 * @param buckets how many the plan has
 */
export function mergeScans(
	buckets: number,
	results: readonly { readonly share: Share; readonly result: ScanResult }[]
): ScanResult {
	const [first, ...others] = results.map(({ result }) => result) as [ScanResult, ...ScanResult[]];
	const { pins, people } = first;
	for (const other of others) {
		for (let i = 0; i < pins.length; i++) pins[i]! += other.pins[i] as number;
		if (!people || !other.people) continue;
		addBits(people.met, other.people.met);
		addBits(people.engaged, other.people.engaged);
	}
	if (!people) return { pins, people };
	const series = emptyPeople(people.series.length, buckets);
	for (const { share, result } of results) {
		result.people?.series.forEach((columns, slot) => {
			for (const id of AUDIENCES) {
				const merged = series[slot]![id];
				const own = columns[id];
				for (let i = 0; i < own.length; i++) merged[share.buckets[i] as number] = own[i] as number;
			}
		});
	}
	return { pins, people: { ...people, series } };
}

function emptyPeople(slots: number, buckets: number): Record<Audience, Float64Array>[] {
	return Array.from({ length: slots }, () => ({
		total_audience: new Float64Array(buckets),
		engaged_audience: new Float64Array(buckets)
	}));
}

/** Counts Pins and people, row by row. The hot loop. */
function countRows(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	pinCounts: Float64Array,
	shift: number,
	people: People
): void {
	const { combinations, pins, users, counts } = segment;
	const { marks, fresh, bucket } = people;
	const bucketMark = bucket << BUCKET_SHIFT;
	for (let row = start; row < end; row++) {
		const found = lookup[combinations[row] as number] as number;
		if (found === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		pinCounts[((pins[row] as number) << shift) + ((found >>> COLUMN_SHIFT) & COLUMN_MASK)]! += n;
		const user = users[row] as number;
		if (user === 0) continue;
		const mark = marks[user] as number;
		const added = found >>> MARK_SHIFT;
		if (mark >>> BUCKET_SHIFT !== bucket) {
			// nearly always: few people are met twice a day
			marks[user] = bucketMark | (mark & EVER_ENGAGED) | added;
			fresh[found & CELL_MASK]!++;
		} else if ((added & ~mark) !== 0) people.meetAgain(user, added);
	}
}

/** Per combination the column that it counts in, `unusedColumn` where the filter stops it. */
function columnsOf(lookup: Lookup, unused: number): Uint8Array {
	return Uint8Array.from(lookup, (found) => (found === 0 ? unused : (found >>> COLUMN_SHIFT) & COLUMN_MASK));
}

/**
 * Counts Pins alone. Rows that the filter stops are counted too, in a column that is cleared afterwards: a branch that
 * half of the rows take costs twice as much.
 */
function countPins(
	{ combinations, pins, counts }: Segment,
	columns: Uint8Array,
	start: number,
	end: number,
	pinCounts: Float64Array,
	shift: number
): void {
	if (counts === null) {
		for (let row = start; row < end; row++)
			pinCounts[((pins[row] as number) << shift) + (columns[combinations[row] as number] as number)]!++;
		return;
	}
	for (let row = start; row < end; row++)
		pinCounts[((pins[row] as number) << shift) + (columns[combinations[row] as number] as number)]! += counts[
			row
		] as number;
}

function clearColumn(pinCounts: Float64Array, shift: number, column: number): void {
	for (let i = column; i < pinCounts.length; i += 1 << shift) pinCounts[i] = 0;
}

/** Adds n × watch time of the video plays among rows [start, end) to their Pins. */
function addWatchTime(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	pinCounts: Float64Array
): void {
	const { video, combinations, counts, pins } = segment;
	const { rows, watchMs } = video;
	const shift = pinShift(true);
	for (let i = videoFrom(video, start); i < rows.length && (rows[i] as number) < end; i++) {
		const row = rows[i] as number;
		if (lookup[combinations[row] as number] === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		pinCounts[((pins[row] as number) << shift) + WATCH_COLUMN]! += n * (watchMs[i] as number);
	}
}
