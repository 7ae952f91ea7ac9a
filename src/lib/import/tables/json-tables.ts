import type { ByteSource } from '../byte-source';
import { flattened } from './flattened';
import { jsonRows, type JsonRow } from './json-rows';
import type { Cell, Table, TableRow } from './table';

/** The tables of a JSON text. All of them are found in one reading; the rows of each are read from the text again. */
export async function jsonTables(signal: AbortSignal, source: ByteSource): Promise<Table[]> {
	const streams = new Map<string, StreamTable>();
	for await (const row of jsonRows(signal, source)) {
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

	/** Adds the columns of a row. */
	look(row: JsonRow): void {
		this.lacksPin ||= row.above.isOfPin && !row.above.hasPin;
		for (const [column] of cellsOf(row)) this.#placeOf(column);
	}

	async *rows(signal: AbortSignal): AsyncGenerator<readonly TableRow[]> {
		let line = 0;
		let rows: TableRow[] = [];
		for await (const row of jsonRows(signal, this.#source)) {
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
