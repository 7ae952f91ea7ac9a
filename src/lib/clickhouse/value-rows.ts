/**
 * Values as the rows of a tab-separated file of one column. A backslash starts an escape there, and tabs and line ends
 * divide; all else stands for itself.
 */
const ESCAPES: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	'\t': '\\t',
	'\n': '\\n',
	'\r': '\\r',
	'\0': '\\0'
};

/** The rows of a table of values, each with its line end. */
export function valueRows(values: readonly string[]): string {
	return values.map((value) => `${value.replace(/[\\\t\n\r\0]/g, (c) => ESCAPES[c] as string)}\n`).join('');
}
