import type { SiteFiles } from './site-files';

/** What the service worker does with a request. */
export type AnswerFor =
	/** Give the stored file; `path` as the list of files names it. */
	| { readonly give: string }
	/** Send the browser to the page's address proper. */
	| { readonly redirect: string }
	/** Keep the files that were shared with the app, then open it. */
	| { readonly keepShared: true }
	/** Not ours, or not known. */
	| null;

/** Files shared with the installed app are posted to this path. */
const SHARE_PATH = 'share/';

interface Asked {
	readonly method: string;
	readonly url: string;
	readonly isNavigation: boolean;
}

/**
 * @param scope absolute, with a slash at its end
 * @param paths of all files of the site
 */
export function answerFor(scope: string, paths: ReadonlySet<string>, asked: Asked): AnswerFor {
	const url = new URL(asked.url);
	const root = new URL(scope);
	if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
	const path = decodedPath(url.pathname.slice(root.pathname.length));
	if (asked.method === 'POST') return path === SHARE_PATH ? { keepShared: true } : null;
	if (asked.method !== 'GET') return null;
	if (!asked.isNavigation) return paths.has(path) ? { give: path } : null;
	// Pages have relative links, which only hold below the page's own folder.
	const page = path.replace(/(^|\/)index\.html$/, '$1');
	if (page !== path && paths.has(page)) return { redirect: `${scope}${page}${url.search}` };
	if (paths.has(path)) return { give: path };
	if (paths.has(`${path}/`)) return { redirect: `${scope}${path}/${url.search}` };
	// A share that was not posted, as when its page is reloaded.
	return path === SHARE_PATH ? { redirect: scope } : null;
}

/** All paths that there are. */
export function pathsOf(site: SiteFiles): Set<string> {
	return new Set([...site.first, ...site.later].map(({ path }) => path));
}

function decodedPath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
