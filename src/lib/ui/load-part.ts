import { browser } from '$app/environment';
import { nextTurn } from '$lib/worker/threads/turn';

/**
 * Loads a part of a page while the page itself becomes live, in a turn of its own: asking for files takes its time too. Null
 * while the page is prerendered, which has room in the part's place.
 */
export function loadPart<Part>(load: () => Promise<Part>): Promise<Part> | null {
	return browser ? nextTurn().then(load) : null;
}
