import type { OwnParts } from '../own/own-parts';
import type { Session } from './session.svelte';

/** Notes, saved views and labels. What shows them is fetched once the first figures are there. */
export class Own {
	#parts = $state.raw<OwnParts | null>(null);
	#hasFailed = $state(false);
	#isLoading = false;

	/** Null until they are fetched. */
	get parts() {
		return this.#parts;
	}
	/** Whether what there is of them is on screen, or cannot be. */
	get isReady(): boolean {
		return __CLICKHOUSE__ !== null || this.#hasFailed || this.#parts?.state.isReady === true;
	}

	/** Fetches the parts. Offline they may not be there yet: pages are then shown without them. */
	load(session: Session): void {
		if (__CLICKHOUSE__ || this.#isLoading) return;
		this.#isLoading = true;
		import('../own/own-parts').then(
			({ ownParts }) => (this.#parts = ownParts(session)),
			() => (this.#hasFailed = true)
		);
	}
}
