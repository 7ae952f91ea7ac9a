import { Registry } from '../../store/registry';
import { answerCalls, type Port } from '../threads/call';
import type { RegistryCalls } from '../protocol';
import { announceErasure, announceRegistry } from './registry-changes';
import { RESTORE, ifNobodyWrites, withHomeLock, withWriteLock } from '../locks/write-lock';

/** The worker that keeps the list of workspaces: which there are, and what they are called. */

let opened: Registry | null = null;

function registry(): Registry {
	if (opened) return opened;
	const own = (opened = new Registry());
	// A backup that was being restored when the browser went away: what it left is of no use.
	void ifNobodyWrites(RESTORE, () => own.sweepUnfinished()).catch(() => {});
	return own;
}

answerCalls<RegistryCalls>(self as unknown as Port, {
	list: () => registry().list(),

	make: async (_, { name }) => {
		const workspace = await registry().make(name);
		announceRegistry({ removedKey: null });
		return workspace;
	},

	rename: async (_, { key, name }) => {
		const isDone = await registry().rename(key, name);
		if (isDone) announceRegistry({ removedKey: null });
		return isDone;
	},

	remove: async (signal, { key }) => {
		await withFoldersAndWrites(signal, key, () => registry().remove(key));
		announceRegistry({ removedKey: key });
		return null;
	},

	eraseAll: async (signal) => {
		const all = await registry().list();
		const tellWaiting = (isWaiting: boolean) => announceErasure({ isWaiting });
		// Whoever imports into one of them is waited for, one after the other.
		const locked = all.reduceRight(
			(inner, { key }) =>
				() =>
					withFoldersAndWrites(
						signal,
						key,
						() => {
							tellWaiting(false);
							return inner();
						},
						() => tellWaiting(true)
					),
			() => registry().eraseAll(tellWaiting)
		);
		await locked();
		for (const { key } of all) announceRegistry({ removedKey: key });
		return null;
	}
});

/** Has a workspace for oneself: nobody writes to it, and nothing of it is on its way to a folder. */
function withFoldersAndWrites<T>(
	signal: AbortSignal,
	key: string,
	work: () => Promise<T>,
	onWait?: () => void
): Promise<T> {
	return withHomeLock(signal, key, () => withWriteLock(signal, key, work, onWait));
}
