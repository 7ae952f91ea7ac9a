import type { InboxWatch } from '../inbox/inbox-watch.svelte';

/** `none` where the workspace has no inbox; `working` while it is looked through, files are waited for, or imported. */
export type InboxStatus = 'none' | 'working' | 'idle';

/** The inbox of the workspace on screen. What looks through it is fetched once the first figures are there. */
export class Inbox {
	#watch = $state.raw<InboxWatch | null>(null);

	/** Null until it is fetched. */
	get watch() {
		return this.#watch;
	}
	get status(): InboxStatus {
		return this.#watch?.status ?? 'none';
	}

	begin(watch: InboxWatch): void {
		this.#watch = watch;
	}
}
