import type { ColumnType } from '../table';

/** How cells of a workbook look: by number, as `styles.xml` lists them. */

export type StyleName = ColumnType | 'head';

interface CellStyle {
	readonly name: StyleName;
	/** Built in (ECMA-376, part 1, 18.8.30), or a code of our own. */
	readonly format: number | string;
	/** 0 is plain, 1 bold. */
	readonly font: 0 | 1;
}

const TEXT = 49;
const STYLES: readonly CellStyle[] = [
	{ name: 'number', format: 0, font: 0 },
	{ name: 'head', format: TEXT, font: 1 },
	{ name: 'text', format: TEXT, font: 0 },
	{ name: 'id', format: TEXT, font: 0 },
	{ name: 'share', format: 10, font: 0 },
	{ name: 'day', format: 'yyyy-mm-dd', font: 0 },
	{ name: 'stamp', format: 'yyyy-mm-dd hh:mm:ss.000', font: 0 }
];

/** The number of a style. */
export function styleOf(name: StyleName): number {
	return STYLES.findIndex((style) => style.name === name);
}

/** Numbers from here on are those of formats of our own. */
const FIRST_OWN_FORMAT = 164;

/** The part of the workbook that lists them. */
export function stylesXml(): string {
	const own = STYLES.flatMap(({ format }) => (typeof format === 'string' ? [format] : []));
	const numberOf = (format: number | string) =>
		typeof format === 'string' ? FIRST_OWN_FORMAT + own.indexOf(format) : format;
	const formats = own.map((code) => `<numFmt numFmtId="${numberOf(code)}" formatCode="${code}"/>`);
	const styles = STYLES.map(
		({ format, font }) =>
			`<xf numFmtId="${numberOf(format)}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="${font}"/>`
	);
	const font = '<sz val="11"/><name val="Calibri"/><family val="2"/>';
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${own.length}">${formats.join('')}</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${styles.length}">${styles.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}
