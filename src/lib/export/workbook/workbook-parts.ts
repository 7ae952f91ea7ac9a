import { xmlText } from './sheet-text';

/** The parts of a workbook beside its sheets (ECMA-376, part 1, 12.3; part 2 for the package). */

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The type of the file. */
export const WORKBOOK_TYPE = `${CONTENT}.sheet`;

export const SHARED_TEXTS_PART = 'xl/sharedStrings.xml';
export const STYLES_PART = 'xl/styles.xml';

/** The part of a sheet, counted from 0. */
export function sheetPart(index: number): string {
	return `xl/worksheets/sheet${index + 1}.xml`;
}

/** What holds a workbook together: parts by name, for sheets with these names. */
export function workbookParts(names: readonly string[]): readonly (readonly [name: string, xml: string])[] {
	const sheets = names.map((name, i) => ({ name, id: i + 1, part: sheetPart(i) }));
	const styles = sheets.length + 1;
	const list = sheets.map(
		({ name, id }) => `<sheet name="${xmlText(name)}" sheetId="${id}" r:id="rId${id}"/>`
	);
	const relations = [
		...sheets.map(({ id, part }) => relation(id, 'worksheet', part.slice('xl/'.length))),
		relation(styles, 'styles', 'styles.xml'),
		relation(styles + 1, 'sharedStrings', 'sharedStrings.xml')
	];
	const types = [
		override('xl/workbook.xml', 'sheet.main'),
		...sheets.map(({ part }) => override(part, 'worksheet')),
		override(STYLES_PART, 'styles'),
		override(SHARED_TEXTS_PART, 'sharedStrings')
	];
	return [
		[
			'xl/workbook.xml',
			`${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><bookViews><workbookView/></bookViews><sheets>${list.join('')}</sheets></workbook>`
		],
		['xl/_rels/workbook.xml.rels', relationships(relations)],
		['_rels/.rels', relationships([relation(1, 'officeDocument', 'xl/workbook.xml')])],
		[
			'[Content_Types].xml',
			`${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types.join('')}</Types>`
		]
	];
}

function relationships(relations: readonly string[]): string {
	return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`;
}

function relation(id: number, type: string, target: string): string {
	return `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

function override(part: string, type: string): string {
	return `<Override PartName="/${part}" ContentType="${CONTENT}.${type}+xml"/>`;
}
