import { hasRule, type Label, type LabelledPin } from '../model/own-words';
import type { StoredBatch, StoredOwn, WorkspaceDatabase } from './database';

/**
 * Labels that files bring. A file's Pins stand in the label under the file's fingerprint, so that they go with its import
 * and leave what is named by hand, or by another file. Within the transaction that stores or deletes the batch.
 */

/** Adds the Pins of a file's labels; labels that are not known yet are made. */
export async function addLabelsOfFile(
	db: WorkspaceDatabase,
	{ fingerprint, importedAt }: StoredBatch,
	rows: readonly LabelledPin[]
): Promise<void> {
	if (rows.length === 0) return;
	const byName = new Map<string, Set<string>>();
	for (const { label, pinId } of rows) {
		const pins = byName.get(label);
		if (pins) pins.add(pinId);
		else byName.set(label, new Set([pinId]));
	}
	const known = new Map((await present(db)).map((label) => [label.name, label]));
	await db.labels.bulkPut(
		[...byName].map(([name, pins]): Label => {
			const old = known.get(name) ?? newLabel(name);
			const others = old.ofFiles.filter((file) => file.fingerprint !== fingerprint);
			return {
				...old,
				changedAt: Math.max(importedAt, old.changedAt + 1),
				ofFiles: [...others, { fingerprint, pinIds: [...pins] }]
			};
		})
	);
}

/** Takes a file's Pins out of all labels. A label of which nothing is left then goes too. */
export async function removeLabelsOfFile(
	db: WorkspaceDatabase,
	batch: StoredBatch | undefined
): Promise<void> {
	if (batch?.report?.kind !== 'labels') return;
	const { fingerprint } = batch;
	const now = Date.now();
	const changed = (await present(db)).flatMap((label): StoredOwn<Label>[] => {
		const ofFiles = label.ofFiles.filter((file) => file.fingerprint !== fingerprint);
		if (ofFiles.length === label.ofFiles.length) return [];
		const changedAt = Math.max(now, label.changedAt + 1);
		const isEmpty = ofFiles.length + label.pinIds.length === 0 && !hasRule(label);
		if (isEmpty) return [{ id: label.id, changedAt, isDeleted: true }];
		return [{ ...label, changedAt, ofFiles }];
	});
	await db.labels.bulkPut(changed);
}

async function present(db: WorkspaceDatabase): Promise<Label[]> {
	return (await db.labels.toArray()).filter((stored): stored is Label => !('isDeleted' in stored));
}

function newLabel(name: string): Label {
	const rule = { words: '', createdFrom: null, createdTo: null };
	return { id: crypto.randomUUID(), changedAt: 0, name, ...rule, pinIds: [], ofFiles: [] };
}
