import type { TakenInReport } from '../../model/taken-in';
import { checkBackup, restoreInto, type CheckedBackup } from '../../store/backup/backup';
import { sweepUnfinished } from '../../store/batches';
import { WorkspaceDatabase } from '../../store/database';
import type { OtherCopy } from '../../store/portable/other-copy';
import { takeIn, takenInReport } from '../../store/portable/take-in';
import { copyOfWorkspace } from '../../store/portable/workspace-copy';
import { Registry } from '../../store/registry';
import { withWriteLock } from '../locks/write-lock';
import { paceOf } from '../threads/pacing';

/** Shares of the whole: checking, bringing an earlier form to today's, taking in. */
const CHECKED = 0.3;
const TODAYS_FORM = 0.6;

/**
 * Takes what a backup of any version has into a workspace.
 * @throws ProblemError as checkBackup, with nothing changed; AbortError, where what was taken in by then stays
 */
export async function mergeBackup(
	signal: AbortSignal,
	{ backup, passphrase, workspace }: { backup: Blob; passphrase: string; workspace: string },
	tell: (fraction: number) => void
): Promise<TakenInReport> {
	const checked = await checkBackup(signal, backup, passphrase, (fraction) => tell(CHECKED * fraction));
	if ('copy' in checked) return takeCopy(signal, workspace, checked.copy, partOf(tell, CHECKED, 1));
	return mergeTables(signal, checked, workspace, tell);
}

async function takeCopy(
	signal: AbortSignal,
	workspace: string,
	copy: OtherCopy,
	tell: (done: number, all: number) => void
): Promise<TakenInReport> {
	const into = new WorkspaceDatabase(workspace);
	try {
		return await withWriteLock(signal, workspace, async () => {
			await into.open();
			await sweepUnfinished(into);
			return takenInReport(await takeIn(signal, into, paceOf(signal), copy, tell));
		});
	} finally {
		into.close();
	}
}

/** A backup of an earlier form is unpacked first, into the database of a workspace that is in no list. */
async function mergeTables(
	signal: AbortSignal,
	backup: CheckedBackup,
	workspace: string,
	tell: (fraction: number) => void
): Promise<TakenInReport> {
	const registry = new Registry();
	await registry.sweepUnfinished();
	const { key } = await registry.begin('merging');
	const from = new WorkspaceDatabase(key);
	try {
		const share = (TODAYS_FORM - CHECKED) / 2;
		const unpack = partOf(tell, CHECKED, CHECKED + share);
		await restoreInto(signal, backup, key, paceOf(signal), (fraction) => unpack(fraction, 1));
		await from.open();
		const copy = await copyOfWorkspace(signal, from, partOf(tell, CHECKED + share, TODAYS_FORM));
		const report = await takeCopy(signal, workspace, copy, partOf(tell, TODAYS_FORM, 1));
		const damaged = copy.damaged.map(({ batch, problem }) => ({ file: batch.file, problem }));
		return { ...report, refused: [...report.refused, ...damaged] };
	} finally {
		from.close();
		await registry.remove(key);
		registry.close();
	}
}

function partOf(tell: (fraction: number) => void, start: number, end: number) {
	return (done: number, all: number) => tell(start + ((end - start) * done) / Math.max(1, all));
}
