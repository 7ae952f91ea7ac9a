import type { LabelledPin, Note } from '../model/own-words';
import { columnsOf, unlessEmpty, type Column, type Row, type Table } from './table';

const LABEL_COLUMNS: readonly Column[] = [
	{ name: 'label', type: 'text' },
	{ name: 'pin_id', type: 'id' }
];
const NOTE_COLUMNS: readonly Column[] = [...columnsOf('day', ['from', 'to']), { name: 'text', type: 'text' }];

/**
 * Labels: a row a Pin and label, in the order given. As CSV it can be imported.
 * @returns null where no Pin bears a label
 */
export function labelsTable(labelled: Iterable<LabelledPin>): Table | null {
	return unlessEmpty({ columns: LABEL_COLUMNS, rows: labelRows(labelled) });
}

function* labelRows(labelled: Iterable<LabelledPin>): Generator<Row> {
	for (const { label, pinId } of labelled) yield [label, pinId];
}

/**
 * Notes: a row a note, in the order given.
 * @returns null where there is none
 */
export function notesTable(notes: readonly Pick<Note, 'from' | 'to' | 'text'>[]): Table | null {
	return unlessEmpty({ columns: NOTE_COLUMNS, rows: notes.map(({ from, to, text }) => [from, to, text]) });
}
