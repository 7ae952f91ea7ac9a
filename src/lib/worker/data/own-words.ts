import { LabelIndex } from '../../columns/label-index';
import { labelsCsv, notesCsv } from '../../export/own-words-csv';
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
	switch (kind) {
		case 'notes':
			return notesCsv((await readOwnWords(db)).notes);
		case 'labels':
			return labelsCsv(labelledPins(await readLabels(db), await stored.labels(), await stored.catalogue()));
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
