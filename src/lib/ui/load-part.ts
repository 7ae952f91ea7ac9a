import { browser } from '$app/environment';
import { nextTurn } from '$lib/worker/threads/turn';

let begin = () => {};
const hasBegun = new Promise<void>((resolve) => (begin = resolve));

/** Has parts loaded from now on. */
export function loadParts(): void {
	begin();
}

/**
 * Loads a part of a page that the first figures do not need, once these are there (routes/+layout.svelte), in a turn of its
 * own: asking for files takes its time too. Null while the page is prerendered, which has room in the part's place.
 */
export function loadPart<Part>(load: () => Promise<Part>): Promise<Part> | null {
	return browser ? hasBegun.then(nextTurn).then(load) : null;
}
