import type { Top, TopPin } from '$lib/model/answer';
import type { PinListRequest } from '$lib/model/query';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { SvelteMap } from 'svelte/reactivity';

/** Rows asked for at once. */
const PAGE = 100;

/** The rows of the full list of Pins, asked for a page at a time as they come into sight. */
export class PinPages {
	readonly #client: WorkspaceClient;
	readonly #list: Omit<PinListRequest, 'first' | 'count'>;
	readonly #first: Top<TopPin>;
	readonly #pages = new SvelteMap<number, readonly TopPin[]>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
	readonly #asked = new Set<number>();

	/** `first` are the rows that are there already, from the top. */
	constructor(client: WorkspaceClient, list: Omit<PinListRequest, 'first' | 'count'>, first: Top<TopPin>) {
		this.#client = client;
		this.#list = list;
		this.#first = first;
	}

	/** The row at a place, from 0; undefined while it is not there. */
	row(index: number): TopPin | undefined {
		return this.#first.rows[index] ?? this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
	}

	/** Sees to it that the rows from `first` to `last` will be there. */
	need(first: number, last: number): void {
		for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) {
			const isThere = this.#first.rows.length >= Math.min(this.#first.total, (page + 1) * PAGE);
			if (!isThere && !this.#asked.has(page)) void this.#ask(page);
		}
	}

	async #ask(page: number): Promise<void> {
		this.#asked.add(page);
		try {
			const request = { ...this.#list, first: page * PAGE, count: PAGE };
			const { rows } = await this.#client.pins(new AbortController().signal, request);
			this.#pages.set(page, rows);
		} catch {
			// Asked again when it comes into sight again.
			this.#asked.delete(page);
		}
	}
}
