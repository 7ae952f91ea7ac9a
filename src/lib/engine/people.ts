import { emptyBitmap, type Bitmap } from '../columns/bitmap';
import { isEngagement } from '../model/figures';
import { CELLS, MAX_SLOTS, OVERALL_SLOT, kindOfCell, slotOfCell } from './cells';

/**
 * A person's mark, in one word: the bucket in which they were last met in the high 16 bits, and below what they did.
 * Bit 0: have they engaged in any bucket? Then two bits a slot: were they met in this bucket, and did they engage? The
 * overall slot has no bits of its own: every row that passes is in some slot.
 */
export const BUCKET_SHIFT = 16;
export const EVER_ENGAGED = 1;

/** What a row adds to a mark. */
export function markOf(slot: number, isEngaged: boolean): number {
	const met = 2 << (2 * Math.max(slot - 1, 0));
	return isEngaged ? met | (met << 1) | EVER_ENGAGED : met;
}

const TOP_BIT = 1 << 31;

/** The bits of a mark that say "engaged in this bucket". */
const ENGAGED_BITS = 0b0101_0101_0101_0100;

/** Who was met: in the current bucket per slot, and in the whole range. */
export class People {
	/** Distinct people of the current bucket, and engaged ones, per slot. */
	readonly total = new Uint32Array(MAX_SLOTS);
	readonly engaged = new Uint32Array(MAX_SLOTS);
	readonly marks: Uint32Array;
	/** People met for the first time in the current bucket, by the cell of the row that they were met in. */
	readonly fresh = new Uint32Array(CELLS);
	/** Any number from 1 to 65,535 that was not used before. */
	bucket = 0;

	/** @param userCount people with a number; a person's number plus one is at most this */
	constructor(userCount: number) {
		this.marks = takeMarks(userCount + 1);
	}

	begin(bucket: number): void {
		this.bucket = bucket;
		this.total.fill(0);
		this.engaged.fill(0);
		this.fresh.fill(0);
	}

	/** Someone who was met in this bucket before does in it what they had not done. */
	meetAgain(user: number, added: number): void {
		const mark = this.marks[user] as number;
		const news = added & ~mark;
		this.marks[user] = mark | added;
		if ((added & ENGAGED_BITS) !== 0 && (mark & ENGAGED_BITS) === 0) this.engaged[OVERALL_SLOT]!++;
		for (let slot = OVERALL_SLOT + 1; slot < MAX_SLOTS; slot++) {
			const met = markOf(slot, false);
			if (news & met) this.total[slot]!++;
			if (news & (met << 1)) this.engaged[slot]!++;
		}
	}

	/** Ends the bucket: those met for the first time join those met again. */
	finish(): void {
		for (let cell = 1; cell < CELLS; cell++) {
			const people = this.fresh[cell] as number;
			if (people === 0) continue;
			const slot = slotOfCell(cell);
			for (const counts of isEngagement(kindOfCell(cell)) ? [this.total, this.engaged] : [this.total]) {
				counts[OVERALL_SLOT]! += people;
				if (slot !== OVERALL_SLOT) counts[slot]! += people;
			}
		}
	}

	/** Who was met in any bucket, and who engaged in any. */
	wholeRange(): { met: Bitmap; engaged: Bitmap } {
		const { marks } = this;
		const met = emptyBitmap(marks.length);
		const engaged = emptyBitmap(marks.length);
		for (let word = 0; word < met.length; word++) {
			let metBits = 0;
			let engagedBits = 0;
			for (let user = word * 32; user < word * 32 + 32; user++) {
				const mark = marks[user] as number;
				// Each comes in at the top. The sign of mark | -mark is set unless the mark is 0: no branch to guess.
				metBits = (metBits >>> 1) | ((mark | -mark) & TOP_BIT);
				engagedBits = (engagedBits >>> 1) | (mark << 31);
			}
			met[word] = metBits;
			engaged[word] = engagedBits;
		}
		return { met, engaged };
	}

	/** Gives its memory to the next. */
	release(): void {
		spareMarks = this.marks;
	}
}

/** Marks of a scan that is over: to clear them costs far less than to have the system hand out new memory. */
let spareMarks: Uint32Array | null = null;

/** At least so many, in whole words of a bitmap. */
function takeMarks(least: number): Uint32Array {
	const length = Math.ceil(least / 32) * 32;
	const marks = spareMarks?.length === length ? spareMarks : new Uint32Array(length);
	spareMarks = null; // two scans may run by turns
	return marks.fill(0);
}
