import { dayFromNumber, dayNumber, MS_PER_DAY } from '../model/calendar';
import { CLOSED_VALUES, EVENT_COLUMNS, EVENTS } from '../model/event';
import { inventPins, SAMPLE_ACCOUNTS, type PinVersion, type SamplePin } from './sample-pins';
import { seededRandom, weightedDraw } from './sample-random';

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
export const SAMPLE_COLUMNS = EVENT_COLUMNS.filter((column) => column !== 'image_url');

const CHUNK_BYTES = 2_000_000;
const MAX_ROW_BYTES = 1_000;
const MS_PER_HOUR = 3_600_000;

/** How busy each hour of a day is, relative to the others, in UTC: nights are quiet, evenings are not. */
const HOUR_RHYTHM = [4, 3, 2, 2, 2, 3, 5, 8, 9, 9, 9, 10, 12, 11, 10, 10, 11, 13, 16, 19, 20, 17, 12, 7];
/** From Monday. */
const WEEKDAY_RHYTHM = [10, 9.5, 9.4, 9.6, 10, 12.5, 14];
/** From January. */
const MONTH_RHYTHM = [10, 9.6, 9.8, 10, 9.7, 9.2, 8.9, 9.3, 10, 10.6, 11.8, 12.4];
/** How much busier the last day is than the first. */
const GROWTH = 0.8;

const DEVICE_SHARES: Readonly<Record<(typeof CLOSED_VALUES.device)[number], number>> = {
	mobile: 0.7,
	desktop: 0.2,
	tablet: 0.075,
	unknown: 0.025
};
const WITHOUT_USER = 0.03;
const WITH_COUNT = 0.01;
const SAME_INSTANT = 0.015;
/** A Pin's first row gives its link, and then one row in so many. */
const LINK_EVERY = 64;

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const VIDEO_PLAY = EVENTS.indexOf('video_play');

/** Texts as bytes: text i is bytes[starts[i], starts[i + 1]). */
interface Texts {
	readonly bytes: Uint8Array;
	readonly starts: Uint32Array;
}

function encodeTexts(texts: readonly string[]): Texts {
	const encoder = new TextEncoder();
	const parts = texts.map((text) => encoder.encode(text));
	const starts = new Uint32Array(parts.length + 1);
	parts.forEach((part, index) => (starts[index + 1] = starts[index]! + part.length));
	const bytes = new Uint8Array(starts[parts.length]!);
	parts.forEach((part, index) => bytes.set(part, starts[index]));
	return { bytes, starts };
}

// The put functions write at `at` and return where the next byte goes. Texts are short: a loop beats a call to set.

function putText(target: Uint8Array, at: number, texts: Texts, index: number): number {
	const { bytes } = texts;
	const end = texts.starts[index + 1]!;
	for (let i = texts.starts[index]!; i < end; i++) target[at++] = bytes[i]!;
	return at;
}

function putDigits(target: Uint8Array, at: number, value: number, digits: number): number {
	for (let i = at + digits - 1; i >= at; i--) {
		const rest = Math.floor(value / 10);
		target[i] = DIGIT_0 + value - rest * 10;
		value = rest;
	}
	return at + digits;
}

function putNumber(target: Uint8Array, at: number, value: number): number {
	let digits = 1;
	for (let power = 10; power <= value; power *= 10) digits++;
	return putDigits(target, at, value, digits);
}

function quoted(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function wholeNumber(name: string, value: number, largest: number): number {
	if (!Number.isInteger(value) || value < 1 || value > largest)
		throw new RangeError(`sample ${name} must be a whole number from 1 to ${largest}: ${value}`);
	return value;
}

/** The closed dimensions of a row, and its account, as one text per combination: `organic,own,mobile,…,video`. */
const COMBINATIONS = CLOSED_VALUES.content_type.flatMap((content) =>
	CLOSED_VALUES.device.flatMap((device) =>
		CLOSED_VALUES.source.flatMap((source) =>
			SAMPLE_ACCOUNTS.flatMap((account) =>
				CLOSED_VALUES.format.map((format) => `,${content},${source},${device},${account},${format},`)
			)
		)
	)
);
const PER_DEVICE = CLOSED_VALUES.source.length * SAMPLE_ACCOUNTS.length * CLOSED_VALUES.format.length;
const PER_CONTENT = PER_DEVICE * CLOSED_VALUES.device.length;

/** What of a combination belongs to the Pin. */
function pinCombination(pin: SamplePin, version: PinVersion): number {
	const owner = CLOSED_VALUES.source.indexOf(pin.source) * SAMPLE_ACCOUNTS.length;
	const account = SAMPLE_ACCOUNTS.indexOf(pin.account);
	return (owner + account) * CLOSED_VALUES.format.length + CLOSED_VALUES.format.indexOf(version.format);
}

/**
 * Writes a row at `at` and returns where the next one goes.
 * @param hour the stamp up to the hour, as the one text
 * @param msOfHour milliseconds since that hour began
 * @param day days since the file's first
 */
type RowWriter = (target: Uint8Array, at: number, hour: Texts, msOfHour: number, day: number) => number;

function rowWriter(pins: readonly SamplePin[], people: number, seed: number): RowWriter {
	const random = seededRandom(seed, 2);
	// Zipf over ranks, flattened a little at the head.
	const drawPin = weightedDraw(
		random,
		Float64Array.from(pins, (_, rank) => 1 / (rank + 5))
	);
	const drawDevice = weightedDraw(
		random,
		Float64Array.from(CLOSED_VALUES.device, (device) => DEVICE_SHARES[device])
	);

	const count = pins.length;
	const ids = encodeTexts(pins.map((pin) => pin.id));
	const links = encodeTexts(pins.map((pin) => pin.link));
	const versions = [...pins.map((pin) => pin.version), ...pins.map((pin) => pin.laterVersion)];
	const tails = encodeTexts(
		versions.map((version) => (version ? `,${quoted(version.title)},${quoted(version.board)},` : ''))
	);
	const owners = Uint32Array.from(versions, (version, index) =>
		version ? pinCombination(pins[index % count]!, version) : 0
	);
	const firstDays = Uint32Array.from(pins, (pin) => pin.firstDay);
	const changeDays = Uint32Array.from(pins, (pin) => (pin.laterVersion ? pin.changeDay : 0xffff_ffff));
	const paidShares = Float64Array.from(pins, (pin) => pin.paidShare);
	const videoMs = Float64Array.from(pins, (pin) => pin.videoMs);
	const limits = new Float64Array(count * EVENTS.length); // cumulative shares of each Pin's events
	pins.forEach((pin, index) => {
		const total = pin.eventWeights.reduce((sum, weight) => sum + weight, 0);
		let sum = 0;
		pin.eventWeights.forEach((weight, event) => {
			sum += weight;
			limits[index * EVENTS.length + event] = sum / total;
		});
	});

	const events = encodeTexts(EVENTS.map((event) => `Z,${event},`));
	const combinations = encodeTexts(COMBINATIONS);
	const userMark = encodeTexts([',', ',u']);
	const ordinary = encodeTexts(['1,,,', '100']);
	const linked = new Uint8Array(count);

	return (target, at, hour, msOfHour, day) => {
		let pin = drawPin();
		while (firstDays[pin]! > day) pin = drawPin();
		const version = day >= changeDays[pin]! ? pin + count : pin;
		const chance = random();
		let event = 0;
		while (chance >= limits[pin * EVENTS.length + event]!) event++;

		at = putText(target, at, hour, 0);
		const minutes = Math.floor(msOfHour / 60_000);
		at = putDigits(target, at, minutes, 2);
		target[at++] = 0x3a; // :
		const ms = msOfHour - minutes * 60_000;
		const seconds = Math.floor(ms / 1_000);
		at = putDigits(target, at, seconds, 2);
		target[at++] = POINT;
		at = putDigits(target, at, ms - seconds * 1_000, 3);
		at = putText(target, at, events, event);
		at = putText(target, at, ids, pin);
		if (random() < WITHOUT_USER) {
			at = putText(target, at, userMark, 0);
		} else {
			// The square makes the n-th person's share fall with √n: a few are seen often, and nearly all are seen.
			const person = random();
			at = putText(target, at, userMark, 1);
			at = putNumber(target, at, 1 + Math.floor(person * person * people));
		}
		const content = random() < paidShares[pin]! ? PER_CONTENT : 0;
		at = putText(target, at, combinations, content + drawDevice() * PER_DEVICE + owners[version]!);

		if (event === VIDEO_PLAY) {
			const part = random();
			const played = part * part * 1.15; // some see it again
			const watchMs = Math.floor(played * videoMs[pin]!);
			const wholeSeconds = Math.floor(watchMs / 1_000);
			at = putNumber(target, at, random() < WITH_COUNT ? 2 + Math.floor(random() * 8) : 1);
			target[at++] = COMMA;
			at = putNumber(target, at, wholeSeconds);
			target[at++] = POINT;
			at = putDigits(target, at, watchMs - wholeSeconds * 1_000, 3);
			target[at++] = COMMA;
			if (random() < 0.6) at = putText(target, at, ordinary, 1);
			else at = putNumber(target, at, Math.floor(random() * 100));
			target[at++] = COMMA;
			const hundredths = Math.min(10_000, Math.floor(played * 10_000));
			const percent = Math.floor(hundredths / 100);
			at = putNumber(target, at, percent);
			target[at++] = POINT;
			at = putDigits(target, at, hundredths - percent * 100, 2);
		} else if (random() < WITH_COUNT) {
			at = putNumber(target, at, 2 + Math.floor(random() * 30));
			for (let i = 0; i < 3; i++) target[at++] = COMMA;
		} else {
			at = putText(target, at, ordinary, 0);
		}

		at = putText(target, at, tails, version);
		if (linked[pin] === 0 || random() * LINK_EVERY < 1) {
			linked[pin] = 1;
			at = putText(target, at, links, pin);
		}
		target[at++] = NEWLINE;
		return at;
	};
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
		const hourText = encodeTexts([
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
