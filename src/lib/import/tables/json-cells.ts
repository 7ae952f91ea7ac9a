import { nameKey } from '../../model/metric-names';
import { flattened } from './flattened';
import { isJsonObject, parseJson } from './parse-json';
import type { TableProfile } from './profile';
import type { Cell, Table, TableRow } from './table';

/** Cells of delimited text and workbooks that hold an object as JSON: its keys count as columns. */

/** The table with such cells as columns; null where it has none. */
export function withJsonCells(table: Table, profile: TableProfile): Table | null {
	const places = table.columns.flatMap((name, i) => {
		const own = profile.columns[i];
		const isOf =
			own && own.filled > 0 && own.objects > own.filled / 2 && nameKey(name) === nameKey('metrics');
		return isOf ? [i] : [];
	});
	if (places.length === 0) return null;
	const columns = [...table.columns];
	const known = new Map<string, number>();
	const placeOf = (name: string) => {
		let place = known.get(name);
		if (place === undefined) known.set(name, (place = columns.push(name) - 1));
		return place;
	};
	const expand = ({ line, cells }: TableRow): TableRow => {
		const all: Cell[] = table.columns.map((_, i) => cells[i] ?? null);
		const beyond = cells.slice(table.columns.length);
		for (const place of places) {
			for (const [key, value] of cellsIn(table.columns[place] as string, all[place] ?? null)) {
				const at = placeOf(key);
				while (all.length <= at) all.push(null);
				all[at] = value;
			}
		}
		return { line, cells: [...all, ...beyond] };
	};
	return {
		...table,
		columns,
		rows: async function* (signal) {
			for await (const rows of table.rows(signal)) yield rows.map(expand);
		}
	};
}

function cellsIn(name: string, cell: Cell): (readonly [string, Cell])[] {
	if (typeof cell !== 'string' || !cell.startsWith('{')) return [];
	try {
		const value = parseJson(cell);
		return isJsonObject(value) ? [...flattened(value, name, 0)] : [];
	} catch {
		return []; // a cell that is no JSON after all gives no figures
	}
}
