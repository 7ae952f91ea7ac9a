import { MAX_MADE_EXPORTS, type MadeExport } from '../model/made-export';
import type { WorkspaceDatabase } from './database';

/** The exports that were made of a workspace, newest first. */

const KEY = 'made-exports';

/** The exports that were made, the latest first. */
export async function readMadeExports(db: WorkspaceDatabase): Promise<readonly MadeExport[]> {
	return ((await db.settings.get(KEY))?.value ?? []) as readonly MadeExport[];
}

/** Puts an export at the head of the list. The same export again only moves there. */
export async function noteMadeExport(
	db: WorkspaceDatabase,
	made: MadeExport
): Promise<readonly MadeExport[]> {
	return db.transaction('rw', db.settings, async () => {
		const isSame = (each: MadeExport) =>
			each.what === made.what && each.route === made.route && each.search === made.search;
		const others = (await readMadeExports(db)).filter((each) => !isSame(each));
		const value = [made, ...others].slice(0, MAX_MADE_EXPORTS);
		await db.settings.put({ key: KEY, value });
		return value;
	});
}
