import { EVENT_COLUMNS, NEEDED_COLUMNS, type EventColumn } from '../model/event';
import type { Problem } from '../model/problem';
import { withoutSurroundings } from './cells/surroundings';

/** Which field of a row holds which column. */
export interface Header {
	/** The names as the file has them. */
	readonly names: readonly string[];
	/** Per column of EVENT_COLUMNS its field's index, or -1. */
	readonly fieldOf: Readonly<Record<EventColumn, number>>;
	/** Columns of the file that are not kept. */
	readonly unknown: readonly string[];
	/** Columns of one's own that are kept, by name, and others that could be (own-header.ts). */
	readonly own?: readonly OwnField[];
	readonly offered?: readonly { readonly name: string; readonly field: number }[];
}

/** A field that is a column of one's own. */
export interface OwnField {
	readonly name: string;
	readonly field: number;
	/** Its values that have a number already, in that order. */
	readonly values: readonly string[];
}

/** Tables with more columns are read by no format: it could not be decided which of them is meant. */
export const MAX_COLUMNS = 1_000;

/** A header name as it is compared: case, what surrounds it, and a space of any kind or a hyphen for `_` do not matter. */
export function normalName(name: string): string {
	return withoutSurroundings(name)
		.toLowerCase()
		.replace(/[\p{Zs}-]/gu, '_');
}

/** How many columns of an event file these names hold: which distinguishes one delimiter from another. */
export function knownNames(names: readonly string[]): number {
	return names.filter((name) => (EVENT_COLUMNS as readonly string[]).includes(normalName(name))).length;
}

/** Whether these names hold every column that an event file needs. */
export function hasNeededNames(names: readonly string[]): boolean {
	const normal = names.map(normalName);
	return NEEDED_COLUMNS.every((column) => normal.includes(column));
}

/** How many of the columns that every event file needs these names hold. */
export function neededNames(names: readonly string[]): number {
	const normal = names.map(normalName);
	return NEEDED_COLUMNS.filter((column) => normal.includes(column)).length;
}

/** The header that these names make, or what is wrong with it. */
export function readHeader(names: readonly string[]): { header: Header } | { problem: Problem } {
	if (names.length > MAX_COLUMNS) {
		return { problem: { code: 'too_many_columns', columns: names.length, limit: MAX_COLUMNS } };
	}
	const fieldOf = Object.fromEntries(EVENT_COLUMNS.map((column) => [column, -1])) as Record<
		EventColumn,
		number
	>;
	const unknown: string[] = [];
	const seen = new Set<string>();
	for (const [field, name] of names.entries()) {
		const normal = normalName(name);
		if (normal === '') continue; // unnamed columns may repeat
		if (seen.has(normal)) return { problem: { code: 'duplicate_column', column: withoutSurroundings(name) } };
		seen.add(normal);
		if (Object.hasOwn(fieldOf, normal)) fieldOf[normal as EventColumn] = field;
		else unknown.push(withoutSurroundings(name));
	}
	const missing = NEEDED_COLUMNS.filter((column) => fieldOf[column] < 0);
	if (missing.length > 0) {
		const found = names.map(withoutSurroundings).filter(Boolean);
		return { problem: { code: 'missing_columns', missing, found } };
	}
	return { header: { names, fieldOf, unknown } };
}
