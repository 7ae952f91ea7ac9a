/**
 * Whether this is a first visit has to be known before anything is painted, and so before any script of the app is
 * there: app.html looks for what is kept here, and marks the page.
 */

/** As in app.html. */
const KEY = 'tackboard:holds';

/** Whether the page was marked as a first visit: nothing is known to be stored, and its language is the visitor's. */
export function isFirstVisit(): boolean {
	return document.documentElement.dataset.first !== undefined;
}

/** Keeps whether anything is stored, for the next visit. What was guessed of this one is of no more use. */
export function rememberHolds(holds: boolean): void {
	delete document.documentElement.dataset.first;
	try {
		if (holds) localStorage.setItem(KEY, 'yes');
		else localStorage.removeItem(KEY);
	} catch {
		// Storage can be forbidden: then every visit is the first.
	}
}
