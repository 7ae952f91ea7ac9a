import { kindOf } from '../columns/combination';
import { videoFrom, type Segment } from '../columns/segment';
import { COUNTS, COUNTS_OF_KIND, type Count } from '../model/figures';
import { AGE_CLASSES, GROWTH_DAYS, ageClassOf, ageOn } from '../model/life';
import type { Filter } from '../model/query';
import { PASSES, compileFilter } from './combinations';
import type { Pace } from './pace';
import type { Share } from './plan';
import { walkBuckets } from './walk-buckets';

/**
 * The lives of many Pins, from rows alone and in the order of days. Nothing is kept per Pin and day, so that memory is
 * bounded by the number of Pins.
 */

/** Rows to read, day by day. */
export interface Days {
	/** Read, in the order of their import. */
	readonly segments: readonly Segment[];
	/** Of days that follow each other. */
	readonly share: Share;
	/** The number of its first day. */
	readonly firstDay: number;
}

/** Which figure is looked at, and under what filters. */
export interface LivesTask {
	readonly figure: Count;
	readonly filter: Filter;
	/** Names of the accounts, by their numbers. */
	readonly accounts: readonly string[];
	/** The day that each Pin was made. */
	readonly born: Int32Array;
}

/** What `Life` says, per Pin. */
export interface PinLives {
	/** -1 without figures. */
	readonly halfAges: Int32Array;
	/** 1 where a Pin still grows. */
	readonly grows: Uint8Array;
}

/** A Pin without any event. */
const NO_DAY = 0x7fffffff;

/** The day of each Pin's first event, whatever the filters; NO_DAY where it has none. */
export async function firstDays(pace: Pace, days: Days, pinCount: number): Promise<Int32Array> {
	const first = new Int32Array(pinCount).fill(NO_DAY);
	let day = 0;
	await walkBuckets(pace, days.segments, days.share, {
		begin: (bucket) => (day = days.firstDay + (days.share.buckets[bucket] as number)),
		rows: (s, start, end) => {
			const { pins } = days.segments[s]!;
			for (let row = start; row < end; row++)
				if ((first[pins[row] as number] as number) > day) first[pins[row] as number] = day;
		}
	});
	return first;
}

/** The figure by the age that Pins had: a sum for each of AGE_CLASSES. */
export async function sumByAge(pace: Pace, days: Days, task: LivesTask): Promise<Float64Array> {
	const sums = new Float64Array(AGE_CLASSES.length);
	const { born } = task;
	await eachFigure(pace, days, task, (pin, day, value) => {
		sums[ageClassOf(ageOn(day, born[pin] as number))]! += value;
	});
	return sums;
}

/** So many Pins at once have their last days kept: 29 MB. */
const PINS_AT_ONCE = 1 << 17;

/** The life of every Pin; the days are all that hold data. */
export async function pinLives(
	pace: Pace,
	days: Days,
	task: LivesTask,
	pinsAtOnce = PINS_AT_ONCE
): Promise<PinLives> {
	const pinCount = task.born.length;
	const totals = new Float64Array(pinCount);
	await eachFigure(pace, days, task, (pin, _, value) => void (totals[pin]! += value));
	const lives = { halfAges: new Int32Array(pinCount).fill(-1), grows: new Uint8Array(pinCount) };
	for (let from = 0; from < pinCount; from += pinsAtOnce) {
		const to = Math.min(pinCount, from + pinsAtOnce);
		await livesOfSome(pace, days, task, totals, from, to, lives);
	}
	return lives;
}

/** The lives of Pins from..to - 1. */
async function livesOfSome(
	pace: Pace,
	days: Days,
	task: LivesTask,
	totals: Float64Array,
	from: number,
	to: number,
	{ halfAges, grows }: PinLives
): Promise<void> {
	const size = to - from;
	const running = new Float64Array(size);
	/** Per Pin its figures of the last days, by the day's number modulo their count, and their sum. */
	const recent = new Float64Array(size * GROWTH_DAYS);
	const window = new Float64Array(size);
	const best = new Float64Array(size);
	const lastDay = new Int32Array(size);
	/** Takes out what is too long ago by `day`. */
	const forget = (own: number, day: number) => {
		const since = lastDay[own] as number;
		for (let gone = Math.max(since + 1, day - GROWTH_DAYS + 1); gone <= day; gone++) {
			const at = own * GROWTH_DAYS + (gone % GROWTH_DAYS);
			window[own]! -= recent[at] as number;
			recent[at] = 0;
		}
		lastDay[own] = day;
	};
	await eachFigure(pace, days, task, (pin, day, value) => {
		if (pin < from || pin >= to || value === 0) return;
		const own = pin - from;
		if (lastDay[own] !== day) forget(own, day);
		recent[own * GROWTH_DAYS + (day % GROWTH_DAYS)]! += value;
		const sum = (window[own]! += value);
		if (sum > (best[own] as number)) best[own] = sum;
		const until = (running[own]! += value);
		if (halfAges[pin] === -1 && 2 * until >= (totals[pin] as number))
			halfAges[pin] = ageOn(day, task.born[pin] as number);
	});
	const newest = days.firstDay + (days.share.buckets.at(-1) ?? 0);
	for (let own = 0; own < size; own++) {
		if (best[own] === 0) continue;
		forget(own, newest);
		grows[from + own] = 2 * (window[own] as number) >= (best[own] as number) ? 1 : 0;
	}
}

/** Goes through all that counts, in the order of days. */
async function eachFigure(
	pace: Pace,
	{ segments, share, firstDay }: Days,
	{ figure, filter, accounts }: LivesTask,
	take: (pin: number, day: number, value: number) => void
): Promise<void> {
	const { misses } = compileFilter(filter, accounts);
	const counted = segments.map(({ codes }) =>
		Uint8Array.from(codes, (code) => (misses(code) === PASSES && isOf(figure, kindOf(code)) ? 1 : 0))
	);
	let day = 0;
	await walkBuckets(pace, segments, share, {
		begin: (bucket) => (day = firstDay + (share.buckets[bucket] as number)),
		rows: (s, start, end) => {
			const { pins, combinations, counts, video } = segments[s]!;
			const passes = counted[s]!;
			if (figure === 'watch_ms') {
				for (let i = videoFrom(video, start); i < video.rows.length && video.rows[i]! < end; i++) {
					const row = video.rows[i] as number;
					if (passes[combinations[row] as number] === 0) continue;
					const n = counts === null ? 1 : (counts[row] as number);
					take(pins[row] as number, day, n * (video.watchMs[i] as number));
				}
				return;
			}
			for (let row = start; row < end; row++) {
				if (passes[combinations[row] as number] === 0) continue;
				take(pins[row] as number, day, counts === null ? 1 : (counts[row] as number));
			}
		}
	});
}

/** Whether events of a kind count for a figure; watch time is of all that have any. */
function isOf(figure: Count, kind: number): boolean {
	return figure === 'watch_ms' || COUNTS_OF_KIND[kind]!.includes(COUNTS.indexOf(figure));
}
