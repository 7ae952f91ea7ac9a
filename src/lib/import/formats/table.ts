import { MAX_COLUMNS, neededNames } from '../header';
import { delimitedTable, findHeader } from '../tables/delimited-table';
import { jsonTables } from '../tables/json-tables';
import { readTables } from '../tables/read-tables';
import { ProblemError } from '../../model/problem';
import type { ReportFormat } from './format';

/** Tables of figures, whoever made them. */

/** Text whose cells are parted by a sign. */
export const delimitedFigures: ReportFormat = {
	gives: 'report',
	name: 'table',
	score: ({ bytes, isWhole, text }) => {
		if (/^\s*[[{<]/.test(text)) return 0;
		const header = findHeader(bytes, isWhole);
		if (!header || header.names.length < 2 || header.names.length > MAX_COLUMNS) return 0;
		// With two of the columns that every event file has it is one whose third is missing.
		if (neededNames(header.names) >= 2 && header.known < 3) return 0;
		return header.known > 1 ? 0.8 : 0.3;
	},
	read: async (signal, { source }, context) => {
		const table = await delimitedTable(source);
		return readTables(signal, table ? [table] : [], context);
	}
};

/** JSON in whatever wrapping. */
export const jsonFigures: ReportFormat = {
	gives: 'report',
	name: 'table',
	score: ({ text }) => (/^[\s\uFEFF]*[[{]/.test(text) ? 0.5 : 0),
	read: async (signal, { source }, context) => {
		const tables = await jsonTables(signal, source);
		if (tables.every(({ columns }) => columns.length === 0)) throw new ProblemError({ code: 'unknown_json' });
		return readTables(signal, tables, context);
	}
};
