import type { TakenInReport } from '../../model/taken-in';
import type { Workspace } from '../../model/workspace';
import backupWorkerUrl from '../files/backup.worker?worker&url';
import { Thread } from './client-thread';
import type { BackupCalls } from '../protocol';

/** The page's end of backups. All rejections are ProblemError, or AbortError where the signal was aborted. */
export interface BackupClient {
	/**
	 * Everything of a workspace as one file.
	 * @param passphrase '' leaves it unencrypted
	 */
	backup(
		signal: AbortSignal,
		workspace: Workspace,
		passphrase: string,
		onprogress: (fraction: number) => void
	): Promise<Blob>;
	/** Takes what a backup has into a workspace, which keeps all that it holds itself. */
	merge(
		signal: AbortSignal,
		backup: Blob,
		options: { readonly passphrase: string; readonly workspace: string },
		onprogress: (fraction: number) => void
	): Promise<TakenInReport>;
	/**
	 * Makes a workspace of a backup.
	 * @param name of the workspace, where the backup has none
	 */
	restore(
		signal: AbortSignal,
		backup: Blob,
		options: { readonly passphrase: string; readonly name: string },
		onprogress: (fraction: number) => void
	): Promise<Workspace>;
}

/** The worker behind it starts with the first call. */
export function connectBackup(): BackupClient {
	const thread = new Thread<BackupCalls>(backupWorkerUrl);
	return {
		backup: (signal, workspace, passphrase, onprogress) =>
			thread.call(signal, 'backup', { workspace, passphrase }, onprogress),
		merge: (signal, backup, { passphrase, workspace }, onprogress) =>
			thread.call(signal, 'merge', { backup, passphrase, workspace }, onprogress),
		restore: (signal, backup, { passphrase, name }, onprogress) =>
			thread.call(signal, 'restore', { backup, passphrase, name }, onprogress)
	};
}
