import { nativeSplit } from '../model/dimension';
import { NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import { NO_ROWS, type Top, type TopPin } from '../model/answer';
import type { CountedShare, EventAnswer } from '../model/event-answer';
import type { PinListRequest, Query } from '../model/query';
import type { Ask } from './rows';
import { askOverall, askSplit } from './series';

import { askListSizes, askPinCount, askPinsWith, askTopBoards, askTopLinks, askTopPins } from './top';
import { askValueSums } from './value-sums';
import type { Tables } from './tables';

/** A query, sent to a host as several statements at once, and their answers in the form of the pages. */

/** As the local engine has it: a series takes a slot, and there are so many besides the overall one and the rest. */
const MAX_OWN_SERIES = 6;

/** Where no rows are wanted (`top` 0), lists are not asked for, and are empty. */
export async function answerQuery(ask: Ask, tables: Tables, query: Query): Promise<EventAnswer> {
	const [{ sums, series }, { buckets, overall, totals }, lists] = await Promise.all([
		valuesAndSplit(ask, tables, query),
		askOverall(ask, tables, query),
		query.top > 0 ? askLists(ask, tables, query) : NO_LISTS
	]);
	const shares = Object.fromEntries(
		NATIVE_DIMENSIONS.map((dimension) => [dimension, sums.shares(dimension)])
	) as unknown as Record<NativeDimension, CountedShare[]>;
	return {
		isWhole: true,
		hasPeople: true,
		totals,
		buckets,
		overall,
		series: series ?? [{ value: null, isRest: false, figures: overall }],
		shares,
		...lists,
		damaged: []
	};
}

/** The series of a split can only be asked for when its values are known. */
async function valuesAndSplit(ask: Ask, tables: Tables, query: Query) {
	const sums = await askValueSums(ask, tables, query);
	const split = nativeSplit(query); // a host holds no columns of one's own
	if (split === null) return { sums, series: null };
	const values = sums.passingValues(split);
	const own = values.slice(0, Math.min(query.splitLimit, MAX_OWN_SERIES));
	const hasRest = values.length > own.length;
	return { sums, series: await askSplit(ask, tables, query, split, { own, hasRest }) };
}

type Lists = Pick<EventAnswer, 'topPins' | 'topBoards' | 'topLinks'>;
const NO_LISTS: Lists = { topPins: NO_ROWS, topBoards: NO_ROWS, topLinks: NO_ROWS };

async function askLists(ask: Ask, tables: Tables, query: Query): Promise<Lists> {
	const [sizes, pins, boards, links] = await Promise.all([
		askListSizes(ask, tables, query),
		askTopPins(ask, tables, query, { first: 0, count: query.top }),
		askTopBoards(ask, tables, query),
		askTopLinks(ask, tables, query)
	]);
	return {
		topPins: { rows: pins, total: sizes.pins, period: null },
		topBoards: { rows: boards, total: sizes.boards, period: null },
		topLinks: { rows: links, total: sizes.links, period: null }
	};
}

/** A stretch of the full list of Pins, or of those that contain words. */
export async function answerPins(
	ask: Ask,
	tables: Tables,
	{ query, words, first, count }: PinListRequest
): Promise<Top<TopPin>> {
	const wanted = words.trim();
	if (wanted !== '') return askPinsWith(ask, tables, query, wanted, { first, count });
	const [rows, total] = await Promise.all([
		askTopPins(ask, tables, query, { first, count }),
		askPinCount(ask, tables, query)
	]);
	return { rows, total, period: null };
}
