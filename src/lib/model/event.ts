/** The words of an event: what happened, to which Pin, seen how. The data begins here: every other folder uses these. */

/** What can happen to a Pin, as event files name it. */
export const EVENTS = [
	'impression',
	'closeup',
	'save',
	'link_click',
	'carousel_swipe',
	'video_play'
] as const;
export type EventName = (typeof EVENTS)[number];

/** Other names for the same events, with case, spaces, hyphens and underscores already taken out. */
export const EVENT_ALIASES: Readonly<Record<string, EventName>> = {
	pinclick: 'closeup',
	outboundclick: 'link_click',
	repin: 'save'
};

/** The closed lists. The order is part of the stored format (a value is kept as its index): append only. */
export const CLOSED_VALUES = {
	content_type: ['organic', 'paid'],
	source: ['own', 'other'],
	device: ['unknown', 'mobile', 'tablet', 'desktop'],
	format: ['standard', 'video', 'carousel', 'idea', 'product', 'collections']
} as const;
export type ClosedDimension = keyof typeof CLOSED_VALUES;

/** What an empty cell of a closed list, or of `account`, stands for. */
export const DIMENSION_DEFAULTS = {
	content_type: 'organic',
	source: 'own',
	device: 'unknown',
	account: 'unknown',
	format: 'standard'
} as const;

/** The columns of an event file that figures are filtered and split by, in the order in which pages list them. */
export const NATIVE_DIMENSIONS = ['content_type', 'source', 'device', 'account', 'format'] as const;
export type NativeDimension = (typeof NATIVE_DIMENSIONS)[number];

/** Accounts are an open list, but a bounded one; so is each column of one's own. */
export const MAX_OPEN_VALUES = 10_000;

/** A column with more values than these in a file is not offered as one's own. */
export const MOST_OFFERED_VALUES = 1_000;

/**
 * What is said of a Pin rather than of an event: the newest non-empty value counts. `created_at` is an instant, kept as
 * `2025-01-31T18:04:05.123Z`; the others are texts. Claims are stored by these names: never take one away.
 */
export const ATTRIBUTES = ['pin_title', 'board', 'link', 'image_url', 'created_at'] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** The columns of an event file, in the order in which exports write them. */
export const EVENT_COLUMNS = [
	'timestamp',
	'event',
	'pin_id',
	'user_id',
	'content_type',
	'source',
	'device',
	'account',
	'format',
	'count',
	'watch_seconds',
	'view_percent',
	'played_percent',
	'pin_title',
	'board',
	'link',
	'image_url',
	'created_at'
] as const;
export type EventColumn = (typeof EVENT_COLUMNS)[number];

export const NEEDED_COLUMNS = ['timestamp', 'event', 'pin_id'] as const satisfies readonly EventColumn[];

/** A row's `count` is a whole number from 1 to this. */
export const MAX_COUNT = 4_294_967_295;

/**
 * A kind is an event with what was settled about it at import: a `video_play` falls into one of eight, by whether
 * it counts as a view, a 10-second view and a 95 % view. Kinds are stored: append only.
 */
export const FIRST_VIDEO_KIND = 5;
export const KIND_COUNT = 13;
export const VIEWED = 1;
export const TEN_SECONDS = 2;
export const NEAR_END = 4;

/**
 * The kind of a `video_play`, from the kept values.
 * @param watchMs whole milliseconds
 * @param viewHundredths share of the picture in view, in hundredths of a percent (50 % = 5,000)
 * @param playedHundredths furthest point reached, in hundredths of a percent
 */
export function videoKind(watchMs: number, viewHundredths: number, playedHundredths: number): number {
	return (
		FIRST_VIDEO_KIND +
		(watchMs >= 2_000 && viewHundredths >= 5_000 ? VIEWED : 0) +
		(watchMs >= 10_000 ? TEN_SECONDS : 0) +
		(playedHundredths >= 9_500 ? NEAR_END : 0)
	);
}

/** The event that a kind belongs to. */
export function eventOfKind(kind: number): EventName {
	return EVENTS[Math.min(kind, FIRST_VIDEO_KIND)] as EventName;
}
