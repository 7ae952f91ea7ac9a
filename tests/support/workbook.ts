import { zipSync, type Zippable } from 'fflate';
import { utf8 } from './memory-workspace';

/** Workbooks put together part by part, as spreadsheet programs write them. */

export interface WorkbookSheet {
	readonly name: string;
	/** The `<row>` elements. */
	readonly rows: string;
	readonly state?: 'hidden' | 'veryHidden';
}

export interface WorkbookParts {
	readonly sheets: readonly WorkbookSheet[];
	/** The `<si>` elements. */
	readonly sharedStrings?: string;
	/** Number formats of the styles that cells name by their place, from 0. */
	readonly formats?: readonly string[];
	readonly is1904?: boolean;
	readonly more?: Zippable;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

export function workbook({ sheets, sharedStrings, formats = [], is1904, more }: WorkbookParts): Uint8Array {
	const relations = [
		...sheets.map((_, i) => relation(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
		relation('rIdStyles', 'styles', 'styles.xml'),
		...(sharedStrings === undefined ? [] : [relation('rIdStrings', 'sharedStrings', 'sharedStrings.xml')])
	];
	const names = sheets.map(
		({ name, state }, i) =>
			`<sheet name="${name}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="rId${i + 1}"/>`
	);
	const numFmts = formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`);
	const xfs = formats.map((_, i) => `<xf numFmtId="${164 + i}" applyNumberFormat="1"/>`);
	const parts: Record<string, string> = {
		'[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
		'_rels/.rels': relationList([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
		'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">${
			is1904 ? '<workbookPr date1904="1"/>' : ''
		}<sheets>${names.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relationList(relations),
		'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${numFmts.join('')}</numFmts><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`
	};
	if (sharedStrings !== undefined)
		parts['xl/sharedStrings.xml'] = `<sst xmlns="${MAIN}">${sharedStrings}</sst>`;
	sheets.forEach(({ rows }, i) => {
		parts[`xl/worksheets/sheet${i + 1}.xml`] =
			`<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
	});
	return zipSync({
		...Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, utf8(xml)])),
		...more
	});
}

function relation(id: string, type: string, target: string): string {
	return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
}

function relationList(relations: readonly string[]): string {
	return `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}
