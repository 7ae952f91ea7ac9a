import { checkBackup, restoreInto, writeBackup } from '../../store/backup/backup';
import { WorkspaceDatabase } from '../../store/database';
import { Registry } from '../../store/registry';
import { answerCalls, type Port } from '../threads/call';
import type { BackupCalls } from '../protocol';
import { mergeBackup } from './merge-backup';
import { paceOf } from '../threads/pacing';
import { announceRegistry } from '../registry/registry-changes';
import { RESTORE, announceChange, withWriteLock } from '../locks/write-lock';

/** The worker that makes backups and workspaces of them. Started only for one. */

/** Share of the whole that the check of a backup takes before anything is written. */
const CHECKED = 0.3;

answerCalls<BackupCalls>(self as unknown as Port, {
	backup: (signal, { workspace, passphrase }, tell) =>
		withWriteLock(signal, workspace.key, async () => {
			const db = new WorkspaceDatabase(workspace.key);
			try {
				await db.open();
				const of = { workspace: workspace.name, passphrase };
				return await writeBackup(signal, db, of, ({ done, all }) => tell(all === 0 ? 1 : done / all));
			} finally {
				db.close();
			}
		}),

	merge: (signal, { backup, passphrase, workspace }, tell) =>
		withWriteLock(signal, RESTORE, async () => {
			const report = await mergeBackup(signal, { backup, passphrase, workspace }, tell);
			announceChange(workspace);
			announceChange(workspace, 'own_words');
			return report;
		}),

	restore: (signal, { backup, passphrase, name }, tell) =>
		withWriteLock(signal, RESTORE, async () => {
			const checked = await checkBackup(signal, backup, passphrase, (fraction) => tell(CHECKED * fraction));
			const registry = new Registry();
			await registry.sweepUnfinished();
			const workspace = await registry.begin(checked.header.workspace || name);
			try {
				await restoreInto(signal, checked, workspace.key, paceOf(signal), (fraction) =>
					tell(CHECKED + (1 - CHECKED) * fraction)
				);
				await registry.finish(workspace.key);
			} catch (error) {
				await registry.remove(workspace.key);
				throw error;
			}
			announceRegistry({ removedKey: null });
			return workspace;
		})
});
