/** Whether this is the first time that it is asked of a name, as far as this browser has stored it. */
export function ifUnset(name: string): boolean {
	try {
		if (localStorage.getItem(name) !== null) return false;
		localStorage.setItem(name, 'yes');
	} catch {
		// Storage can be forbidden: then every time is the first.
	}
	return true;
}
