import type { InboxAbout, SeenFile } from '../model/inbox';
import { RECENT_FILES } from '../model/inbox';
import type { StoredFolder, WorkspaceDatabase } from './database';

/** The folder that is a workspace's inbox, and the files of it that were taken. */

/** The folder; null where none is chosen. */
export async function readInbox(db: WorkspaceDatabase): Promise<StoredFolder | null> {
	return (await db.folders.get('inbox')) ?? null;
}

/**
 * Makes a folder the inbox, in place of the one before.
 * @param isSame whether it is the one that it was before: its files then count as seen
 */
export async function chooseInbox(
	db: WorkspaceDatabase,
	handle: FileSystemDirectoryHandle,
	{ isSame, nowMs }: { readonly isSame: boolean; readonly nowMs: number }
): Promise<void> {
	await db.transaction('rw', db.folders, db.inboxFiles, async () => {
		if (!isSame) await db.inboxFiles.clear();
		await db.folders.put({ role: 'inbox', handle, chosenAt: nowMs, key: null, salt: null });
	});
}

/** Forgets the folder and what was seen in it. The folder itself is not touched. */
export async function forgetInbox(db: WorkspaceDatabase): Promise<void> {
	await db.transaction('rw', db.folders, db.inboxFiles, async () => {
		await db.inboxFiles.clear();
		await db.folders.delete('inbox');
	});
}

/** The files that were taken. */
export async function readSeen(db: WorkspaceDatabase): Promise<readonly SeenFile[]> {
	const stored = await db.inboxFiles.toArray();
	return stored.map(({ path, ...file }) => ({ name: path, ...file }));
}

/**
 * Notes what became of files.
 * @param chosenAt of the folder that they are of: where another was chosen meanwhile, nothing is noted
 * @returns the revision of the list by then; null where nothing was noted
 */
export async function noteSeen(
	db: WorkspaceDatabase,
	chosenAt: number,
	files: readonly SeenFile[]
): Promise<number | null> {
	return db.transaction('rw', db.folders, db.inboxFiles, async () => {
		const folder = await db.folders.get('inbox');
		if (folder?.chosenAt !== chosenAt) return null;
		await db.inboxFiles.bulkPut(files.map(({ name, ...file }) => ({ path: name, ...file })));
		const revision = (folder.revision ?? 0) + 1;
		await db.folders.put({ ...folder, revision });
		return revision;
	});
}

/** What an inbox did so far. */
export function aboutInbox(chosenAt: number, seen: readonly SeenFile[]): InboxAbout {
	const counts = { imported: 0, already_there: 0, asked: 0, failed: 0, left_out: 0, put_off: 0 };
	for (const { outcome } of seen) counts[outcome]++;
	const recent = seen.toSorted((a, b) => b.seenAt - a.seenAt || b.modifiedMs - a.modifiedMs);
	return { chosenAt, counts, recent: recent.slice(0, RECENT_FILES) };
}
