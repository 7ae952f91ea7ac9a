import type { RowPeople, RowPeopleRequest } from '$lib/model/row-people';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { SvelteMap } from 'svelte/reactivity';

/** The people of rows that are on screen, by the rows' names, each asked for once. */
export class PeopleByName {
	readonly #client: WorkspaceClient;
	readonly #about: Omit<RowPeopleRequest, 'names'>;
	readonly #people = new SvelteMap<string | null, RowPeople>();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
	readonly #asked = new Set<string | null>();

	constructor(client: WorkspaceClient, about: Omit<RowPeopleRequest, 'names'>) {
		this.#client = client;
		this.#about = about;
	}

	/** Whether the people of any row have no value. */
	get hasGaps(): boolean {
		return [...this.#people.values()].some(({ now }) => now.total_audience === null);
	}

	/** The people of a row; undefined while they are not known. */
	of(name: string | null): RowPeople | undefined {
		return this.#people.get(name);
	}

	/** Sees to it that the people of these rows will be there. */
	need(rows: readonly (string | null)[]): void {
		const names = rows.filter((name) => !this.#asked.has(name));
		if (names.length > 0) void this.#ask(names);
	}

	async #ask(names: readonly (string | null)[]): Promise<void> {
		for (const name of names) this.#asked.add(name);
		try {
			const people = await this.#client.rowPeople(new AbortController().signal, { ...this.#about, names });
			names.forEach((name, i) => people[i] && this.#people.set(name, people[i]));
		} catch {
			// Asked again with the next rows.
			for (const name of names) this.#asked.delete(name);
		}
	}
}
