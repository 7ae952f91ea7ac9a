import { APP_LOCK } from '../../offline/app-lock';

/**
 * One writer at a time per workspace, over all tabs: imports number texts on from what is stored, so two at once would
 * give the same numbers to different texts. Others wait their turn.
 *
 * Whoever writes also shares in the lock that a new version of the app takes alone before it takes over.
 */

/** In place of a workspace's key: held while a backup is being made a workspace. */
export const RESTORE = 'restoring a backup';

/** Set where nobody else can get at what is stored, and where there may be no locks at all. */
let isAlone = false;
let lastWrite: Promise<unknown> = Promise.resolve();

/** From now on only this thread writes: its data is in its own memory. */
export function writeAlone(): void {
	isAlone = true;
}

/**
 * @param onWait called where another tab is writing, before it is waited for
 */
export async function withWriteLock<T>(
	signal: AbortSignal,
	workspace: string,
	write: () => Promise<T>,
	onWait?: () => void
): Promise<T> {
	if (isAlone) return inTurn(write);
	const name = lockName(workspace);
	return navigator.locks.request(APP_LOCK, { mode: 'shared', signal }, async () => {
		const isBusy = onWait && (await navigator.locks.query()).held?.some((held) => held.name === name);
		if (isBusy) onWait();
		return navigator.locks.request(name, { signal }, write);
	});
}

/** Does something that needs nobody to be writing, now or not at all. */
export async function ifNobodyWrites(workspace: string, work: () => Promise<void>): Promise<void> {
	if (isAlone) return inTurn(work);
	await navigator.locks.request(lockName(workspace), { ifAvailable: true }, async (lock) => {
		if (lock) await work();
	});
}

function inTurn<T>(write: () => Promise<T>): Promise<T> {
	const result = lastWrite.then(write);
	lastWrite = result.catch(() => {});
	return result;
}

/**
 * Has a workspace's home folder for oneself, over all tabs. Who also writes to the workspace takes that lock second.
 */
export async function withHomeLock<T>(
	signal: AbortSignal,
	workspace: string,
	work: () => Promise<T>
): Promise<T> {
	if (isAlone) return work();
	return navigator.locks.request(`tackboard-home-${workspace}`, { signal }, work);
}

/** Does something that only one tab at a time may do, once no other does it. */
export async function inTurnOfTabs<T>(name: string, work: () => Promise<T>): Promise<T> {
	return navigator.locks.request(`tackboard-${name}`, work);
}

function lockName(workspace: string): string {
	return `tackboard-write-${workspace}`;
}

/** What tabs notify each other of: what was imported, or the notes, views and labels. */
const CHANNELS = { data: 'tackboard-changes', own_words: 'tackboard-own-words' } as const;
type Changed = keyof typeof CHANNELS;

/** Tells the other tabs that what is stored in a workspace has changed. */
export function announceChange(workspace: string, changed: Changed = 'data'): void {
	const channel = new BroadcastChannel(CHANNELS[changed]);
	channel.postMessage(workspace);
	channel.close();
}

/** Calls back when a workspace was changed by another tab or worker. Returns the way to stop. */
export function onChange(workspace: string, listener: () => void, changed: Changed = 'data'): () => void {
	const channel = new BroadcastChannel(CHANNELS[changed]);
	channel.addEventListener('message', (event) => {
		if (event.data === workspace) listener();
	});
	return () => channel.close();
}
