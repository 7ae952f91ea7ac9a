import { hasRule, type Label, type LabelledPin } from '../model/own-words';
import type { StoredBatch, StoredOwn, WorkspaceDatabase } from './database';

/**
 * Labels that files bring. A file's Pins stand in the label under the file's fingerprint, so that they go with its import
 * and leave what is named by hand, or by another file. Within the transaction that stores or deletes the batch.
 */

/** Adds the Pins of a file's labels; labels that are not known yet are made. */
export async function addLabelsOfFile(
	db: WorkspaceDatabase,
	{ fingerprint, importedAt, stamp }: StoredBatch,
	rows: readonly LabelledPin[]
): Promise<void> {
	if (rows.length === 0) return;
	const byName = new Map<string, Set<string>>();
	for (const { label, pinId } of rows) {
		const pins = byName.get(label);
		if (pins) pins.add(pinId);
		else byName.set(label, new Set([pinId]));
	}
	const stored = new Map((await db.labels.toArray()).map((label) => [label.id, label]));
	const known = new Map([...stored.values()].filter(isPresent).map((label) => [label.name, label]));
	await db.labels.bulkPut(
		[...byName].map(([name, pins]): Label => {
			const old = known.get(name) ?? newLabel(name, stored);
			const others = old.ofFiles.filter((file) => file.fingerprint !== fingerprint);
			const changedAt = Math.max(importedAt, stamp, old.changedAt + 1);
			return { ...old, changedAt, ofFiles: [...others, { fingerprint, pinIds: [...pins], changedAt }] };
		})
	);
}

/** Takes a file's Pins out of all labels. A label of which nothing is left then goes too. */
export async function removeLabelsOfFile(
	db: WorkspaceDatabase,
	batch: StoredBatch | undefined
): Promise<void> {
	if (batch?.report?.kind !== 'labels') return;
	const { fingerprint, stamp } = batch;
	const now = Math.max(Date.now(), stamp + 1);
	const changed = (await db.labels.toArray()).filter(isPresent).flatMap((label): StoredOwn<Label>[] => {
		const own = label.ofFiles.find((file) => file.fingerprint === fingerprint);
		if (!own || own.pinIds.length === 0) return [];
		const changedAt = Math.max(now, label.changedAt + 1);
		const taken = { fingerprint, pinIds: [], changedAt };
		const ofFiles = label.ofFiles.map((file) => (file === own ? taken : file));
		const isNamed = label.pinIds.length > 0 || ofFiles.some(({ pinIds }) => pinIds.length > 0);
		if (!isNamed && !hasRule(label)) return [{ id: label.id, changedAt, isDeleted: true }];
		return [{ ...label, changedAt, ofFiles }];
	});
	await db.labels.bulkPut(changed);
}

function isPresent(stored: StoredOwn<Label>): stored is Label {
	return !('isDeleted' in stored);
}

/** A label that a file makes has the same id in every copy of the workspace, so that it is one label where they meet. */
function newLabel(name: string, stored: ReadonlyMap<string, StoredOwn<Label>>): Label {
	const rule = { words: '', createdFrom: null, createdTo: null };
	const ofName = `label of files: ${name}`;
	const earlier = stored.get(ofName);
	// It may have been given another name since.
	const id = earlier && isPresent(earlier) ? crypto.randomUUID() : ofName;
	const deleted = earlier && !isPresent(earlier) ? { deletedAt: earlier.changedAt } : {};
	return { id, changedAt: earlier?.changedAt ?? 0, name, ...rule, pinIds: [], ofFiles: [], ...deleted };
}
