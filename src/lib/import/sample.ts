import { textBlock } from '../columns/text-block';
import { dayFromNumber, dayNumber, MS_PER_DAY } from '../model/calendar';
import { EVENT_COLUMNS } from '../model/event';
import { inventPins } from './sample-pins';
import { seededRandom } from './sample-random';
import { rowWriter } from './sample-rows';

/**
 * Invented event files: the sample data that the app offers, and what tests and benchmarks read. The same options
 * give the same bytes on every platform, so only integers, and + − × ÷ on doubles, take part.
 */
export interface SampleOptions {
	/** Rows in the file. */
	readonly events: number;
	/** Another seed gives another file of the same kind; 1 by default. */
	readonly seed?: number;
	/** How many Pins there are to draw from; by default one for 500 events, from 50 to 20,000. */
	readonly pins?: number;
	/** How many people there are to draw from; by default 0.11 for each event, at most 1.1 million. */
	readonly people?: number;
	/** How many days the file covers, `lastDay` included; 730 by default. */
	readonly days?: number;
	/** `YYYY-MM-DD`, in UTC; a fixed date by default, so that the bytes do not depend on today. */
	readonly lastDay?: string;
}

/** Columns of a generated file, in order. */
export const SAMPLE_COLUMNS = EVENT_COLUMNS.filter(
	(column) => column !== 'image_url' && column !== 'created_at'
);

const CHUNK_BYTES = 2_000_000;
const MAX_ROW_BYTES = 1_000;
const MS_PER_HOUR = 3_600_000;

/** How busy each hour of a day is, relative to the others, in UTC: few events at night, many in the evening. */
const HOUR_RHYTHM = [4, 3, 2, 2, 2, 3, 5, 8, 9, 9, 9, 10, 12, 11, 10, 10, 11, 13, 16, 19, 20, 17, 12, 7];
/** From Monday. */
const WEEKDAY_RHYTHM = [10, 9.5, 9.4, 9.6, 10, 12.5, 14];
/** From January. */
const MONTH_RHYTHM = [10, 9.6, 9.8, 10, 9.7, 9.2, 8.9, 9.3, 10, 10.6, 11.8, 12.4];
/** How much busier the last day is than the first. */
const GROWTH = 0.8;
/** The share of rows that have the instant of the one before. */
const SAME_INSTANT = 0.015;

function wholeNumber(name: string, value: number, largest: number): number {
	if (!Number.isInteger(value) || value < 1 || value > largest)
		throw new RangeError(`sample ${name} must be a whole number from 1 to ${largest}: ${value}`);
	return value;
}

/** How busy each hour of the file is, relative to the others. */
function hourWeights(firstDay: number, days: number): Float64Array {
	const weights = new Float64Array(days * 24);
	for (let day = 0; day < days; day++) {
		const number = firstDay + day;
		const month = Number(dayFromNumber(number).slice(5, 7));
		const weekday = (number + 3) % 7; // day 0 was a Thursday
		const busy = MONTH_RHYTHM[month - 1]! * WEEKDAY_RHYTHM[weekday]! * (1 + (GROWTH * day) / days);
		for (let hour = 0; hour < 24; hour++) weights[day * 24 + hour] = busy * HOUR_RHYTHM[hour]!;
	}
	return weights;
}

/**
 * An event file as CSV, in chunks of about 2 MB that each end with a row's end; about 148 bytes a row. Rows are in
 * order of time; the first lies in the first hour of the days asked for, the last in the last one.
 * Each chunk has a buffer of its own, which the caller may transfer.
 */
export function* generateEventFile(options: SampleOptions): Generator<Uint8Array<ArrayBuffer>> {
	const { seed = 1, lastDay = '2025-12-31' } = options;
	const events = wholeNumber('events', options.events, 4_000_000_000);
	const defaultPins = Math.min(20_000, Math.max(50, Math.round(events / 500)));
	const defaultPeople = Math.min(1_100_000, Math.ceil(events * 0.11));
	const pinCount = wholeNumber('pins', options.pins ?? defaultPins, 2_000_000);
	const people = wholeNumber('people', options.people ?? defaultPeople, 1_000_000_000);
	const days = wholeNumber('days', options.days ?? 730, 36_500);
	const last = dayNumber(lastDay);
	if (last === null) throw new RangeError(`sample lastDay must be a date as YYYY-MM-DD: ${lastDay}`);
	if (!Number.isInteger(seed)) throw new RangeError(`sample seed must be a whole number: ${seed}`);

	const firstDay = last - days + 1;
	const instants = seededRandom(seed, 3);
	const writeRow = rowWriter(inventPins(seed, pinCount, days), people, seed);
	const weights = hourWeights(firstDay, days);
	const total = weights.reduce((sum, weight) => sum + weight, 0);

	let target = new Uint8Array(CHUNK_BYTES + MAX_ROW_BYTES);
	let at = new TextEncoder().encodeInto(`${SAMPLE_COLUMNS.join(',')}\n`, target).written;
	let passed = 0; // weight of the hours so far
	let written = 0;
	for (let hour = 0; hour < weights.length; hour++) {
		passed += weights[hour]!;
		const end = 1 + Math.floor((events - 1) * (passed / total)); // exclusive
		const rows = end - written;
		if (rows === 0) continue;
		const day = Math.floor(hour / 24);
		const hourText = textBlock([
			new Date((firstDay + day) * MS_PER_DAY + (hour % 24) * MS_PER_HOUR).toISOString().slice(0, 14)
		]);
		let msOfHour = 0;
		for (let row = 0; row < rows; row++) {
			// One instant in each of as many equal stretches of the hour: in order without sorting.
			const instant = Math.floor(((row + instants()) * MS_PER_HOUR) / rows);
			if (row === 0 || instants() >= SAME_INSTANT) msOfHour = instant;
			at = writeRow(target, at, hourText, msOfHour, day);
			if (at >= CHUNK_BYTES) {
				yield target.subarray(0, at);
				target = new Uint8Array(CHUNK_BYTES + MAX_ROW_BYTES);
				at = 0;
			}
		}
		written = end;
	}
	if (at > 0) yield target.subarray(0, at);
}
