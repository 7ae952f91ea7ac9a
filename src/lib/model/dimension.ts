import { CLOSED_VALUES, DIMENSION_DEFAULTS, NATIVE_DIMENSIONS, type NativeDimension } from './event';

/** What figures are filtered and split by. A workspace has one list of them; whatever lists dimensions goes by it. */

/** A column of one's own, by its header in exports: `own.` and its name. */
export type OwnDimension = `own.${string}`;
/** Of the event's Pin: its labels, of which it may bear several. */
export const LABEL = 'label';
export type Dimension = NativeDimension | OwnDimension | typeof LABEL;

/** A dimension, and what is particular to it. */
export interface DimensionDef {
	readonly id: Dimension;
	/** The parameter of an address that filters by it. */
	readonly parameter: string;
	/** All values in the order in which they are listed; null where the list is open. */
	readonly values: readonly string[] | null;
	/** The value of an event that names none. */
	readonly whenEmpty: string;
}

const NATIVE_DEFS = NATIVE_DIMENSIONS.map((id): DimensionDef => ({
	id,
	parameter: id === 'content_type' ? 'content' : id,
	values: id === 'account' ? null : CLOSED_VALUES[id],
	whenEmpty: DIMENSION_DEFAULTS[id]
}));

const LABEL_DEF: DimensionDef = { id: LABEL, parameter: LABEL, values: null, whenEmpty: '' };

const OWN_PREFIX = 'own.';

/** Values of dimensions; of columns of one's own only those that are named. */
export type ByDimension<T> = Readonly<Record<NativeDimension | OwnDimension, T>> & { readonly [LABEL]?: T };

/** The dimension of a column of one's own, by its name. */
export function ownDimension(column: string): OwnDimension {
	return `own.${column}`;
}

/** The name of the column of one's own that a dimension is; null where it is none. */
export function ownColumn(dimension: string): string | null {
	return dimension.startsWith(OWN_PREFIX) ? dimension.slice(OWN_PREFIX.length) : null;
}

/** Whether a dimension is a column that every event file can have. */
export function isNative(dimension: string): dimension is NativeDimension {
	return (NATIVE_DIMENSIONS as readonly string[]).includes(dimension);
}

/** What is particular to a dimension; null where the name is no dimension's. */
export function dimensionDef(id: string): DimensionDef | null {
	if (id === LABEL) return LABEL_DEF;
	const column = ownColumn(id);
	if (!column) return NATIVE_DEFS.find((def) => def.id === id) ?? null;
	return { id: ownDimension(column), parameter: id, values: null, whenEmpty: '' };
}

/** The dimension that a parameter of an address filters by; null where it is none. */
export function dimensionOfParameter(parameter: string): DimensionDef | null {
	return (
		NATIVE_DEFS.find((def) => def.parameter === parameter) ??
		(parameter === LABEL || ownColumn(parameter) ? dimensionDef(parameter) : null)
	);
}

/** All dimensions of a workspace: those of every event file, then its columns of one's own by name. */
export function dimensionsOf(own: readonly OwnDimension[] = []): readonly Dimension[] {
	return [...NATIVE_DIMENSIONS, ...own];
}

/** The dimensions that values are given of, in the order of lists. */
export function dimensionsIn(values: Readonly<Partial<Record<Dimension, unknown>>>): readonly Dimension[] {
	const own = dimensionsOf((Object.keys(values) as Dimension[]).filter(isOwn).sort());
	return LABEL in values ? [...own, LABEL] : own;
}

/** Whether a dimension is a column of one's own. */
export function isOwn(dimension: Dimension): dimension is OwnDimension {
	return ownColumn(dimension) !== null;
}

/** The split of a question, where that is by a column that every event file can have; else null. */
export function nativeSplit({ split }: { readonly split: Dimension | null }): NativeDimension | null {
	return split !== null && isNative(split) ? split : null;
}
