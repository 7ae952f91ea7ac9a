/** Numbers in cells, read digit by digit so that rounding is that of the decimal text and not of a double near it. */

const ZERO = 48;
const DOT = 46;
const SPACE = 32;

/** Longer cells are no numbers that anyone wrote. */
const MAX_NUMBER_LENGTH = 400;

/** Powers of ten; looked up, as `**` takes longer than all the rest. Scales are below their number. */
const POWERS = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

const decoder = new TextDecoder();

/**
 * The decimal number in bytes[start, end) times 10^`scale`, rounded to a whole number, half up. NaN where it is not a
 * number, -1 where it is below 0, Infinity where the result would not be exact (2^53 and more).
 */
export function parseScaled(bytes: Uint8Array, start: number, end: number, scale: number): number {
	// Short and plain: digits, perhaps a dot and no more digits than are kept.
	let value = 0;
	let fraction = -1;
	if (end - start <= 12) {
		let at = start;
		for (; at < end; at++) {
			const byte = bytes[at] as number;
			if (byte === DOT && fraction < 0) fraction = 0;
			else if (byte >= ZERO && byte <= ZERO + 9 && fraction < scale) {
				value = value * 10 + byte - ZERO;
				if (fraction >= 0) fraction++;
			} else break;
		}
		const isPlain = at === end && end > start + (fraction >= 0 ? 1 : 0);
		if (isPlain) return value * (POWERS[scale - Math.max(fraction, 0)] as number);
	}
	if (end - start > MAX_NUMBER_LENGTH) return NaN;
	return scaleText(decoder.decode(bytes.subarray(start, end)).trim(), scale);
}

/**
 * As `parseScaled`, for a number of at most `max`, before scaling: NaN where it is not a number, -1 where it is out of
 * range.
 */
export function parseScaledWithin(
	bytes: Uint8Array,
	start: number,
	end: number,
	scale: number,
	max: number
): number {
	const value = parseScaled(bytes, start, end, scale);
	const limit = max * (POWERS[scale] as number);
	if (value < 0 || value > limit || value === Infinity) return -1;
	// A number just above the limit may round to it: look at it again in finer steps.
	return value === limit && parseScaled(bytes, start, end, 10) > max * 1e10 ? -1 : value;
}

function scaleText(text: string, scale: number): number {
	const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
	if (!match) return NaN;
	const whole = match[2] ?? '';
	const fraction = match[3] ?? '';
	if (whole === '' && fraction === '') return NaN;
	const unscaled = BigInt(whole + fraction);
	if (unscaled === 0n) return 0;
	if (match[1] === '-') return -1;
	const shift = Number(match[4] ?? 0) - fraction.length + scale;
	if (shift > MAX_NUMBER_LENGTH) return Infinity;
	if (shift < -2 * MAX_NUMBER_LENGTH) return 0;
	let value: bigint;
	if (shift >= 0) value = unscaled * 10n ** BigInt(shift);
	else {
		const divisor = 10n ** BigInt(-shift);
		value = (unscaled * 2n + divisor) / (divisor * 2n);
	}
	return value > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(value);
}

/** The whole number in bytes[start, end), also as `3.0`; NaN where it is none, -1 where it is below 0. */
export function parseWhole(bytes: Uint8Array, start: number, end: number): number {
	const length = end - start;
	if (length > 0 && length <= 10) {
		let value = 0;
		let at = start;
		for (; at < end; at++) {
			const byte = bytes[at] as number;
			if (byte < ZERO || byte > ZERO + 9) break;
			value = value * 10 + byte - ZERO;
		}
		if (at === end) return value;
	}
	if (length > MAX_NUMBER_LENGTH) return NaN;
	const match = /^([+-]?)(\d+)(?:\.0*)?$/.exec(decoder.decode(bytes.subarray(start, end)).trim());
	if (!match) return NaN;
	const value = Number(match[2]);
	return value !== 0 && match[1] === '-' ? -1 : value;
}

/** Whether the cell holds nothing but space. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
	for (let i = start; i < end; i++) if ((bytes[i] as number) > SPACE) return false;
	return true;
}
