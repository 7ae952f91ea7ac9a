import type { Dimension } from './dimension';
import type { Audience } from './figures';
import type { Query } from './query';

/** Audiences of single rows: of lists, and of the values of a split. They are counted where somebody asks for them. */

/** What rows are: Pins, boards or links of a list, or the values of a dimension. */
export type RowKind = 'pin' | 'board' | 'link' | Dimension;

/** The rows whose audiences are wanted. */
export interface RowPeopleRequest {
	readonly query: Query;
	/** The same question about the days that are compared with; null where there are none. */
	readonly compared: Query | null;
	readonly kind: RowKind;
	/** Ids of Pins, names of boards, links, or values; null for the rest of the values. */
	readonly names: readonly (string | null)[];
}

/** The audiences of a row over the whole range; null where they have no value. */
export type RowAudiences = Readonly<Record<Audience, number | null>>;

/** The audiences of a row, and in the days that are compared with; null where nothing is compared. */
export interface RowPeople {
	readonly now: RowAudiences;
	readonly then: RowAudiences | null;
}
