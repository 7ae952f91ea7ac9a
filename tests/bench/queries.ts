import { addDays, type Day } from '../../src/lib/model/calendar';
import type { Query } from '../../src/lib/model/query';

/** The questions that every side is asked, in the same order. No two in a row share a filter, so no cache helps. */

export const RANGES = ['all days', 'newest 30 days'] as const;
export type RangeName = (typeof RANGES)[number];

/** The days that an event file covers. */
export interface Days {
	readonly first: Day;
	readonly last: Day;
}

const NONE = { content_type: [], source: [], device: [], account: [], format: [] };
/** What is ticked, run by run. */
const TICKED: readonly Partial<Query['filter']['values']>[] = [
	{},
	{ device: ['mobile'] },
	{ content_type: ['organic'] },
	{ device: ['mobile', 'tablet', 'unknown'] },
	{ content_type: ['paid'] },
	{ device: ['desktop'] }
];

/** Question number `run`: the days move by one each time, and one filter changes. */
export function refreshQuery(range: RangeName, days: Days, run: number): Query {
	const [from, to] =
		range === 'all days'
			? [addDays(days.first, run), days.last]
			: [addDays(days.last, -29 - run), addDays(days.last, -run)];
	return {
		filter: { tz: 'UTC', from, to, values: { ...NONE, ...TICKED[run % TICKED.length] } },
		subject: null,
		grain: 'day',
		split: 'device',
		splitLimit: 6,
		sort: 'impressions',
		withVideo: false,
		top: 50
	};
}
