import { flushSync } from 'svelte';

/** Whether the page is about to be printed, or copied into a report: what stands only there is drawn then. */
export class Paper {
	#isWanted = $state(false);

	get isWanted() {
		return this.#isWanted;
	}

	/** Draws it at once: a browser prints what is there when its event ends. */
	begin(): void {
		flushSync(() => (this.#isWanted = true));
	}

	end(): void {
		this.#isWanted = false;
	}
}
