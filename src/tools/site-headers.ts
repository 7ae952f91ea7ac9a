import { isImmutable } from '../lib/offline/site-files';

/**
 * The headers that a host should send with the built site, besides types and packing. `src/HOSTING.md` has the same
 * values for other servers, and a test compares them. The page's own policy is in its HTML; `frame-ancestors` has no
 * effect there, so it needs a header. The site uses no SharedArrayBuffer, so it needs no COOP and no COEP.
 */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
	'content-security-policy': "frame-ancestors 'none'",
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff'
};

/** For files whose names change with their bytes. */
export const CACHE_FOREVER = 'public, max-age=31536000, immutable';
/** For all other files: the browser keeps them, and validates them before each use. */
export const CACHE_VALIDATED = 'no-cache';

/** The Cache-Control of a file. @param path relative to the site's root, without a slash at the start */
export function cacheControl(path: string): string {
	return isImmutable(path) ? CACHE_FOREVER : CACHE_VALIDATED;
}
