import { ProblemError, problemOf } from '../../model/problem';
import type { WorkspaceDatabase } from '../database';
import type { HomeDirectory } from './home-directory';
import { homeFileBlocks, saltOf } from './home-file';
import { HOME_ENDING, HomeKeys } from './home-keys';

/**
 * The keys of a folder that was chosen. Where it holds files of Tackboard's, the passphrase must be theirs.
 * @param passphrase '' for none
 * @throws ProblemError passphrase_needed, wrong_passphrase, home_without_passphrase
 */
export async function keysOfFolder(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	directory: HomeDirectory,
	passphrase: string
): Promise<HomeKeys> {
	for (const name of [...(await directory.names())].sort()) {
		signal.throwIfAborted();
		const file = name.endsWith(HOME_ENDING) ? await directory.file(name) : null;
		if (!file) continue;
		const salt = await saltOf(file).catch(() => undefined);
		if (salt === undefined) continue; // cut or foreign: it says nothing
		if (salt === null && passphrase !== '') throw new ProblemError({ code: 'home_without_passphrase' });
		if (salt !== null && passphrase === '') throw new ProblemError({ code: 'passphrase_needed' });
		const keys = await HomeKeys.from(passphrase, salt);
		if (salt === null || (await opens(db, keys, file))) return keys;
	}
	return HomeKeys.from(passphrase, null);
}

/** @throws ProblemError wrong_passphrase */
async function opens(db: WorkspaceDatabase, keys: HomeKeys, file: File): Promise<boolean> {
	try {
		await homeFileBlocks(keys, db.verno, file).next();
		return true;
	} catch (error) {
		if (problemOf(error).code === 'wrong_passphrase') throw error;
		return false;
	}
}
