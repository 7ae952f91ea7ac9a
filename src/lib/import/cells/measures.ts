import { MAX_COUNT } from '../../model/event';
import { isBlank, parseScaledWithin, parseWhole } from './number';

/** The cells that say how often an event was, and what a video play carries. */

/** How numbers are kept, times 10^scale, and the largest that is allowed, before scaling. */
const MEASURES = {
	watch_seconds: { scale: 3, max: Infinity },
	view_percent: { scale: 2, max: 100 },
	played_percent: { scale: 2, max: 100 }
} as const;
export type Measure = keyof typeof MEASURES;

/** The count in bytes[start, end): 1 where it is empty, NaN where it is no whole number, -1 where it is out of range. */
export function readCount(bytes: Uint8Array, start: number, end: number): number {
	if (isBlank(bytes, start, end)) return 1;
	const count = parseWhole(bytes, start, end);
	return count < 1 || count > MAX_COUNT ? -1 : count;
}

/**
 * The number in bytes[start, end) as it is kept, in whole milliseconds or hundredths: 0 where it is empty, NaN where it
 * is no number, -1 where it is out of range.
 */
export function readMeasure(measure: Measure, bytes: Uint8Array, start: number, end: number): number {
	if (start === end) return 0;
	const { scale, max } = MEASURES[measure];
	const value = parseScaledWithin(bytes, start, end, scale, max);
	return Number.isNaN(value) && isBlank(bytes, start, end) ? 0 : value;
}
