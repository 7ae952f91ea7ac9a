import type { AdsTables } from '$lib/model/ads';
import type { About, Answer, Comparison, Lists, Top, TopLink, TopPin, Totals } from '$lib/model/answer';
import type { Changes, UnusualDay } from '$lib/model/change';
import type { Dimension } from '$lib/model/dimension';
import type { MetricId } from '$lib/model/metric';
import type { PageRequest, Pattern } from '$lib/model/page-request';
import type { PeopleFigures } from '$lib/model/people';
import type { Query } from '$lib/model/query';

/** What is on screen, always with the question that it answers. */

/** An answer with the query that it answers, so that nothing is ever labelled with another's words. */
export interface Shown {
	readonly query: Query;
	readonly answer: Answer;
	/** Whether this is all; until then people and lists are still being counted. */
	readonly isWhole: boolean;
}

/** The Pins that contain words. */
export interface Found {
	readonly query: Query;
	readonly compared: Query | null;
	readonly words: string;
	readonly top: Top<TopPin>;
}

/** The answer for the days that are compared with. */
export interface Compared extends Comparison {
	/** The query whose answer it is compared with. */
	readonly with: Query;
	readonly query: Query;
}

/** A metric's change, taken apart, and the two queries that it is between. */
export interface TakenApart {
	readonly query: Query;
	readonly compared: Query;
	readonly changes: Changes;
}

/** The unusual days of a query, by a metric. */
export interface Unusual {
	readonly query: Query;
	readonly metric: MetricId;
	readonly days: readonly UnusualDay[];
}

/** The lists on screen: an answer's own, or those of two ranges beside each other. */
export interface ShownLists {
	readonly query: Query;
	/** Of the days that the rows are compared with; null where they are not. */
	readonly compared: Query | null;
	readonly lists: Lists;
}

/** The answer that is split by a dimension, and that of the days that are compared with; null where there are none. */
export interface SplitAnswer {
	readonly answer: Answer;
	readonly before: Answer | null;
}

/** Two queries beside each other, the second about the days that are compared with. */
export type Sides = Pick<PageRequest, 'query' | 'compared'>;

export type Splits = Readonly<Partial<Record<Dimension, SplitAnswer>>>;

/** What goes with the answer of a query besides, as far as it is known. */
export interface Extras {
	readonly query: Query;
	/** What splits, pattern and ads are beside; null where nothing is compared. */
	readonly compared: Query | null;
	readonly about: About | null;
	/** Totals of everything under the same filters. */
	readonly whole: Totals | null;
	readonly splits: Splits;
	readonly pattern: Pattern | null;
	/** Of the days that are compared with; null where nothing is. */
	readonly patternBefore: Pattern | null;
	/** The destination with most link clicks, first. */
	readonly links: Top<TopLink> | null;
	/** Who is new and who comes back. */
	readonly people: PeopleFigures | null;
	/** Campaigns, ad groups, ads and Pins. */
	readonly ads: AdsTables | null;
}

/** What a page needs. */
export interface Wanted extends PageRequest {
	/** '' searches for nothing. */
	readonly words: string;
	/** Whether the page is not ready without the change of its metric. */
	readonly waitsForChanges?: boolean;
}
