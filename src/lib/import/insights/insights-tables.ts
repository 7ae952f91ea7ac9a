import type { InsightsSection } from '../../model/insights';
import { isEmptyRow, type TextRow } from '../reported/text-rows';
import { columnNamed, headColumnNamed, isViewName, sectionNamed, sectionOfValues } from './insights-names';

/** Parts the rows of a CSV of Audience insights: a head of two rows per audience, then a table per section. */

/** A section's table. */
export interface InsightsTable {
	/** Its name in the file. */
	readonly title: string;
	/** Null where it is not known what its rows are about. */
	readonly section: InsightsSection | null;
	readonly columns: readonly string[];
	readonly rows: TextRow[];
}

/** What a file says of one audience. */
export interface InsightsPart {
	/** Names and values of the head. */
	readonly head: readonly (readonly [name: string, value: string])[];
	readonly tables: readonly InsightsTable[];
}

/** @returns a part per audience, in the order of the file */
export function insightsPartsOf(rows: readonly TextRow[]): InsightsPart[] {
	const parts: InsightsPart[] = [];
	let names: readonly string[] | null = null;
	let tables: InsightsTable[] = [];
	let table: InsightsTable | null = null;
	let title = '';
	for (const row of rows) {
		const first = row.cells[0] ?? '';
		const isAlone = row.cells.slice(1).every((cell) => cell === '');
		if (isEmptyRow(row)) {
			table = null;
		} else if (row.cells.some(isViewName)) {
			names = row.cells;
		} else if (names !== null) {
			parts.push({ head: headOf(names, row.cells), tables: (tables = []) });
			names = table = null;
			title = '';
		} else if (isAlone && (table === null || sectionNamed(first) !== null)) {
			title = first;
			table = null;
		} else if (isHeader(row) || (table === null && !row.cells.slice(1).some(startsWithDigit))) {
			tables.push((table = tableOf(title || first, row.cells)));
			title = '';
		} else {
			// A table goes on below a blank line; a title may stand above rows without a header.
			table ??= title === '' ? (tables.at(-1) ?? null) : null;
			if (table === null) tables.push((table = tableOf(title || first, [])));
			table.rows.push(row);
		}
	}
	return parts.map((part) => ({ ...part, tables: part.tables.map(withSection) }));
}

function headOf(names: readonly string[], values: readonly string[]): [string, string][] {
	return names.flatMap((name, index): [string, string][] =>
		name === '' ? [] : [[name, values[index] ?? '']]
	);
}

/** The value of a head's column. */
export function headValue({ head }: InsightsPart, column: 'audience' | 'date' | 'size'): string {
	const found = head.find(([name]) =>
		column === 'audience' ? isViewName(name) : headColumnNamed(name) === column
	);
	return found?.[1] ?? '';
}

function isHeader({ cells }: TextRow): boolean {
	return (
		cells.some((cell) => columnNamed(cell) === 'share') && !cells.some((cell) => /^[\d.,]+ ?%?$/.test(cell))
	);
}

function startsWithDigit(cell: string): boolean {
	return /^[-+.,]?\d/.test(cell);
}

function tableOf(title: string, columns: readonly string[]): InsightsTable {
	const isOfInterests = columns.some((name) => columnNamed(name) === 'category');
	const section =
		sectionNamed(title) ?? sectionNamed(columns[0] ?? '') ?? (isOfInterests ? 'interest' : null);
	return { title, section, columns, rows: [] };
}

function withSection(table: InsightsTable): InsightsTable {
	return {
		...table,
		section: table.section ?? sectionOfValues(table.rows.map(({ cells }) => cells[0] ?? ''))
	};
}
