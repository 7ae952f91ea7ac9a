/**
 * How many rows a text has, counted the plainest way there is: a character at a time, with nothing of the app's own.
 */

/**
 * Rows of delimited text below its header, which is the first row of the first lines that names what every event needs.
 * A first line `sep=` says by what cells are parted.
 */
export function countEventRows(text: string, delimiter: string): number {
	const plain = text.replace(/^\uFEFF/, '');
	const sep = /^"?sep=([\t -!#-/:-@[-`{-~])"?[ \t]*(\r\n|\r|\n)/i.exec(plain);
	const by = sep?.[1] ?? delimiter;
	const below = sep ? plain.slice(sep[0].length) : plain;
	const lineStarts = [
		0,
		...Array.from(below.matchAll(/\r\n|\r|\n/g), ({ 0: end, index }) => index + end.length)
	];
	const header = lineStarts.slice(0, 31).find((start) => isHeader(below.slice(start, start + 65_536), by));
	return countDelimitedRows(below.slice(header ?? 0), by);
}

/** What a row begins with that adds up the others: it is none of its own. */
const SUM = /(?:^|[\s"',;|])(?:grand |total|summ|gesamt)/i;

/**
 * Rows of a table whose header stands on its first line, or of a JSON list of plain objects.
 * @param names of the columns, as they were read
 * @returns null where rows cannot be counted without knowing more: where something stands above the header, a row may add
 * up others, or quotes and ends of lines are of several kinds
 */
export function countTableRows(text: string, names: readonly string[]): number | null {
	const plain = text.replace(/^\uFEFF/, '');
	if (/^\s*\[/.test(plain)) return countPlainObjects(plain);
	const [first = '', ...others] = plain.split('\n');
	if (others.some((line) => SUM.test(line)) || plain.includes('"') || /[\r\0]/.test(plain)) return null;
	const delimiter = [',', ';', '\t', '|'].find((sign) => {
		const cells = first.split(sign).map((cell) => cell.trim());
		return cells.length > 1 && cells.length === names.length && cells.every((cell, i) => cell === names[i]);
	});
	return delimiter === undefined ? null : countDelimitedRows(plain, delimiter);
}

function countPlainObjects(text: string): number | null {
	if (SUM.test(text)) return null;
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return null;
	}
	const isPlain = (item: unknown) =>
		typeof item === 'object' &&
		item !== null &&
		!('type' in item) &&
		Object.values(item).every((own) => typeof own !== 'object' || own === null);
	return Array.isArray(value) && value.every(isPlain) ? value.length : null;
}

/** Whether a text starts with a row that names what every event needs. */
function isHeader(text: string, delimiter: string): boolean {
	const names: string[] = [];
	for (let at = 0; ; at++) {
		const start = at;
		if (text[at] === '"') at = closingQuote(text, at + 1, delimiter) + 1;
		while (text[at] !== delimiter && !isRowEnd(text, at)) at++;
		names.push(
			text
				.slice(start, at)
				.toLowerCase()
				.replace(/[^a-z]/g, '')
		);
		if (isRowEnd(text, at)) break;
	}
	return ['timestamp', 'event', 'pinid'].every((name) => names.includes(name));
}

/**
 * Rows of delimited text, its header not counted. Empty lines are none. A quote at the start of a cell opens it, and the
 * next one that is not doubled and has the cell's end behind it, or spaces and the cell's end, closes it.
 */
function countDelimitedRows(text: string, delimiter: string): number {
	let rows = 0;
	let cells = 1;
	let isEmpty = true; // the current cell
	let at = text.startsWith('\uFEFF') ? 1 : 0;
	while (at < text.length) {
		const character = text[at]!;
		if (character === '"' && isEmpty) {
			at = closingQuote(text, at + 1, delimiter) + 1;
			isEmpty = false;
			// Two quotes and nothing else make an empty line that is none on paper, but no row either.
			if (text.slice(at - 2, at) === '""' && cells === 1 && isLineStart(text, at - 2))
				isEmpty = isRowEnd(text, at);
			continue;
		}
		at++;
		if (character === delimiter) {
			cells++;
			isEmpty = true;
		} else if (character === '\n' || character === '\r') {
			if (character === '\r' && text[at] === '\n') at++;
			if (cells > 1 || !isEmpty) rows++;
			cells = 1;
			isEmpty = true;
		} else isEmpty = false;
	}
	if (cells > 1 || !isEmpty) rows++;
	return rows - 1;
}

/** Whether lines end in more than one way, of which PapaParse would use one. */
export function hasLoneReturns(text: string): boolean {
	return /\r(?!\n)/.test(text) && text.includes('\n');
}

/** Lines of NDJSON that hold anything. */
export function countFilledLines(text: string): number {
	return text.split('\n').filter((line) => /[^ \t\r\uFEFF]/.test(line)).length;
}

/** Elements of a JSON array, also of one under a key; null where the text is not JSON to the letter. */
export function countJsonElements(text: string): number | null {
	try {
		return elementsIn(JSON.parse(text));
	} catch {
		return null;
	}
}

function elementsIn(value: unknown): number | null {
	if (Array.isArray(value)) return value.length;
	if (typeof value !== 'object' || value === null) return null;
	for (const [key, member] of Object.entries(value)) {
		if (!/^(data|items|results|rows|records)$/i.test(key)) continue;
		const elements = elementsIn(member);
		if (elements !== null) return elements;
	}
	return null;
}

function closingQuote(text: string, from: number, delimiter: string): number {
	for (let at = from; ; at++) {
		at = text.indexOf('"', at);
		if (at < 0) return text.length;
		if (text[at + 1] === '"') at++;
		else if (isCellEnd(text, at + 1, delimiter)) return at;
	}
}

function isCellEnd(text: string, at: number, delimiter: string): boolean {
	let end = at;
	while (text[end] !== delimiter && !isRowEnd(text, end) && text[end]!.trim() === '') end++;
	return text[end] === delimiter || isRowEnd(text, end);
}

function isRowEnd(text: string, at: number): boolean {
	return at >= text.length || text[at] === '\n' || text[at] === '\r';
}

function isLineStart(text: string, at: number): boolean {
	return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r' || (at === 1 && text[0] === '\uFEFF');
}
