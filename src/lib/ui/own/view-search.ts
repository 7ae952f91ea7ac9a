import type { SavedView } from '$lib/model/own-words';
import { readAddress, writeAddress, type ViewState } from '$lib/view/address';
import { pageOfRoute } from '$lib/view/page';

/** The query part of a saved view's address in a workspace. */
export function searchOfView({ route, search }: Pick<SavedView, 'route' | 'search'>, ws: string): string {
	return writeAddress({ ...readAddress(search, pageOfRoute(route)).state, ws });
}

/** The query part of a view's address as it is saved: without the workspace, which holds it anyway. */
export function searchToSave(view: ViewState): string {
	return writeAddress({ ...view, ws: '' });
}

/** Whether what is on screen is a saved view. */
export function isViewOpen(saved: SavedView, route: string | null, view: ViewState): boolean {
	return saved.route === route && searchOfView(saved, '') === searchToSave(view);
}
