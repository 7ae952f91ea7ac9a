/**
 * Whether this is a first visit has to be known before anything is painted, and so before any script of the app is
 * there: app.html looks for what is kept here, and marks the page.
 */

/** As in app.html. */
const KEY = 'tackboard:holds';
const PAGES_KEY = 'tackboard:pages';

/** Whether the page was marked as a first visit: nothing is known to be stored, and its language is the visitor's. */
export function isFirstVisit(): boolean {
	return document.documentElement.dataset.first !== undefined;
}

/** What is stored, as far as the next visit has to know before it looks: the line about sample data needs room. */
export type Holds = 'nothing' | 'data' | 'sample';

/**
 * Keeps what is stored, for the next visit. What was guessed of this one is of no more use.
 * @param routes of pages that are in the header because of it
 */
export function rememberHolds(holds: Holds, routes: readonly string[]): void {
	for (const guess of ['first', 'sample', 'compared', 'ranged', 'pages'])
		delete document.documentElement.dataset[guess];
	try {
		keep(KEY, holds === 'nothing' ? '' : holds);
		keep(PAGES_KEY, routes.join(' '));
	} catch {
		// Storage can be forbidden: then every visit is the first.
	}
}

/** @param value '' keeps nothing */
function keep(key: string, value: string): void {
	if (value === '') localStorage.removeItem(key);
	else localStorage.setItem(key, value);
}
