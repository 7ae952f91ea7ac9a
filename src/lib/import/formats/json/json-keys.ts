import { EVENT_COLUMNS, type EventColumn } from '../../../model/event';
import { withoutSurroundings } from '../../cells/surroundings';
import { normalName } from '../../header';
import type { FieldKeys } from './json-scanner';

const decoder = new TextDecoder();

interface Seen {
	readonly bytes: Uint8Array;
	readonly field: number;
}

/** The keys of a file's objects, as fields of rows. A key has the same field however it is spelt (header.ts). */
export class JsonKeys implements FieldKeys {
	/** The names of the fields, as the file spells them first. */
	readonly names: string[] = [];
	readonly #fields = new Map<string, number>();
	readonly #unknown = new Set<string>();
	/** The columns of events by their fields; null for keys that fill none. */
	readonly #columns: (EventColumn | null)[] = [];
	/** The keys of the last objects by their place: mostly the next object has the same one there. */
	readonly #places: Seen[] = [];
	#isFixed = false;

	/** Takes no more fields than there are, and the columns of events that no object had until now. */
	fix(): void {
		for (const column of EVENT_COLUMNS) if (!this.#fields.has(column)) this.#addField(column, column);
		this.#isFixed = true;
	}

	/** Keys that fill no column of events, as they were spelt first. */
	get unknown(): readonly string[] {
		return [...this.#unknown];
	}

	/** The column of events that a field holds; null where that is none. */
	columnOf(field: number): EventColumn | null {
		return this.#columns[field] ?? null;
	}

	fieldOf(bytes: Uint8Array, start: number, end: number, place: number): number {
		const seen = this.#places[place];
		if (seen && isSame(seen.bytes, bytes, start, end)) return seen.field;
		const field = this.#find(keyText(decoder.decode(bytes.subarray(start, end))));
		this.#places[place] = { bytes: bytes.slice(start, end), field };
		return field;
	}

	#find(name: string): number {
		const normal = normalName(name);
		const known = this.#fields.get(normal);
		if (known !== undefined) return known;
		if (!isColumn(normal)) this.#unknown.add(withoutSurroundings(name));
		return this.#isFixed ? -1 : this.#addField(normal, name);
	}

	#addField(normal: string, name: string): number {
		const field = this.names.push(name) - 1;
		this.#columns[field] = isColumn(normal) ? normal : null;
		this.#fields.set(normal, field);
		return field;
	}
}

function isColumn(normal: string): normal is EventColumn {
	return EVENT_COLUMNS.includes(normal as EventColumn);
}

function isSame(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
	if (key.length !== end - start) return false;
	for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
	return true;
}

/** A key without its escapes, and without NULs. */
function keyText(written: string): string {
	const key = written.replaceAll('\0', '');
	if (!key.includes('\\')) return key;
	try {
		return (JSON.parse(`"${key}"`) as string).replaceAll('\0', '');
	} catch {
		return key;
	}
}
