import { problemOf } from '../../model/problem';
import { FIRST_KEY, type Workspace } from '../../model/workspace';
import { Thread } from './client-thread';
import type { RegistryCalls } from '../protocol';
import { onRegistryChange, type RegistryChange } from '../registry/registry-changes';
import registryWorkerUrl from '../registry/registry.worker?worker&url';

/** The page's end of the list of workspaces. All rejections are ProblemError. */
export interface RegistryClient {
	/** All of them, the first one first. */
	list(): Promise<readonly Workspace[]>;
	/** Makes one, or returns the one that has this name already. */
	make(name: string): Promise<Workspace>;
	/** Returns false where another has that name. */
	rename(key: string, name: string): Promise<boolean>;
	/** Deletes one with all that is stored in it. The first one stays, empty. */
	remove(key: string): Promise<void>;
	/** Deletes all that is stored, of all workspaces. */
	eraseAll(): Promise<void>;
	/** Called after every change, whichever tab made it. Returns the way to stop listening. */
	onChanged(listener: (change: RegistryChange) => void): () => void;
}

/** The worker behind it starts with the first call. */
export function connectRegistry(): RegistryClient {
	const thread = new Thread<RegistryCalls>(registryWorkerUrl);
	return {
		list: async () => {
			try {
				return await thread.call(null, 'list', null);
			} catch (error) {
				// Where nothing is kept, there is the one that is in memory.
				if (problemOf(error).code === 'storage_refused') return [{ key: FIRST_KEY, name: '' }];
				throw error;
			}
		},
		make: (name) => thread.call(null, 'make', { name }),
		rename: (key, name) => thread.call(null, 'rename', { key, name }),
		remove: async (key) => void (await thread.call(null, 'remove', { key })),
		eraseAll: async () => void (await thread.call(null, 'eraseAll', null)),
		onChanged: onRegistryChange
	};
}
