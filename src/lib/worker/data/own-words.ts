import { LabelIndex } from '../../columns/label-index';
import { csvOf } from '../../export/csv-file';
import { labelsTable, notesTable } from '../../export/own-words-tables';
import type { Table } from '../../export/table';
import type { LabelledPin, OwnCsvKind } from '../../model/own-words';
import { namedPins, type Label } from '../../model/own-words';
import { compareText } from '../../model/text-order';
import type { WorkspaceDatabase } from '../../store/database';
import type { StoredData } from './stored-data';
import type { Catalogue } from '../../columns/catalogue';
import { readLabels, readOwnWords } from '../../store/own-words';

export { changeOwnWords, readOwnItem, readOwnWords } from '../../store/own-words';

/** Which Pins bear which label. */
export async function labelIndex(db: WorkspaceDatabase, catalogue: Catalogue): Promise<LabelIndex> {
	return new LabelIndex(await readLabels(db), catalogue);
}

/** Notes or labels as a file; null where there is nothing to write. */
export async function ownCsv(
	db: WorkspaceDatabase,
	stored: StoredData,
	kind: OwnCsvKind
): Promise<Blob | null> {
	const table = await ownTable(db, stored, kind);
	return table && csvOf(table);
}

/** Notes or labels as a table; null where there is nothing to write. */
export async function ownTable(
	db: WorkspaceDatabase,
	stored: StoredData,
	kind: OwnCsvKind
): Promise<Table | null> {
	switch (kind) {
		case 'notes':
			return notesTable((await readOwnWords(db)).notes);
		case 'labels':
			return labelsTable(labelledPins(await readLabels(db), await stored.labels(), await stored.catalogue()));
	}
}

/** All that bear a label, by label and Pin: those of its rule, and those that are named even where nothing is stored of them. */
function* labelledPins(
	labels: readonly Label[],
	index: LabelIndex,
	catalogue: Catalogue
): Generator<LabelledPin> {
	for (const label of index.names) {
		const named = labels.filter(({ name }) => name === label).flatMap(namedPins);
		const byRule = Array.from(index.pinsOf(label), (pin) => catalogue.pinId(pin));
		for (const pinId of [...new Set([...named, ...byRule])].sort(compareText)) yield { label, pinId };
	}
}
