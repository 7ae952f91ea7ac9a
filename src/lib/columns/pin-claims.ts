import { ATTRIBUTES, type Attribute } from '../model/event';
import { Dictionary } from './dictionary';
import type { TextBlock } from './text-block';
import { growableFloat64, growableUint32 } from './growable';

/**
 * What one batch says of its Pins: per Pin and attribute the newest non-empty value and its time, and the format of
 * its newest event. The catalogue of a workspace is the newest claim over all live batches; so that an undo brings
 * back what the others say, the batches' claims are kept apart.
 */
export interface PinClaims {
	/** Numbers of the Pins; the other columns have an entry for each. */
	readonly pins: Uint32Array;
	/** Time of the newest event, and the index of its format in CLOSED_VALUES.format. */
	readonly formatTimes: Float64Array;
	readonly formats: Uint8Array;
	/** Claims that an earlier version stored lack the attributes that it did not have. */
	readonly attributes: Readonly<Partial<Record<Attribute, AttributeClaims>>>;
	/** The texts that attributes and boards refer to. */
	readonly texts: TextBlock;
	/** Of directories that have boards by their ids. */
	readonly boards?: BoardClaims;
}

/** What a directory says of boards by the platform's ids. Any directory may say what a board of another is called. */
export interface BoardClaims {
	/** Per Pin, the number of the text that is its board's id, plus one; 0 where no id is named. */
	readonly ofPin: Uint32Array;
	/** Boards: numbers of the texts that are their ids, and their names. */
	readonly ids: Uint32Array;
	readonly names: Uint32Array;
}

/**
 * The time of all that is said of a Pin without an event: below the time of every event (from 1990 on), so that events
 * come first. Of equal times the later import wins.
 */
export const SAID_WITHOUT_EVENT_MS = 0;

/** The time of a format that is not known, of a Pin that is only named: below all others. */
export const FORMAT_UNKNOWN_MS = -Number.MAX_VALUE;

/** The arrays of claims, in a fixed order. */
export function claimsArrays({
	pins,
	formatTimes,
	formats,
	attributes,
	texts,
	boards
}: PinClaims): ArrayBufferView[] {
	return [
		pins,
		formatTimes,
		formats,
		...Object.values(attributes).flatMap(({ times, texts: numbers }) => [times, numbers]),
		texts.bytes,
		texts.offsets,
		...(boards ? [boards.ofPin, boards.ids, boards.names] : [])
	];
}

/** What events say of one attribute, an entry a Pin of the file. */
export interface AttributeClaims {
	/** Time of the newest event that names a value, in milliseconds; -Infinity where none does. */
	readonly times: Float64Array;
	/** Number of the text in `texts`, plus one; 0 where no event names a value. */
	readonly texts: Uint32Array;
}

/** Bytes that claims take. */
export function claimsBytes(claims: PinClaims): number {
	return claimsArrays(claims).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Collects claims while rows are read. Rows must come in the order of the file: of equal times the later one wins. */
export class PinClaimsBuilder {
	readonly #formatTimes = growableFloat64();
	readonly #formats = growableUint32();
	readonly #times = ATTRIBUTES.map(() => growableFloat64());
	readonly #texts = ATTRIBUTES.map(() => growableUint32());
	readonly #dictionary = new Dictionary();
	/** Per Pin: which stretch of cells its values are those of, plus one (see `setClaimed`), and which attributes it names. */
	readonly #stretches = growableUint32();
	readonly #named = growableUint32();

	/** Notes the format of an event of local Pin `pin`. */
	claimFormat(pin: number, timeMs: number, format: number): void {
		this.#makeRoom(pin);
		if (timeMs >= (this.#formatTimes.array[pin] as number)) {
			this.#formatTimes.array[pin] = timeMs;
			this.#formats.array[pin] = format;
		}
	}

	/**
	 * Notes a non-empty value bytes[start, end) of attribute `attribute` (index into ATTRIBUTES), after claimFormat.
	 * Returns whether it is the newest.
	 */
	claim(
		attribute: number,
		pin: number,
		timeMs: number,
		bytes: Uint8Array,
		start: number,
		end: number
	): boolean {
		const times = this.#times[attribute]!.array;
		if (timeMs < (times[pin] as number)) return false;
		times[pin] = timeMs;
		const texts = this.#texts[attribute]!.array;
		const known = texts[pin] as number;
		if (known !== 0 && this.#dictionary.equals(known - 1, bytes, start, end)) return true;
		texts[pin] = this.#dictionary.intern(bytes, start, end) + 1;
		this.#stretches.array[pin] = 0;
		return true;
	}

	/**
	 * Remembers that the newest values of a Pin are those that stand in cells which the caller numbers as `stretch`, and
	 * which name just the attributes of the bits in `named`.
	 */
	setClaimed(pin: number, stretch: number, named: number): void {
		this.#stretches.array[pin] = stretch + 1;
		this.#named.array[pin] = named;
	}

	/** Whether the newest values of a Pin are those of `stretch`. */
	isClaimed(pin: number, stretch: number): boolean {
		return pin < this.#stretches.length && this.#stretches.array[pin] === stretch + 1;
	}

	/** Notes that the values of the stretch that was set for a Pin stand with another event. */
	repeat(pin: number, timeMs: number): void {
		const named = this.#named.array[pin] as number;
		for (let attribute = 0; named >> attribute !== 0; attribute++) {
			if (((named >> attribute) & 1) === 0) continue;
			const times = this.#times[attribute]!.array;
			if (timeMs > (times[pin] as number)) times[pin] = timeMs;
		}
	}

	/** The claims, with local Pin i known to the workspace as pins[i]. */
	finish(pins: Uint32Array): PinClaims {
		const length = this.#formatTimes.length;
		const attributes = ATTRIBUTES.map((name, i) => [
			name,
			{ times: this.#times[i]!.array.slice(0, length), texts: this.#texts[i]!.array.slice(0, length) }
		]);
		return {
			pins: pins.slice(0, length),
			formatTimes: this.#formatTimes.finish(),
			formats: new Uint8Array(this.#formats.array.subarray(0, length)),
			attributes: Object.fromEntries(attributes) as PinClaims['attributes'],
			texts: this.#dictionary.blockFrom(0)
		};
	}

	/** Local Pins come numbered from 0 without gaps. */
	#makeRoom(pin: number): void {
		while (this.#formatTimes.length <= pin) {
			this.#formatTimes.push(-Infinity);
			this.#formats.push(0);
			for (const times of this.#times) times.push(-Infinity);
			for (const texts of this.#texts) texts.push(0);
			this.#stretches.push(0);
			this.#named.push(0);
		}
	}
}
