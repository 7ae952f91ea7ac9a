import { CODES_PER_ACCOUNT, accountOf } from '../../columns/combination';
import { growableUint32, narrow } from '../../columns/growable';
import type { PackedSegment } from '../../columns/packed-segment';
import type { PinClaims } from '../../columns/pin-claims';
import { ownDimension } from '../../model/dimension';
import type { StoredTexts } from '../database';

/** Texts have numbers that hold within a workspace, and others in a batch that travels. Here one becomes the other. */

export type Vocabulary = StoredTexts['vocabulary'];

/** The other number of a text. */
export type NumberOf = (number: number) => number;

/** Gives texts numbers from 0 in the order in which they are first met. */
export class FirstMet {
	/** Numbers that the texts had, in the order of their new ones. */
	readonly #met = growableUint32(64);
	/** By the number that a text had: its new number plus one, 0 where it was not met. */
	#numbers = new Uint32Array(1024);

	/** Numbers that the texts had, in the order of their new ones. */
	get met(): Uint32Array {
		return this.#met.array.subarray(0, this.#met.length);
	}

	readonly numberOf: NumberOf = (number) => {
		if (number >= this.#numbers.length) {
			const grown = new Uint32Array(Math.max(number + 1, this.#numbers.length * 2));
			grown.set(this.#numbers);
			this.#numbers = grown;
		}
		const known = this.#numbers[number] as number;
		if (known !== 0) return known - 1;
		this.#met.push(number);
		this.#numbers[number] = this.#met.length;
		return this.#met.length - 1;
	};
}

/** A stored segment with other numbers. Its arrays take as much room as their numbers need. */
export function renumberSegment(
	segment: PackedSegment,
	numberIn: (vocabulary: Vocabulary) => NumberOf
): PackedSegment {
	const { codes, own } = segment;
	const [pin, user, account] = [numberIn('pin'), numberIn('user'), numberIn('account')];
	// Numbers of people are one more in segments, since 0 is nobody.
	const ofUser: NumberOf = (number) => (number === 0 ? 0 : user(number - 1) + 1);
	const values = own && Uint16Array.from(own.values);
	if (own && values) {
		const width = own.names.length;
		own.names.forEach((name, column) => {
			const ofValue = numberIn(ownDimension(name));
			for (let at = column; at < values.length; at += width) {
				const value = values[at] as number;
				if (value !== 0) values[at] = ofValue(value - 1) + 1;
			}
		});
	}
	return {
		version: segment.version,
		rows: segment.rows,
		firstMs: segment.firstMs,
		lastMs: segment.lastMs,
		times: segment.times,
		codes: codes.map((code) => (code % CODES_PER_ACCOUNT) + account(accountOf(code)) * CODES_PER_ACCOUNT),
		combinations: segment.combinations,
		pins: renumbered(segment.pins, pin) as PackedSegment['pins'],
		users: renumbered(segment.users, ofUser) as PackedSegment['users'],
		counts: segment.counts,
		video: segment.video,
		...(own && values ? { own: { names: own.names, values, rows: own.rows } } : {})
	};
}

/** Claims with other numbers of Pins. */
export function renumberClaims(claims: PinClaims, ofPin: NumberOf): PinClaims {
	return { ...claims, pins: claims.pins.map(ofPin) };
}

function renumbered(numbers: Uint8Array | Uint16Array | Uint32Array, numberOf: NumberOf) {
	const changed = new Uint32Array(numbers.length);
	let most = 0;
	for (let i = 0; i < numbers.length; i++) {
		const number = numberOf(numbers[i] as number);
		changed[i] = number;
		if (number > most) most = number;
	}
	return narrow(changed, most);
}
