/** The Pins and boards that addresses name. */

/** A Pin's id, from itself or from the Pin's address on any of the platform's sites; null where there is none. */
export function pinIdIn(cell: string): string | null {
	const text = cell.trim();
	if (/^\d{5,}$/.test(text)) return text;
	return /\/pin\/(?:[^/?#]*--)?(\d{5,})(?:[/?#]|$)/.exec(text)?.[1] ?? null;
}

/** A board's address without the site, from its whole address; null where there is none. */
export function boardIdIn(cell: string): string | null {
	const path = /^https?:\/\/[^/]+\/([^/?#]+)\/([^/?#]+)\/?(?:[?#].*)?$/.exec(cell.trim());
	if (!path || path[1] === 'pin') return null;
	try {
		return `${decodeURIComponent(path[1] as string)}/${decodeURIComponent(path[2] as string)}`;
	} catch {
		return `${path[1]}/${path[2]}`;
	}
}
