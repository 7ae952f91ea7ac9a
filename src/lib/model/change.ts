import type { Day } from './calendar';
import type { Dimension } from './dimension';
import { NATIVE_DIMENSIONS } from './event';
import type { MetricId } from './metric';

/**
 * A metric's change between two periods, taken apart: what each value of a dimension, each Pin, board and link adds to
 * it. Of a count that is *now − then*. Of a rate *part ÷ whole* it is an own part and a part of the mix, with shares s of
 * the whole, rates r and the total's rate R then: s_now × (r_now − r_then) and (s_now − s_then) × (r_then − R_then).
 * Audiences do not add up: their changes are listed only.
 * Definitions: the product's own data contract.
 */
export type ChangePart = Dimension | 'pin' | 'board' | 'link';
/** The parts that every workspace has. */
export const CHANGE_PARTS = [
	...NATIVE_DIMENSIONS,
	'pin',
	'board',
	'link'
] as const satisfies readonly ChangePart[];

const OTHER_PARTS: readonly ChangePart[] = ['pin', 'board', 'link'];

/** Whether a part is a dimension. */
export function isDimension(part: ChangePart): part is Dimension {
	return !OTHER_PARTS.includes(part);
}

/** The two parts of a rate's contribution, in the metric's unit, and the shares of the whole, as fractions. */
export interface RateChange {
	readonly own: number;
	readonly mix: number;
	readonly shareThen: number;
	readonly shareNow: number;
}

/** A figure in two periods. */
export interface Change {
	/** Null where there is none. */
	readonly then: number | null;
	readonly now: number | null;
	/** What it adds to the change of the whole, in the metric's unit; of people its own change; null where that is unknown. */
	readonly contribution: number | null;
	/** Null for all but rates. */
	readonly ofRate: RateChange | null;
}

/** A value, Pin, board or link. */
export interface ChangedRow extends Change {
	/** The value, the Pin's id, the board's name or the link; '' where there is none. */
	readonly name: string;
	/** Of a Pin, its title and board; '' for all others. */
	readonly title: string;
	readonly board: string;
	/** Whether no event of the earlier period passes, or none of the later one; null where events of both do. */
	readonly presence: 'new' | 'gone' | null;
}

/** All that is listed of one part, in the order of contributions, the largest first. */
export interface PartChanges {
	readonly part: ChangePart;
	readonly rows: readonly ChangedRow[];
	/** All others together; null where nothing is left over, and for people. */
	readonly rest: ChangeRest | null;
}

export interface ChangeRest extends Change {
	/** How many there are; null where that is unknown. */
	readonly count: number | null;
}

export interface Changes {
	readonly metric: MetricId;
	readonly total: Change;
	/** How many days both periods have, and how many the later one has. */
	readonly daysCompared: number;
	readonly days: number;
	/** Those that can be taken apart. */
	readonly parts: readonly PartChanges[];
	/** Those of which reports do not say enough; none where events say all. */
	readonly unanswered: readonly ChangePart[];
	/** Of money, the code of its currency; '' where it is unknown, and for all that is no money. */
	readonly currency: string;
}

/** A day whose figure lies far outside what its weekday had in the eight weeks before it. */
export interface UnusualDay {
	readonly day: Day;
	readonly value: number;
	/** Of the same weekday in those weeks. */
	readonly median: number;
	/** Between these, both included, it would have been usual. */
	readonly low: number;
	readonly high: number;
	/** The days that it was measured by, oldest first. */
	readonly weekdays: readonly { readonly day: Day; readonly value: number }[];
}

/**
 * The same definitions in SQL, for the tests' oracle and for other engines. They read a table with a row a value and the
 * columns `part_now`, `whole_now`, `part_then` and `whole_then`, as doubles and 0 where nothing passes; a count has no
 * whole. Where the wholes of a period sum to 0, nothing is taken apart.
 */
export const CONTRIBUTION_SQL = {
	count: 'part_now - part_then',
	own: `CASE
		WHEN whole_now = 0 THEN part_now / sum(whole_now) OVER ()
		WHEN whole_then = 0 THEN 0
		ELSE whole_now / sum(whole_now) OVER () * (part_now / whole_now - part_then / whole_then)
	END - CASE WHEN whole_then = 0 THEN part_then / sum(whole_then) OVER () ELSE 0 END`,
	mix: `(whole_now / sum(whole_now) OVER () - whole_then / sum(whole_then) OVER ()) * (
		CASE WHEN whole_then > 0 THEN part_then / whole_then WHEN whole_now > 0 THEN part_now / whole_now ELSE 0 END
		- sum(part_then) OVER () / sum(whole_then) OVER ())`
} as const;

/** Whether a day is unusual, over a table with its figure `x` and a row for each of the days that it is measured by, `w`. */
export const UNUSUAL_SQL = `count(w) >= 4 AND abs(max(x) - median(w)) > 3.5 * greatest(1.4826 * mad(w), sqrt(median(w)), 1)`;
