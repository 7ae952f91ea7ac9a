import type { TakenInReport } from '../../model/taken-in';
import { checkBackup, restoreInto } from '../../store/backup/backup';
import { sweepUnfinished } from '../../store/batches';
import { WorkspaceDatabase } from '../../store/database';
import { takeIn, takenInReport } from '../../store/portable/take-in';
import { copyOfWorkspace } from '../../store/portable/workspace-copy';
import { Registry } from '../../store/registry';
import { withWriteLock } from '../locks/write-lock';
import { paceOf } from '../threads/pacing';

/** Shares of the whole: unpacking, looking at what came, taking it in. */
const UNPACKED = 0.4;
const LOOKED_AT = 0.6;

/**
 * Takes what a backup of any version has into a workspace. It is unpacked into a database of its own first, that nobody
 * else knows of, so that a backup is in today's form before anything of it is compared with what is here.
 * @throws ProblemError as checkBackup, with nothing changed; AbortError, where what was taken in by then stays
 */
export async function mergeBackup(
	signal: AbortSignal,
	{ backup, passphrase, workspace }: { backup: Blob; passphrase: string; workspace: string },
	tell: (fraction: number) => void
): Promise<TakenInReport> {
	const reader = await checkBackup(signal, backup, passphrase);
	const registry = new Registry();
	await registry.sweepUnfinished();
	const { key } = await registry.begin('merging');
	const [from, into] = [new WorkspaceDatabase(key), new WorkspaceDatabase(workspace)];
	try {
		await restoreInto(signal, reader, key, (done) => tell((UNPACKED * done) / backup.size));
		await from.open();
		const part = (start: number, end: number) => (done: number, all: number) =>
			tell(start + ((end - start) * done) / Math.max(1, all));
		const copy = await copyOfWorkspace(signal, from, part(UNPACKED, LOOKED_AT));
		const taken = await withWriteLock(signal, workspace, async () => {
			await into.open();
			await sweepUnfinished(into);
			return takeIn(signal, into, paceOf(signal), copy, part(LOOKED_AT, 1));
		});
		const damaged = copy.damaged.map(({ batch, problem }) => ({ file: batch.file, problem }));
		const report = takenInReport(taken);
		return { ...report, refused: [...report.refused, ...damaged] };
	} finally {
		from.close();
		into.close();
		await registry.remove(key);
		registry.close();
	}
}
