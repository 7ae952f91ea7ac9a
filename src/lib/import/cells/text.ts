import { revealFormula } from '../../model/csv-cell';
import { withoutSurroundings } from './surroundings';

/** Text cells: what is compared and kept. */

const APOSTROPHE = 39;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A stretch of bytes. */
export interface Span {
	bytes: Uint8Array;
	start: number;
	end: number; // exclusive
}

/**
 * Sets `span` to the id in bytes[start, end): without surrounding space and unseen signs, and without the apostrophe
 * that an export puts before formulas. Nearly always that is the cell as it is, and no string is made.
 */
export function readId(bytes: Uint8Array, start: number, end: number, span: Span): void {
	span.bytes = bytes;
	span.start = start;
	span.end = end;
	if (start === end) return;
	const first = bytes[start] as number;
	const last = bytes[end - 1] as number;
	if (first > 32 && first < 127 && first !== APOSTROPHE && last > 32 && last < 127) return;
	const text = withoutSurroundings(decoder.decode(bytes.subarray(start, end)));
	setText(span, withoutSurroundings(revealFormula(text)));
}

/** Sets `span` to the attribute in bytes[start, end): kept to the letter, but for the apostrophe before formulas. */
export function readAttribute(bytes: Uint8Array, start: number, end: number, span: Span): void {
	span.bytes = bytes;
	span.start = start;
	span.end = end;
	if (start !== end && bytes[start] === APOSTROPHE) {
		setText(span, revealFormula(decoder.decode(bytes.subarray(start, end))));
	}
}

function setText(span: Span, text: string): void {
	span.bytes = encoder.encode(text);
	span.start = 0;
	span.end = span.bytes.length;
}
