/** How much a report shows of what it could not read, in characters. */
const SHOWN_CHARACTERS = 120;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What a report shows of bytes [start, end): their text, cut where it is long. */
export function shownText(bytes: Uint8Array, start: number, end: number): string {
	const enough = Math.min(end, start + SHOWN_CHARACTERS * 4); // no character takes more than four bytes
	const text = decoder.decode(bytes.subarray(start, enough));
	return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
