/**
 * SQL that no value can get into. A statement is put together from pieces that are written here in the source, from whole
 * numbers, and from the names of tables of values: what people bring travels beside the text, as the rows of such
 * a table, in the way that every release of ClickHouse has for data that come along with a query.
 */

/** A table of one column `v` of texts that is sent along with a statement. */
export type ValueTables = ReadonlyMap<string, readonly string[]>;

/** A piece of SQL, or a whole statement, with its values. */
export class Sql {
	readonly text: string;
	readonly values: ValueTables;

	/** Not for use outside of this module: see `sql`, `ours` and `valuesTable`. */
	constructor(text: string, values: ValueTables) {
		this.text = text;
		this.values = values;
	}
}

const NO_VALUES: ValueTables = new Map();

/** Text that is our own: written in the source, or checked against something that is. Never a value that somebody brought. */
export function ours(text: string): Sql {
	return new Sql(text, NO_VALUES);
}

/**
 * Puts pieces together: sql`SELECT count() FROM ${table} LIMIT ${5}`. Between the braces stand pieces and whole
 * numbers, nothing else.
 * @throws TypeError for all else, whatever the types say
 */
export function sql(texts: TemplateStringsArray, ...holes: readonly (Sql | number)[]): Sql {
	let text = texts[0] as string;
	let values = NO_VALUES;
	holes.forEach((hole, i) => {
		if (typeof hole === 'number' && Number.isSafeInteger(hole)) text += String(hole);
		else if (hole instanceof Sql) {
			text += hole.text;
			values = together(values, hole.values);
		} else throw new TypeError('sql: neither a piece nor a whole number');
		text += texts[i + 1] as string;
	});
	return new Sql(text, values);
}

/** Pieces with a text of our own between them. */
export function joined(pieces: readonly Sql[], between: string): Sql {
	const values = pieces.reduce((all, piece) => together(all, piece.values), NO_VALUES);
	return new Sql(pieces.map(({ text }) => text).join(between), values);
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A name as it is. Names are plain (letters, digits, underscores), so they need no quotes.
 * @throws RangeError
 */
export function name(text: string): Sql {
	if (!PLAIN_NAME.test(text)) throw new RangeError(`sql: not a plain name: ${text}`);
	return ours(text);
}

/**
 * A name as a text, for the tables in which a server says what it has.
 * @throws RangeError where it is not plain
 */
export function nameText(text: string): Sql {
	return ours(`'${name(text).text}'`);
}

/** The name of a table that holds these values: for `x IN …` and `(SELECT v FROM …)`. */
export function valuesTable(tableName: string, values: readonly string[]): Sql {
	return new Sql(name(tableName).text, new Map([[tableName, values]]));
}

function together(a: ValueTables, b: ValueTables): ValueTables {
	if (a.size === 0) return b;
	if (b.size === 0) return a;
	const all = new Map(a);
	for (const [tableName, values] of b) {
		const known = all.get(tableName);
		if (known && JSON.stringify(known) !== JSON.stringify(values))
			throw new Error(`sql: two tables of values are called ${tableName}`);
		all.set(tableName, values);
	}
	return all;
}
