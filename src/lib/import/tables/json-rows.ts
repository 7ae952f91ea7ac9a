import { nameKey } from '../../model/metric-names';
import { slicesOf, type ByteSource } from '../byte-source';
import { jsonEnvelope } from './json-envelope';
import { isJsonObject, parseJson, type Json, type JsonObject } from './parse-json';
import { splitJson } from './split-json';
import type { Cell } from './table';

/**
 * The rows of JSON: the objects of its arrays, wherever these are: at the top, under `data` or `items`, under an id, by
 * line. What stands above a row and names it (an id, a value of a split, two days) is a column of it; objects inside a row
 * are columns named by the keys of both levels.
 */

/** Keys whose arrays hold rows. */
const ROW_KEYS = new Set(
	'data, items, results, rows, records, pins, boards, daily metrics, values, response, elements, entries, list'
		.split(', ')
		.map(nameKey)
);
/** The key of the days of an answer. */
const DAYS_KEY = nameKey('daily metrics');
const LIFETIME = /^(?:lifetime|alltime)metric$/;
/** An id as platforms give them. */
const PIN_ID = /^\d{15,20}$/;
/** An object at the top is held whole, with what stands beside its lists, up to this size. */
const HELD_WHOLE_BYTES = 32 << 20;

/** What the keys and objects above rows give for them. */
interface Above {
	/** Of the table that they belong to. */
	readonly stream: string;
	readonly cells: readonly (readonly [string, Cell])[];
	/** Whether an answer holds what only answers about one Pin hold. */
	readonly isOfPin: boolean;
	readonly hasPin: boolean;
}

/** An object that is a row, and what it is in. */
export interface JsonRow {
	readonly above: Above;
	readonly object: JsonObject;
	readonly isLevels: boolean;
}

const TOP: Above = { stream: '', cells: [], isOfPin: false, hasPin: false };

/** All rows of a JSON text, read from its bytes. */
export async function* jsonRows(signal: AbortSignal, source: ByteSource): AsyncGenerator<JsonRow> {
	const isLarge = source.byteLength > HELD_WHOLE_BYTES;
	const isCut = (key: string) => isLarge && (isRowKey(key) || /^\d+$/.test(key));
	for await (const { keys, text } of splitJson(signal, slicesOf(source, 1 << 20), isCut)) {
		const value = parseJson(text);
		const above = keys.reduce((own, key) => (isRowKey(key) ? own : below(own, key)), TOP);
		yield* rowsOf(
			value,
			above,
			keys.length > 0 && isRowKey(keys.at(-1) as string) ? (keys.at(-1) as string) : null
		);
	}
}

/** The rows that a value holds. */
function* rowsOf(value: Json, above: Above, key: string | null): Generator<JsonRow> {
	if (Array.isArray(value)) {
		for (const item of value as readonly Json[])
			if (isJsonObject(item)) yield* rowsOf(item, above, key ?? '');
		return;
	}
	if (!isJsonObject(value)) return;
	const envelope = jsonEnvelope(value);
	if (envelope === null) return;
	if (envelope) {
		yield* rowsOf(
			envelope.row,
			{ ...above, stream: envelope.stream, cells: [...above.cells, ...envelope.cells] },
			''
		);
		return;
	}
	const entries = Object.entries(value);
	const lists = entries.filter(
		([name, item]) => isRowKey(name) && Array.isArray(item) && !isListOfPlain(item)
	);
	if (lists.length > 0) {
		yield* rowsOfLists(value, lists, above);
		return;
	}
	const parts = key === null ? entries.filter(([, item]) => isPartOfAnswer(item)) : [];
	if (parts.length > 0) {
		const own = aboveRows(value, above);
		for (const [name, item] of parts) yield* rowsOf(item, below(own, name), null);
		return;
	}
	const inner = entries.filter(([, item]) => isJsonObject(item) || isListOfRows(item));
	const isMap = key === null && entries.length > 0 && inner.length === entries.length;
	const isEmptyMap = key === null && entries.every(([, item]) => Array.isArray(item) && item.length === 0);
	if (isEmptyMap && entries.length > 0) return;
	if (isMap && entries.every(([name]) => !LIFETIME.test(nameKey(name)))) {
		for (const [name, item] of inner) yield* rowsOf(item, below(above, name), null);
		return;
	}
	yield { above, object: value, isLevels: false };
}

/** Rows of an object that holds lists of them, with its other values. */
function* rowsOfLists(
	object: JsonObject,
	lists: readonly (readonly [string, Json])[],
	above: Above
): Generator<JsonRow> {
	const lifetime = Object.entries(object).find(([name]) => LIFETIME.test(nameKey(name)));
	const own = aboveRows(object, { ...above, isOfPin: above.isOfPin || lifetime !== undefined });
	for (const [name, items] of lists) {
		for (const item of items as readonly Json[]) {
			if (isJsonObject(item)) yield* rowsOf(item, own, name);
		}
	}
	if (lifetime && isJsonObject(lifetime[1]) && Object.keys(lifetime[1]).length > 0) {
		yield { above: own, object: { [lifetime[0]]: lifetime[1] }, isLevels: true };
	}
}

/** What an object gives for the rows in it, besides what stands above it. */
function aboveRows(object: JsonObject, above: Above): Above {
	const scalars = Object.entries(object).filter(
		(entry): entry is [string, Cell] => entry[1] === null || typeof entry[1] !== 'object'
	);
	return {
		...above,
		cells: [...above.cells, ...scalars],
		hasPin:
			above.hasPin ||
			scalars.some(([name, cell]) => ['pinid', 'id'].includes(nameKey(name)) && PIN_ID.test(String(cell)))
	};
}

/** Whether a value is the part of an answer by days that one value of a split has, or `all`. */
function isPartOfAnswer(value: Json): boolean {
	return (
		isJsonObject(value) &&
		Object.entries(value).some(([name, item]) => nameKey(name) === DAYS_KEY && Array.isArray(item))
	);
}

/** What a key above rows gives for them. */
function below(above: Above, key: string): Above {
	if (PIN_ID.test(key)) return { ...above, hasPin: true, cells: [...above.cells, ['pin_id', key]] };
	if (/^\d+$/.test(key)) return above; // a campaign's, or that of another thing that its rows name themselves
	return { ...above, cells: [...above.cells, ['split', key]] };
}

function isRowKey(key: string): boolean {
	return ROW_KEYS.has(nameKey(key));
}

/** Whether a value is a list of objects; an empty one may be. */
function isListOfRows(value: Json): boolean {
	return Array.isArray(value) && (value.length === 0 || value.some(isJsonObject));
}

function isListOfPlain(value: Json): boolean {
	return Array.isArray(value) && value.length > 0 && !value.some(isJsonObject);
}
