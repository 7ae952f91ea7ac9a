import type { Problem } from '../model/problem';
import { REFUSAL_SIGNATURES, type Columns } from './refusal-signatures';
import { plainName } from './cells/plain-name';

/** In a line above a header, what may part its cells. */
const SEPARATORS = /[,;\t|]/;

/**
 * The problem of a table that is recognised as something else than figures of Pins, so that a sentence can say what it is
 * and what to export instead; null for all others. A table that has figures of Pins beside columns of another kind is not
 * refused.
 * @param names its columns
 * @param preamble the lines above its header
 */
export function refusalOf(names: readonly string[], preamble: readonly string[]): Problem | null {
	// Where the header was not found, it is among the lines above.
	const above = preamble.map((line) => line.split(SEPARATORS)).filter((cells) => cells.length > 1);
	const rows = [names, ...above];
	const tables = rows.map(columnsOf);
	const lines = [...preamble, ...names];
	const found = REFUSAL_SIGNATURES.find(({ line, isOf, unless }) => {
		if (rows.some((row) => row.some(unless))) return false;
		return lines.some((text) => line?.test(text)) || tables.some(isOf);
	});
	return found?.problem ?? null;
}

function columnsOf(names: readonly string[]): Columns {
	const words = names.map((name) => plainName(name.normalize('NFD')));
	const count = (word: RegExp) => words.filter((name) => word.test(name)).length;
	return { words, count, has: (word) => count(word) > 0 };
}
