/**
 * One writer at a time per workspace, over all tabs: imports number texts on from what is stored, so two at once would
 * give the same numbers to different texts. Others wait their turn.
 */
export async function withWriteLock<T>(
	signal: AbortSignal,
	workspace: string,
	write: () => Promise<T>
): Promise<T> {
	return navigator.locks.request(lockName(workspace), { signal }, write);
}

/** Does something that needs nobody to be writing, now or not at all. */
export async function ifNobodyWrites(workspace: string, work: () => Promise<void>): Promise<void> {
	await navigator.locks.request(lockName(workspace), { ifAvailable: true }, async (lock) => {
		if (lock) await work();
	});
}

function lockName(workspace: string): string {
	return `tackboard-write-${workspace}`;
}

const CHANGES = 'tackboard-changes';

/** Tells the other tabs that what is stored in a workspace has changed. */
export function announceChange(workspace: string): void {
	const channel = new BroadcastChannel(CHANGES);
	channel.postMessage(workspace);
	channel.close();
}

/** Calls back when a workspace was changed by another tab or worker. Returns the way to stop. */
export function onChange(workspace: string, listener: () => void): () => void {
	const channel = new BroadcastChannel(CHANGES);
	channel.addEventListener('message', (event) => {
		if (event.data === workspace) listener();
	});
	return () => channel.close();
}
