import type { WorkspaceClient } from '$lib/worker/page/workspace-client';

/** The clients of workspaces by their names in addresses: of the one on screen, and of those where work goes on. */
export class Clients {
	readonly #connect: (name: string) => WorkspaceClient;
	readonly #clients = new Map<string, WorkspaceClient>();
	/** How much work goes on with each, whatever is on screen. */
	readonly #work = new Map<WorkspaceClient, number>();

	/** @param connect starts the client of a workspace */
	constructor(connect: (name: string) => WorkspaceClient) {
		this.#connect = connect;
	}

	/** The client of a workspace, which may be one that is not on screen. */
	of(name: string): WorkspaceClient {
		let client = this.#clients.get(name);
		if (!client) this.#clients.set(name, (client = this.#connect(name)));
		return client;
	}

	/** The same, ready to be asked for what is stored. */
	async opened(name: string): Promise<WorkspaceClient> {
		const isThere = this.#clients.has(name);
		const client = this.of(name);
		if (!isThere) await client.open();
		return client;
	}

	/** Does work with a client, which stays until that is over, whichever workspace is on screen by then. */
	async during<T>(client: WorkspaceClient, work: () => Promise<T>): Promise<T> {
		this.#count(client, 1);
		try {
			return await work();
		} finally {
			this.#count(client, -1);
		}
	}

	/** Ends the workers of workspaces that are not on screen, but for those where work goes on, or that would forget all. */
	leaveOthers(onScreen: string): void {
		for (const [name, client] of this.#clients) {
			if (name === onScreen || this.#work.has(client) || client.isInMemory) continue;
			client.close();
			this.#clients.delete(name);
		}
	}

	/** Ends the workers of all of them. */
	close(): void {
		for (const client of this.#clients.values()) client.close();
	}

	#count(client: WorkspaceClient, more: 1 | -1): void {
		const work = (this.#work.get(client) ?? 0) + more;
		if (work > 0) this.#work.set(client, work);
		else this.#work.delete(client);
	}
}
