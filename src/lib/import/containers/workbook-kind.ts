import type { ZipEntry } from './zip-directory';

/** Parts by which the workbooks of spreadsheet programs are known: they are zip archives of their own kinds. */
const OTHER_WORKBOOKS: readonly (readonly string[])[] = [
	['xl/workbook.bin'], // .xlsb
	['mimetype', 'content.xml'], // .ods
	['Index/Document.iwa'] // .numbers
];

/** Which kind of workbook an archive is: one that is read here, another one, or null where it is none. */
export function workbookIn(entries: readonly ZipEntry[]): 'xlsx' | 'other' | null {
	const names = new Set(entries.map(({ name }) => name));
	if (names.has('xl/workbook.xml')) return 'xlsx';
	return OTHER_WORKBOOKS.some((parts) => parts.every((part) => names.has(part))) ? 'other' : null;
}
