import type { SavedView } from '$lib/model/own-words';

/** As in app.html, which goes there before anything is drawn. */
const KEY = 'tackboard:first-page';

/** The address of a saved view, from the site's root. */
function viewAddress({ route, search }: Pick<SavedView, 'route' | 'search'>): string {
	return `${route === '/' ? '' : `${route.slice(1)}/`}${search}`;
}

/** Keeps the first page of the first workspace where it can be read before the database is open. */
export function rememberFirstPage(views: readonly SavedView[]): void {
	const first = views.find(({ isFirstPage }) => isFirstPage);
	try {
		if (first) localStorage.setItem(KEY, viewAddress(first));
		else localStorage.removeItem(KEY);
	} catch {
		// Where storage is forbidden, the app opens with the Overview.
	}
}
