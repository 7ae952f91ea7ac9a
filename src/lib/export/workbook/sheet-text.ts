/** Text in the XML of a workbook (ECMA-376, part 1; escapes: 22.9.2.19, ST_Xstring). */

/** What a cell holds at most, in UTF-16 units: a spreadsheet program repairs a file with longer text, or refuses it. */
const MOST_CHARACTERS = 32_767;

const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const SPECIAL =
	// eslint-disable-next-line no-control-regex -- XML cannot hold them, and reads a carriage return as a line feed
	/[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text as XML has it; characters that XML cannot hold as `_x0001_`, and what looks like such an escape escaped. */
export function xmlText(text: string): string {
	return text.replace(SPECIAL, (found) => MARKUP[found] ?? escaped(found.charCodeAt(0)));
}

function escaped(code: number): string {
	return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** The text of a cell: one that is longer than a cell can hold is cut, and ends in an ellipsis. */
export function cellText(text: string): string {
	if (text.length <= MOST_CHARACTERS) return text;
	const cut = text.slice(0, MOST_CHARACTERS - 1);
	// Half of a pair is no character.
	return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
