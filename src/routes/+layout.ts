import { browser } from '$app/environment';
import { nextTurn } from '$lib/worker/threads/turn';
import type { LayoutLoad } from './$types';

// Every page is prerendered to plain files and is run by the browser from there on.
export const prerender = true;
export const ssr = true;
export const trailingSlash = 'always';

/** Once, as a page comes up: it becomes live in a turn of its own, after its modules were run. */
export const load: LayoutLoad = async () => {
	if (browser) await nextTurn();
};
