import type { ReportContents } from '../../columns/report-contents';
import { revealFormula } from '../../model/csv-cell';
import type { LabelledPin } from '../../model/own-words';
import { withoutSurroundings } from '../cells/surroundings';
import { FactCollector, type RowFault } from '../reported/fact-collector';
import { delimiterOf, isEmptyRow, readTextRows } from '../reported/text-rows';
import { wholeText } from '../whole-text';
import type { ReportFormat } from './format';

/** A list of labels and the Pins that bear them: `label,pin_id`, in either order, as an archive of everything has it. */

const COLUMNS = ['label', 'pin_id'] as const;
/** Stands for Pins without a label, so no label can be called so. */
const NONE = /^none$/i;
/** What a spreadsheet makes of an id: its last digits are lost. */
const SCIENTIFIC = /^\d([.,]\d+)?e\+?\d+$/i;
const SEPARATOR_LINE = /^"?sep=(.)"?[ \t]*(?=[\r\n])/i;

export const labelList: ReportFormat = {
	gives: 'report',
	name: 'label_list',
	score: ({ text }) => (headerOf(text) ? 1 : 0),
	read: async (signal, { source }) => ({
		outcome: 'read',
		contents: readLabelList(await wholeText(signal, source)),
		columns: []
	})
};

interface Header {
	readonly delimiter: string;
	readonly names: readonly string[];
}

const nameOf = (cell: string) =>
	withoutSurroundings(cell)
		.toLowerCase()
		.replace(/[\s-]+/g, '_');

/** The header of such a list; null where the text begins otherwise. */
function headerOf(text: string): Header | null {
	const body = text.replace(/^\uFEFF/, '').replace(SEPARATOR_LINE, '');
	const line = /\S.*/.exec(body)?.[0] ?? '';
	const delimiter = SEPARATOR_LINE.exec(text.replace(/^\uFEFF/, ''))?.[1] ?? delimiterOf(line);
	const names = line.split(delimiter).map((cell) => nameOf(cell.trim().replace(/^"(.*)"$/, '$1')));
	const isList = names.length === COLUMNS.length && COLUMNS.every((name) => names.includes(name));
	return isList ? { delimiter, names } : null;
}

/** @throws ProblemError unclosed_quote */
function readLabelList(text: string): ReportContents {
	const { delimiter, names } = headerOf(text)!;
	const collector = new FactCollector();
	const labels: LabelledPin[] = [];
	// The line `sep=` is left blank, so that later ones keep their numbers.
	const body = text.replace(/^\uFEFF/, '').replace(SEPARATOR_LINE, '');
	const rows = readTextRows(body, delimiter).filter((row) => !isEmptyRow(row));
	for (const { line, cells } of rows.slice(1)) {
		const cell = (name: (typeof COLUMNS)[number]) =>
			withoutSurroundings(revealFormula(cells[names.indexOf(name)] ?? ''));
		const [label, pinId] = [cell('label'), cell('pin_id')];
		const fault = faultOf(label, pinId, cells);
		if (fault) collector.reject(line, fault, cells, COLUMNS);
		else {
			labels.push({ label, pinId });
			collector.accept();
		}
	}
	return { ...collector.result(), labels };
}

function faultOf(label: string, pinId: string, cells: readonly string[]): RowFault | null {
	if (cells.slice(COLUMNS.length).some((cell) => cell !== ''))
		return { column: null, reason: 'too_many_fields', value: '' };
	if (label === '') return { column: 'label', reason: 'missing_value', value: '' };
	if (NONE.test(label)) return { column: 'label', reason: 'unknown_value', value: label };
	if (pinId === '') return { column: 'pin_id', reason: 'missing_value', value: '' };
	return SCIENTIFIC.test(pinId) ? { column: 'pin_id', reason: 'spoilt_id', value: pinId } : null;
}
