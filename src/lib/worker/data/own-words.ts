import { notesCsv } from '../../export/own-words-csv';
import type { OwnCsvKind } from '../../model/own-words';
import type { WorkspaceDatabase } from '../../store/database';
import { readOwnWords } from '../../store/own-words';

export { changeOwnWords, readOwnItem, readOwnWords } from '../../store/own-words';

/** Notes as a file; null where there is nothing to write. */
export async function ownCsv(db: WorkspaceDatabase, kind: OwnCsvKind): Promise<Blob | null> {
	switch (kind) {
		case 'notes':
			return notesCsv((await readOwnWords(db)).notes);
	}
}
