import { textBlock, type TextBlock } from '../columns/text-block';
import { csvText } from '../model/csv-cell';
import { CLOSED_VALUES, EVENTS } from '../model/event';
import { SAMPLE_ACCOUNTS, type PinVersion, type SamplePin } from './sample-pins';
import { seededRandom, weightedDraw } from './sample-random';

/** Rows of invented event files, straight into bytes. */

const DEVICE_SHARES: Readonly<Record<(typeof CLOSED_VALUES.device)[number], number>> = {
	mobile: 0.7,
	desktop: 0.2,
	tablet: 0.075,
	unknown: 0.025
};
const WITHOUT_USER = 0.03;
const WITH_COUNT = 0.01;
/** A Pin's first row gives its link, and then one row in so many. */
const LINK_EVERY = 64;

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const POINT = 0x2e;
const DIGIT_0 = 0x30;
const VIDEO_PLAY = EVENTS.indexOf('video_play');

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
type RowWriter = (target: Uint8Array, at: number, hour: TextBlock, msOfHour: number, day: number) => number;

/**
 * A writer of rows that are drawn at random.
 * @param people how many there are to draw from
 */
export function rowWriter(pins: readonly SamplePin[], people: number, seed: number): RowWriter {
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
	const ids = textBlock(pins.map((pin) => pin.id));
	const links = textBlock(pins.map((pin) => pin.link));
	const versions = [...pins.map((pin) => pin.version), ...pins.map((pin) => pin.laterVersion)];
	const tails = textBlock(
		versions.map((version) => (version ? `,${csvText(version.title)},${csvText(version.board)},` : ''))
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

	const events = textBlock(EVENTS.map((event) => `Z,${event},`));
	const combinations = textBlock(COMBINATIONS);
	const userMark = textBlock([',', ',u']);
	const ordinary = textBlock(['1,,,', '100']);
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

// The put functions write at `at` and return where the next byte goes. Texts are short: a loop beats a call to set.

function putText(target: Uint8Array, at: number, texts: TextBlock, index: number): number {
	const { bytes } = texts;
	const end = texts.offsets[index + 1]!;
	for (let i = texts.offsets[index]!; i < end; i++) target[at++] = bytes[i]!;
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
