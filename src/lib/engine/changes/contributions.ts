import { compareText } from '../../model/text-order';

/**
 * What each of many values adds to a change of their sum or of their rate, as model/change.ts defines it. Works on columns:
 * there may be many thousand Pins.
 */

/** Of each value in one period the part, and of a rate the whole; 0 where nothing passes. */
export interface AmountColumns {
	readonly parts: Float64Array;
	readonly wholes: Float64Array;
}

/** The contribution of each value: own + mix. Of a count all of it is its own. */
export interface Contributions {
	readonly own: Float64Array;
	readonly mix: Float64Array;
}

/** Columns for so many values, all 0. */
export function emptyAmounts(length: number): AmountColumns {
	return { parts: new Float64Array(length), wholes: new Float64Array(length) };
}

/** Of a count: exact as long as amounts are whole numbers up to 2^53. */
export function countContributions(now: AmountColumns, then: AmountColumns): Contributions {
	const own = now.parts.map((part, i) => part - (then.parts[i] as number));
	return { own, mix: new Float64Array(own.length) };
}

/**
 * Of a rate, as a fraction part ÷ whole; null where the wholes of a period sum to 0. A value without a rate in one period
 * has the other period's. Contributions add up to the change of the rate, within the rounding of doubles.
 */
export function rateContributions(now: AmountColumns, then: AmountColumns): Contributions | null {
	const wholeNow = sumOf(now.wholes);
	const wholeThen = sumOf(then.wholes);
	if (wholeNow === 0 || wholeThen === 0) return null;
	const totalThen = sumOf(then.parts) / wholeThen;
	const count = now.parts.length;
	const own = new Float64Array(count);
	const mix = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		const [partNow, baseNow] = [now.parts[i] as number, now.wholes[i] as number];
		const [partThen, baseThen] = [then.parts[i] as number, then.wholes[i] as number];
		// What is counted without a whole of its own changes the total all the same.
		if (baseNow === 0) own[i]! += partNow / wholeNow;
		if (baseThen === 0) own[i]! -= partThen / wholeThen;
		if (baseNow === 0 && baseThen === 0) continue;
		const rateThen = baseThen === 0 ? partNow / baseNow : partThen / baseThen;
		const rateNow = baseNow === 0 ? rateThen : partNow / baseNow;
		const [shareNow, shareThen] = [baseNow / wholeNow, baseThen / wholeThen];
		own[i]! += shareNow * (rateNow - rateThen);
		mix[i] = (shareNow - shareThen) * (rateThen - totalThen);
	}
	return { own, mix };
}

/**
 * The values with the largest contributions up and down, so many of each, the largest first, ties by name; values that add
 * nothing are not among them.
 */
export function largestContributions(
	{ own, mix }: Contributions,
	each: number,
	name: (value: number) => string
): number[] {
	const sizeOf = (i: number) => Math.abs((own[i] as number) + (mix[i] as number));
	const isBefore = (a: number, b: number) =>
		sizeOf(a) > sizeOf(b) || (sizeOf(a) === sizeOf(b) && compareText(name(a), name(b)) < 0);
	const up: number[] = [];
	const down: number[] = [];
	for (let i = 0; i < own.length; i++) {
		const contribution = (own[i] as number) + (mix[i] as number);
		if (contribution === 0) continue;
		const chosen = contribution > 0 ? up : down;
		if (chosen.length === each && !isBefore(i, chosen[each - 1]!)) continue;
		let at = chosen.length;
		while (at > 0 && isBefore(i, chosen[at - 1]!)) at--;
		chosen.splice(at, 0, i);
		if (chosen.length > each) chosen.pop();
	}
	return [...up, ...down.reverse()];
}

/** The sum of a column. */
export function sumOf(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] as number;
	return sum;
}
