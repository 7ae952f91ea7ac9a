import { changeOwnWords } from '../../src/lib/store/own-words';
import type { WorkspaceDatabase } from '../../src/lib/store/database';

/** Stores labels with the Pins that they name. */
export async function giveLabels(
	db: WorkspaceDatabase,
	labels: Readonly<Record<string, readonly string[]>>
): Promise<void> {
	const rule = { words: '', createdFrom: null, createdTo: null };
	for (const [name, pinIds] of Object.entries(labels))
		await changeOwnWords(db, 1, { kind: 'labels', id: name, text: { name, ...rule, pinIds } });
}
