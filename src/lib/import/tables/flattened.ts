import { nameKey } from '../../model/metric-names';
import type { JsonObject } from './parse-json';
import type { Cell } from './table';

/** Keys of objects beside rows that hold sums of these rows, or where the next page is. */
const REPEATS = new Set(['summarymetric', 'total', 'totals', 'paging', 'pagination', 'summary']);
/** Objects that are nested deeper hold no figures of a row. */
const MAX_DEPTH = 4;

/** The values of an object by the keys that lead to them; lists are no values. */
export function* flattened(
	object: JsonObject,
	prefix: string,
	depth: number
): Generator<readonly [string, Cell]> {
	for (const [key, value] of Object.entries(object)) {
		const name = prefix === '' ? key : `${prefix}.${key}`;
		if (value === null || typeof value !== 'object') {
			yield [name, typeof value === 'string' ? value.replaceAll('\0', '') : value];
		} else if (!Array.isArray(value) && depth < MAX_DEPTH && !REPEATS.has(nameKey(key))) {
			yield* flattened(value as JsonObject, name, depth + 1);
		}
	}
}
