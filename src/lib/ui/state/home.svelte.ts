import { canPickFolder } from '../folders/folder-access';
import type { Copies } from './copies.svelte';
import type { HomeFolder } from './home-folder.svelte';
import type { Session } from './session.svelte';
import type { Workspaces } from './workspaces.svelte';

/** The home folder, once what keeps it is fetched; that comes after the first paint. */
export class Home {
	#folder = $state.raw<HomeFolder | null>(null);
	#isLoading = false;

	get folder() {
		return this.#folder;
	}

	/** Fetches what keeps the folder. Offline it may not be there yet: the next visit looks after it. */
	load(session: Session, workspaces: Workspaces, copies: Copies): void {
		if (__CLICKHOUSE__ || this.#isLoading || !canPickFolder()) return;
		this.#isLoading = true;
		import('./home-folder.svelte').then(
			({ HomeFolder }) => (this.#folder = new HomeFolder(session, workspaces, copies)),
			() => (this.#isLoading = false)
		);
	}
}
