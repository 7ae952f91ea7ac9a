/**
 * What the site consists of, as the build lists it for the service worker (tools/site-files.ts writes the list in
 * front of the worker's code).
 */

export interface SiteFile {
	/** Relative to the site's root; '' and `video/` are pages. */
	readonly path: string;
	/** Of its bytes. */
	readonly hash: string;
}

export interface SiteFiles {
	/** Of all files: another one is another version of the app. */
	readonly version: string;
	/** Needed for the app to work at all. */
	readonly first: readonly SiteFile[];
	/** What a visitor of each language needs besides; the language that the pages are written in needs nothing. */
	readonly languages: Readonly<Record<string, readonly SiteFile[]>>;
	/** Needed by few, so fetched when nothing else is going on; the files of all languages among them. */
	readonly later: readonly SiteFile[];
}

/** Whether the name of a file changes with its bytes, so that whatever is known by that name is right. */
export function isImmutable(path: string): boolean {
	return path.startsWith('_app/immutable/');
}

/** The name of a cache for one version of the app; sites of other paths on the same host have caches of their own. */
export function cacheName(scope: string, version: string): string {
	return `${cachePrefix(scope)}${version}`;
}

/** What the names of all caches of a site start with. */
export function cachePrefix(scope: string): string {
	return `tackboard ${new URL(scope).pathname} `;
}
