import type { Life, LivesRequest } from '$lib/model/life';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { SvelteMap } from 'svelte/reactivity';

/** The lives of the Pins that come into sight, each asked for once. */
export class PinLives {
	readonly #client: WorkspaceClient;
	readonly #about: Omit<LivesRequest, 'pinIds'>;
	readonly #lives = new SvelteMap<string, Life | null>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
	readonly #asked = new Set<string>();

	constructor(client: WorkspaceClient, about: Omit<LivesRequest, 'pinIds'>) {
		this.#client = client;
		this.#about = about;
	}

	/** A Pin's life; null where it has none, undefined while it is not known. */
	of(pinId: string): Life | null | undefined {
		return this.#lives.get(pinId);
	}

	/** Sees to it that the lives of these Pins will be there. */
	need(pins: readonly string[]): void {
		const pinIds = pins.filter((pinId) => !this.#asked.has(pinId));
		if (pinIds.length > 0) void this.#ask(pinIds);
	}

	async #ask(pinIds: readonly string[]): Promise<void> {
		for (const pinId of pinIds) this.#asked.add(pinId);
		try {
			const lives = await this.#client.lives(new AbortController().signal, { ...this.#about, pinIds });
			pinIds.forEach((pinId, i) => this.#lives.set(pinId, lives[i] ?? null));
		} catch {
			// Asked again when they come into sight again.
			for (const pinId of pinIds) this.#asked.delete(pinId);
		}
	}
}
