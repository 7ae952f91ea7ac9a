import type { HomeReport } from '../../model/home-folder';
import { firstTurn, type WaitingFile } from '../../model/folder-files';
import { sweepUnfinished } from '../../store/batches';
import { WorkspaceDatabase } from '../../store/database';
import { keysOfFolder } from '../../store/home/choose-home';
import { HomeKeys } from '../../store/home/home-keys';
import { syncHome } from '../../store/home/sync-home';
import { announceChange, withHomeLock, withWriteLock } from '../locks/write-lock';
import type { HomeCalls } from '../protocol';
import { answerCalls, type Port } from '../threads/call';
import { paceOf } from '../threads/pacing';
import { pickedDirectory } from './picked-directory';

/** The worker that keeps home folders. Started only where one is chosen, or about to be. */

/** Of the folder that was used last: keys take a while to be derived, and files a while to stand still. */
let known: Known | null = null;

interface Known {
	readonly workspace: string;
	readonly chosenAt: number;
	readonly keys: HomeKeys;
	/** Files that were not whole when the folder was looked at last. */
	readonly waiting: Map<string, WaitingFile>;
	turn: number;
}

answerCalls<HomeCalls>(self as unknown as Port, {
	homeFolder: (_, { workspace }) =>
		withDatabase(workspace, async (db) => {
			const folder = await db.folders.get('home');
			return folder ? { handle: folder.handle, isEncrypted: folder.key !== null } : null;
		}),

	chooseHome: (signal, { workspace, handle, passphrase }) =>
		withHomeLock(signal, workspace, () =>
			withDatabase(workspace, async (db) => {
				const keys = await keysOfFolder(signal, db, pickedDirectory(handle), passphrase);
				const { salt, material: key } = keys;
				const chosenAt = Date.now();
				await db.transaction('rw', db.folders, db.homeFiles, async () => {
					await db.homeFiles.clear();
					await db.folders.put({ role: 'home', handle, chosenAt, key, salt });
				});
				known = { workspace, chosenAt, keys, waiting: new Map(), turn: firstTurn() };
				return null;
			})
		),

	forgetHome: (signal, { workspace }) =>
		withHomeLock(signal, workspace, () =>
			withDatabase(workspace, async (db) => {
				await db.transaction('rw', db.folders, db.homeFiles, async () => {
					await db.homeFiles.clear();
					await db.folders.delete('home');
				});
				known = null;
				return null;
			})
		),

	syncHome: (signal, { workspace, isThorough }, tell) =>
		withHomeLock(signal, workspace, () =>
			withDatabase(workspace, async (db): Promise<HomeReport | null> => {
				const folder = await db.folders.get('home');
				if (!folder) return null;
				const { chosenAt, key, salt, handle } = folder;
				if (known?.workspace !== workspace || known.chosenAt !== chosenAt)
					known = {
						workspace,
						chosenAt,
						keys: new HomeKeys(key, salt),
						waiting: new Map(),
						turn: firstTurn()
					};
				const home = { directory: pickedDirectory(handle), keys: known.keys };
				const report = await syncHome(signal, db, home, {
					pause: paceOf(signal),
					now: () => performance.timeOrigin + performance.now(),
					isThorough,
					turn: known.turn++,
					waiting: known.waiting,
					locked: (work) =>
						withWriteLock(signal, workspace, async () => {
							await sweepUnfinished(db);
							try {
								return await work();
							} finally {
								// Told even where it ends in between: what came by then is there.
								announceChange(workspace);
								announceChange(workspace, 'own_words');
							}
						}),
					tell: (done, all) => tell(done / Math.max(1, all))
				});
				return report;
			})
		)
});

async function withDatabase<T>(workspace: string, work: (db: WorkspaceDatabase) => Promise<T>): Promise<T> {
	const db = new WorkspaceDatabase(workspace);
	try {
		await db.open();
		return await work(db);
	} finally {
		db.close();
	}
}
