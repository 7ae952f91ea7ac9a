import { growableUint16, growableUint32 } from '../../columns/growable';
import { valueOf } from '../../columns/combination';
import type { OwnTask } from '../../columns/own-columns';
import type { Segment } from '../../columns/segment';
import type { Dimension } from '../../model/dimension';
import type { Filter } from '../../model/query';
import { PASSES, compileFilter, type FilterTable } from '../combinations';
import type { Pace } from '../pace';
import type { PinMask, Share } from '../plan';
import { walkBuckets } from '../walk-buckets';
import { placesOf, type PeoplePart } from './people-part';

/** Who is met on which day, and under which values of a dimension: one pass over the rows, for the page of people. */

/** What is to be looked at. */
export interface MetDaysTask {
	readonly filter: Filter;
	/** Names of the accounts, by their numbers. */
	readonly accounts: readonly string[];
	/** The Pins whose rows count. */
	readonly pins: PinMask;
	/** How rows are seen by columns of one's own; null where neither the filter nor the dimension is one. */
	readonly own: OwnTask | null;
	readonly dimension: Dimension;
	/** By a value's index in the dimension, or by its place where that is a column of one's own, the bit that stands for it; 0 for a value that has none. */
	readonly bitOfValue: Uint16Array;
	/** People with a number; a person's number plus one is at most this. */
	readonly userCount: number;
	/** Only every so-many-th person is looked at, from which one on: all, for { every: 1, from: 0 }. */
	readonly part: PeoplePart;
}

/** A person is listed once for each day on which they are met. */
export interface MetDays {
	/** The days of the share on which any event was stored, as places in the plan; they rise. */
	readonly days: Uint32Array;
	/** Day i has the entries [starts[i], starts[i + 1]). */
	readonly starts: Uint32Array;
	/** Per entry the person, by their place in the part. */
	readonly users: Uint32Array;
	/** Per entry the bits of the values under which they are met. */
	readonly values: Uint16Array;
}

/**
 * @param segments the share's segments, read
 * @param share of a plan by day, whose days follow each other
 */
export async function metDays(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	task: MetDaysTask
): Promise<MetDays> {
	const filter = compileFilter(task.filter, task.accounts);
	const words = segments.map(({ codes }) => wordsOf(codes, filter, task));
	const { every, from } = task.part;
	/** Per person the place after their newest entry. */
	const newest = new Uint32Array(placesOf(task.userCount, task.part));
	const days = growableUint32();
	const starts = growableUint32();
	const users = growableUint32(1 << 16);
	const values = growableUint16(1 << 16);
	let start = 0;

	const addRows = ({ combinations, users: named }: Segment, word: Uint32Array, row: number, end: number) => {
		// Room for all, so that the loop need not look.
		users.reserve(users.length + end - row);
		values.reserve(values.length + end - row);
		const people = users.array;
		const bits = values.array;
		let count = users.length;
		for (; row < end; row++) {
			const found = word[combinations[row] as number] as number;
			if (found === 0) continue;
			const user = named[row] as number;
			if (user === 0) continue;
			let place = user;
			if (every > 1) {
				if (user % every !== from) continue;
				place = (user / every) | 0;
			}
			const known = newest[place] as number;
			if (known > start) {
				bits[known - 1]! |= found >>> 1;
				continue;
			}
			people[count] = place;
			bits[count] = found >>> 1;
			newest[place] = ++count;
		}
		users.length = values.length = count;
	};

	await walkBuckets(pace, segments, share, {
		begin: (bucket) => {
			start = users.length;
			days.push(share.buckets[bucket] as number);
			starts.push(start);
		},
		rows: (s, row, end) => addRows(segments[s]!, words[s]!, row, end)
	});
	starts.push(users.length);
	return { days: days.finish(), starts: starts.finish(), users: users.finish(), values: values.finish() };
}

/** Per combination: 0 where the filter stops it, else 1 and above it the bit of its value. */
function wordsOf(
	codes: Uint32Array,
	filter: FilterTable,
	{ dimension, bitOfValue }: MetDaysTask
): Uint32Array {
	return Uint32Array.from(codes, (code) =>
		filter.misses(code) === PASSES ? 1 | ((bitOfValue[valueOf(code, dimension)] ?? 0) << 1) : 0
	);
}
