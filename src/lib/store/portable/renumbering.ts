import { CODES_PER_ACCOUNT, accountOf } from '../../columns/combination';
import { growableUint32, narrow } from '../../columns/growable';
import type { PackedSegment } from '../../columns/packed-segment';
import type { PinClaims } from '../../columns/pin-claims';
import { ownDimension } from '../../model/dimension';
import { ProblemError } from '../../model/problem';
import type { Vocabulary } from '../database';

/** Texts have numbers that hold within a workspace, and others in a batch that travels. Here one becomes the other. */

/** The other numbers of the texts of one vocabulary. */
export interface OtherNumbers {
	/** Whether all are those that the texts have already. */
	readonly isSame: boolean;
	of(number: number): number;
	/**
	 * Those of many numbers, in their place.
	 * @param offset 1 where numbers are one more than those of texts, and 0 is none
	 * @returns the greatest of them
	 */
	replaceAll(numbers: Uint32Array, offset: 0 | 1): number;
}

/** Gives texts numbers from 0 in the order in which they are first met. */
export class FirstMet implements OtherNumbers {
	readonly isSame = false;
	/** Numbers that the texts had, in the order of their new ones. */
	readonly #met = growableUint32(64);
	/** By the number that a text had: its new number plus one, 0 where it was not met. */
	#numbers = new Uint32Array(1024);

	/** Numbers that the texts had, in the order of their new ones. */
	get met(): Uint32Array {
		return this.#met.array.subarray(0, this.#met.length);
	}

	of(number: number): number {
		return (this.#numbers[number] || this.#meet(number)) - 1;
	}

	replaceAll(numbers: Uint32Array, offset: 0 | 1): number {
		let most = 0;
		let known = this.#numbers;
		for (let i = 0; i < numbers.length; i++) {
			const number = (numbers[i] as number) - offset;
			if (number < 0) continue;
			let other = number < known.length ? (known[number] as number) : 0;
			if (other === 0) {
				other = this.#meet(number);
				known = this.#numbers;
			}
			numbers[i] = other += offset - 1;
			if (other > most) most = other;
		}
		return most;
	}

	/** @returns its new number plus one */
	#meet(number: number): number {
		if (number >= this.#numbers.length) {
			const grown = new Uint32Array(Math.max(number + 1, this.#numbers.length * 2));
			grown.set(this.#numbers);
			this.#numbers = grown;
		}
		this.#met.push(number);
		return (this.#numbers[number] = this.#met.length);
	}
}

/** The numbers that texts have in a workspace, by those that they have in a batch that travelled. */
export class KnownNumbers implements OtherNumbers {
	#numbers = new Uint32Array();
	#isSame = true;

	get isSame(): boolean {
		return this.#isSame;
	}

	/** How many texts have one. */
	get count(): number {
		return this.#numbers.length;
	}

	/** Numbers of the texts that follow. */
	add(numbers: Uint32Array): void {
		this.#isSame &&= numbers.every((number, i) => number === this.count + i);
		const all = new Uint32Array(this.#numbers.length + numbers.length);
		all.set(this.#numbers);
		all.set(numbers, this.#numbers.length);
		this.#numbers = all;
	}

	/** @throws ProblemError backup_damaged where it is of no text */
	of(number: number): number {
		const known = this.#numbers[number];
		if (known === undefined) throw new ProblemError({ code: 'backup_damaged' });
		return known;
	}

	replaceAll(numbers: Uint32Array, offset: 0 | 1): number {
		let most = 0;
		const known = this.#numbers;
		for (let i = 0; i < numbers.length; i++) {
			const number = (numbers[i] as number) - offset;
			if (number < 0) continue;
			if (number >= known.length) throw new ProblemError({ code: 'backup_damaged' });
			const other = (known[number] as number) + offset;
			numbers[i] = other;
			if (other > most) most = other;
		}
		return most;
	}
}

/** A stored segment with other numbers. Its arrays take as much room as their numbers need. */
export function renumberSegment(
	segment: PackedSegment,
	numbersIn: (vocabulary: Vocabulary) => OtherNumbers
): PackedSegment {
	const { codes, own } = segment;
	const account = numbersIn('account');
	const values = own && Uint16Array.from(own.values);
	if (own && values) {
		const width = own.names.length;
		own.names.forEach((name, column) => {
			const ofValues = numbersIn(ownDimension(name));
			for (let at = column; at < values.length; at += width) {
				const value = values[at] as number;
				if (value !== 0) values[at] = ofValues.of(value - 1) + 1;
			}
		});
	}
	return {
		version: segment.version,
		rows: segment.rows,
		firstMs: segment.firstMs,
		lastMs: segment.lastMs,
		times: segment.times,
		codes: codes.map((code) => (code % CODES_PER_ACCOUNT) + account.of(accountOf(code)) * CODES_PER_ACCOUNT),
		combinations: segment.combinations,
		pins: renumbered(segment.pins, numbersIn('pin'), 0) as PackedSegment['pins'],
		users: renumbered(segment.users, numbersIn('user'), 1) as PackedSegment['users'],
		counts: segment.counts,
		video: segment.video,
		...(own && values ? { own: { names: own.names, values, rows: own.rows } } : {})
	};
}

/** Claims with other numbers of Pins. */
export function renumberClaims(claims: PinClaims, numbers: OtherNumbers): PinClaims {
	const pins = claims.pins.slice();
	numbers.replaceAll(pins, 0);
	return { ...claims, pins };
}

/** @param offset 1 for people, whose numbers are one more in segments, since 0 is nobody */
function renumbered<A extends Uint8Array | Uint16Array | Uint32Array>(
	numbers: A,
	others: OtherNumbers,
	offset: 0 | 1
) {
	if (others.isSame) return numbers;
	const changed = new Uint32Array(numbers);
	return narrow(changed, others.replaceAll(changed, offset));
}
