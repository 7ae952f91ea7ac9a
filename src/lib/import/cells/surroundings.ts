/** Space, and signs that cannot be seen: zero-width ones, soft hyphens, marks of direction, byte order marks. */
const UNSEEN = /[\s\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/;

/** A name or id without the space and the unseen signs around it, which are no part of it. */
export function withoutSurroundings(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && UNSEEN.test(text[start] as string)) start++;
	while (end > start && UNSEEN.test(text[end - 1] as string)) end--;
	return text.slice(start, end);
}
