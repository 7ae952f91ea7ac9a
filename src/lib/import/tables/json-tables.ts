import { ProblemError } from '../../model/problem';
import { nameKey } from '../../model/metric-names';
import { slicesOf, type ByteSource } from '../byte-source';
import { splitJson } from './split-json';
import type { Cell, Table, TableRow } from './table';

/**
 * JSON as tables. Rows are the objects of the arrays that lists stand in, wherever these are: at the top, under `data`
 * or `items`, under an id, by line. What stands above a row and names it (an id, a value of a split, two days) is a column
 * of it; objects inside a row are columns named by the keys of both levels.
 */

/** Keys whose arrays hold rows. */
const ROW_KEYS = new Set(
	'data, items, results, rows, records, pins, boards, daily metrics, values, response, elements, entries, list'
		.split(', ')
		.map(nameKey)
);
/** Keys whose objects repeat what the rows beside them say. */
const REPEATS = new Set(['summarymetric', 'total', 'totals', 'paging', 'pagination', 'summary']);
/** Of the days of an answer. */
const DAYS_KEY = nameKey('daily metrics');
const LIFETIME = /^(?:lifetime|alltime)metric$/;
/** An id as platforms give them. */
const PIN_ID = /^\d{15,20}$/;
/** Deeper objects say nothing of a row. */
const MAX_DEPTH = 4;
const MAX_NESTING = 2_000;
/** An object at the top is held whole, with what stands beside its lists, up to this size. */
const HELD_WHOLE_BYTES = 32 << 20;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** What stands above rows. */
interface Above {
	/** Of the table that they belong to. */
	readonly stream: string;
	readonly cells: readonly (readonly [string, Cell])[];
	/** Whether an answer holds what only answers about one Pin hold. */
	readonly isOfPin: boolean;
	readonly hasPin: boolean;
}

interface JsonRow {
	readonly above: Above;
	readonly object: JsonObject;
	readonly isLevels: boolean;
}

const TOP: Above = { stream: '', cells: [], isOfPin: false, hasPin: false };

/** Tables of a JSON text that are read together; the rows of each are gone through by reading the text again. */
export async function jsonTables(signal: AbortSignal, source: ByteSource): Promise<Table[]> {
	const streams = new Map<string, StreamTable>();
	for await (const row of rowsIn(signal, source)) {
		const name = streamOf(row);
		let table = streams.get(name);
		if (!table) streams.set(name, (table = new StreamTable(name, source, row)));
		table.look(row);
	}
	return [...streams.values()];
}

function streamOf({ above, isLevels }: JsonRow): string {
	return `${above.stream}${isLevels ? ' since the first day' : ''}`;
}

class StreamTable implements Table {
	readonly columns: string[] = [];
	readonly preamble: readonly string[] = [];
	readonly delimiter = null;
	readonly isLevels: boolean;
	lacksPin = false;
	readonly name: string;
	readonly #source: ByteSource;
	readonly #places = new Map<string, number>();

	constructor(name: string, source: ByteSource, first: JsonRow) {
		this.name = name;
		this.#source = source;
		this.isLevels = first.isLevels;
	}

	/** Takes in the names of a row's columns. */
	look(row: JsonRow): void {
		this.lacksPin ||= row.above.isOfPin && !row.above.hasPin;
		for (const [column] of cellsOf(row)) this.#placeOf(column);
	}

	async *rows(signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
		let line = 0;
		let rows: TableRow[] = [];
		for await (const row of rowsIn(signal, this.#source)) {
			if (streamOf(row) !== this.name) continue;
			const cells: Cell[] = new Array<Cell>(this.columns.length).fill(null);
			for (const [column, cell] of cellsOf(row)) cells[this.#placeOf(column)] = cell;
			rows.push({ line: ++line, cells });
			if (rows.length === 1_000) {
				yield rows;
				rows = [];
			}
		}
		if (rows.length > 0) yield rows;
	}

	#placeOf(column: string): number {
		let place = this.#places.get(column);
		if (place === undefined) {
			place = this.columns.push(column) - 1;
			this.#places.set(column, place);
		}
		return place;
	}
}

function* cellsOf({ above, object }: JsonRow): Generator<readonly [string, Cell]> {
	yield* above.cells;
	yield* flattened(object, '', 0);
}

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

async function* rowsIn(signal: AbortSignal, source: ByteSource): AsyncGenerator<JsonRow> {
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
		for (const item of value as readonly Json[]) if (isObject(item)) yield* rowsOf(item, above, key ?? '');
		return;
	}
	if (!isObject(value)) return;
	const envelope = inEnvelope(value);
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
	const inner = entries.filter(([, item]) => isObject(item) || isListOfRows(item));
	const isMap = key === null && entries.length > 0 && inner.length === entries.length;
	const isEmptyMap = key === null && entries.every(([, item]) => Array.isArray(item) && item.length === 0);
	if (isEmptyMap && entries.length > 0) return;
	if (isMap && entries.every(([name]) => !LIFETIME.test(nameKey(name)))) {
		for (const [name, item] of inner) yield* rowsOf(item, below(above, name), null);
		return;
	}
	yield { above, object: value, isLevels: false };
}

/** Rows of an object that holds lists of them, with what else it says. */
function* rowsOfLists(
	object: JsonObject,
	lists: readonly (readonly [string, Json])[],
	above: Above
): Generator<JsonRow> {
	const lifetime = Object.entries(object).find(([name]) => LIFETIME.test(nameKey(name)));
	const own = aboveRows(object, { ...above, isOfPin: above.isOfPin || lifetime !== undefined });
	for (const [name, items] of lists) {
		for (const item of items as readonly Json[]) {
			if (isObject(item)) yield* rowsOf(item, own, name);
		}
	}
	if (lifetime && isObject(lifetime[1]) && Object.keys(lifetime[1]).length > 0) {
		yield { above: own, object: { [lifetime[0]]: lifetime[1] }, isLevels: true };
	}
}

/** What an object says of the rows in it, besides what stands above it. */
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
		isObject(value) &&
		Object.entries(value).some(([name, item]) => nameKey(name) === DAYS_KEY && Array.isArray(item))
	);
}

/** What tools that copy tables put around a row; null for a message that carries none, undefined for no envelope. */
function inEnvelope(
	value: JsonObject
): { row: Json; stream: string; cells: [string, Cell][] } | null | undefined {
	if (isObject(value['_airbyte_data'])) {
		const cells = Object.entries(value).filter(
			(entry): entry is [string, Cell] => entry[1] === null || typeof entry[1] !== 'object'
		);
		return { row: value['_airbyte_data'], stream: '', cells };
	}
	const { type, record, stream } = value;
	if (typeof type !== 'string' || !/^(?:RECORD|SCHEMA|STATE|ACTIVATE_VERSION|BATCH)$/.test(type))
		return undefined;
	if (type !== 'RECORD')
		return 'schema' in value || 'value' in value || 'version' in value ? null : undefined;
	if (!isObject(record)) return null;
	const time = value['time_extracted'];
	return {
		row: record,
		stream: typeof stream === 'string' ? stream : '',
		cells: typeof time === 'string' ? [['time_extracted', time]] : []
	};
}

/** What a key above rows says of them. */
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
	return Array.isArray(value) && (value.length === 0 || value.some(isObject));
}

function isListOfPlain(value: Json): boolean {
	return Array.isArray(value) && value.length > 0 && !value.some(isObject);
}

function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A JSON text as values, whole numbers too long for a double as texts.
 * @throws ProblemError damaged_json; unknown_json where it is nested deeper than any answer
 */
export function parseJson(text: string): Json {
	if (nesting(text) > MAX_NESTING) throw new ProblemError({ code: 'unknown_json' });
	// Numbers in quotes are met first and stay; what remains of 16 digits and more is an id.
	const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
		token.startsWith('"') ? token : `"${token}"`
	);
	try {
		return JSON.parse(exact) as Json;
	} catch {
		throw new ProblemError({ code: 'damaged_json' });
	}
}

/** How deep a text's lists and objects stand in each other. */
function nesting(text: string): number {
	let depth = 0;
	let most = 0;
	let isText = false;
	for (let i = 0; i < text.length; i++) {
		const sign = text[i];
		if (isText) {
			if (sign === '\\') i++;
			else if (sign === '"') isText = false;
		} else if (sign === '"') isText = true;
		else if (sign === '{' || sign === '[') most = Math.max(most, ++depth);
		else if (sign === '}' || sign === ']') depth--;
	}
	return most;
}
