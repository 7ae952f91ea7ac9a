/** What one tab sends the others about the list of workspaces. */
export interface RegistryChange {
	/** Set where a workspace and all its data are gone. */
	readonly removedKey: string | null;
}

const CHANGES = 'tackboard-workspaces';

/** Tells every tab, this one included. */
export function announceRegistry(change: RegistryChange): void {
	const channel = new BroadcastChannel(CHANGES);
	channel.postMessage(change);
	channel.close();
}

/** Calls back when the list of workspaces has changed. Returns the way to stop. */
export function onRegistryChange(listener: (change: RegistryChange) => void): () => void {
	const channel = new BroadcastChannel(CHANGES);
	channel.addEventListener('message', (event) => listener(event.data as RegistryChange));
	return () => channel.close();
}

/** What is sent while everything is being deleted. */
export interface EraseProgress {
	/** Whether another tab holds what is to be deleted, so that it has to be waited for. */
	readonly isWaiting: boolean;
}

export const ERASURE = 'tackboard-erasure';

/** Tells every tab, this one included. */
export function announceErasure(progress: EraseProgress): void {
	const channel = new BroadcastChannel(ERASURE);
	channel.postMessage(progress);
	channel.close();
}
