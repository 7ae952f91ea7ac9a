import { ownColumn } from '../model/dimension';
import { MAX_OWN_COLUMNS } from '../columns/own-columns';
import { normalName, type Header, type OwnField } from './header';
import { withoutSurroundings } from './cells/surroundings';

/** Which columns of a file are kept as columns of one's own. */
export interface OwnChoice {
	/** Those that the workspace has, with the values that are known already, in the order of their numbers. */
	readonly columns: readonly { readonly name: string; readonly values: readonly string[] }[];
	/** Headers that the user chose, in any spelling. */
	readonly wanted: readonly string[];
}

/** Nothing is kept but what headers say themselves. */
export const NO_OWN_CHOICE: OwnChoice = { columns: [], wanted: [] };

/** So many columns are counted, to be offered. */
const MOST_OFFERED = 32;

/** The name of a column of one's own by its header: in lower case, with `_` for spaces, and without `own.`. */
function ownName(header: string): string {
	const normal = normalName(header);
	return ownColumn(normal) ?? normal;
}

/**
 * A header with its columns of one's own: those that are written `own.…`, that the workspace has already, or that were
 * chosen, as far as there is room for them. The others are still offered.
 */
export function withOwnColumns(header: Header, { columns, wanted }: OwnChoice): Header {
	const known = new Map(columns.map(({ name, values }) => [name, values]));
	const chosen = new Set(wanted.map(ownName));
	const names = new Set(known.keys());
	const own = new Map<string, OwnField>();
	const others: { name: string; field: number }[] = [];
	for (const written of header.unknown) {
		const field = header.names.findIndex((name) => withoutSurroundings(name) === written);
		const name = ownName(written);
		const isWanted = known.has(name) || chosen.has(name) || normalName(written).startsWith('own.');
		const hasRoom = names.has(name) || names.size < MAX_OWN_COLUMNS;
		if (name !== '' && isWanted && hasRoom && !own.has(name)) {
			names.add(name);
			own.set(name, { name, field, values: known.get(name) ?? [] });
		} else others.push({ name: written, field });
	}
	if (header.unknown.length === 0) return header;
	return {
		...header,
		unknown: others.map(({ name }) => name),
		own: [...own.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
		offered: names.size < MAX_OWN_COLUMNS ? others.slice(0, MOST_OFFERED) : []
	};
}
