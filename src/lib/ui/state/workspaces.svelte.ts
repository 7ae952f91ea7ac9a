import { ProblemError } from '$lib/model/problem';
import { addressName, FIRST_KEY, workspaceOf, type Workspace } from '$lib/model/workspace';
import type { RegistryClient } from '$lib/worker/page/client-registry';

/** The workspaces there are. The list is read when it is first needed: with one workspace it never is. */
export class Workspaces {
	readonly #registry: RegistryClient;
	#all = $state.raw<readonly Workspace[]>([]);
	#isErasing = false;
	#loading: Promise<readonly Workspace[]> | null = null;

	/** @param registry starts nothing until it is called */
	constructor(registry: RegistryClient) {
		this.#registry = registry;
	}

	/** The first one first; empty until the list is known. */
	get all() {
		return this.#all;
	}

	/** The one that an address names, where the list is known and has it. */
	named(name: string): Workspace | null {
		return workspaceOf(name, this.#all);
	}

	/** What an address calls a workspace. */
	addressName(workspace: Workspace): string {
		return addressName(workspace, this.#all);
	}

	/**
	 * The key of the workspace that an address names.
	 * @throws ProblemError unknown_workspace
	 */
	async keyOf(name: string): Promise<string> {
		if (name === '') return FIRST_KEY;
		const workspace = workspaceOf(name, await this.load());
		if (!workspace) throw new ProblemError({ code: 'unknown_workspace', name });
		return workspace.key;
	}

	/** Reads the list, once. */
	load(): Promise<readonly Workspace[]> {
		return this.#loading ?? this.#reload();
	}

	/** Keeps the list up with what other tabs do. `onRemoved` gets the key of one that is gone. Returns the way to stop. */
	listen(onRemoved: (key: string) => void): () => void {
		return this.#registry.onChanged(({ removedKey }) => {
			if (this.#isErasing) return; // the page is about to leave
			if (removedKey !== null) onRemoved(removedKey);
			void this.#reload();
		});
	}

	/** Makes one, or finds the one of that name. */
	async make(name: string): Promise<Workspace> {
		const workspace = await this.#registry.make(name);
		await this.#reload();
		return workspace;
	}

	/** Returns false where another has that name. */
	async rename(key: string, name: string): Promise<boolean> {
		const isDone = await this.#registry.rename(key, name);
		await this.#reload();
		return isDone;
	}

	/** Deletes one with all that is stored in it. */
	async remove(key: string): Promise<void> {
		await this.#registry.remove(key);
		await this.#reload();
	}

	/** Deletes all that is stored, of all of them. The page has to be left then. */
	async eraseAll(): Promise<void> {
		this.#isErasing = true;
		try {
			await this.#registry.eraseAll();
		} catch (error) {
			this.#isErasing = false;
			throw error;
		}
	}

	/** Reads the list anew: one came to it elsewhere. */
	async reload(): Promise<void> {
		await this.#reload();
	}

	#reload(): Promise<readonly Workspace[]> {
		const loading = this.#read();
		this.#loading = loading;
		// Callers that wait for the list get the error; others need not, and the next call tries again.
		loading.catch(() => {
			if (this.#loading === loading) this.#loading = null;
		});
		return loading;
	}

	async #read(): Promise<readonly Workspace[]> {
		this.#all = await this.#registry.list();
		return this.#all;
	}
}
