import { dayFromNumber } from '../../src/lib/model/calendar';
import {
	NATIVE_DIMENSIONS,
	EVENTS,
	FIRST_VIDEO_KIND,
	NEAR_END,
	TEN_SECONDS,
	VIEWED
} from '../../src/lib/model/event';
import { COUNTS, COUNTS_OF_KIND, FIGURE_IDS } from '../../src/lib/model/figures';
import { SORT_METRICS } from '../../src/lib/model/metric';
import type { Query } from '../../src/lib/model/query';
import { deviceDay, type FigureRow, type ListRow, type PlainAnswer, type PlainFigures } from './answer';
import type { RefreshSql } from './sql';

export type SqlRow = Readonly<Record<string, unknown>>;

/** The rows that each statement of sql.ts gave. */
export type RefreshRows = Readonly<Record<keyof RefreshSql, readonly SqlRow[]>>;

/** Those of tiles and series alone. */
export type FiguresRows = Pick<RefreshRows, 'figures' | 'people'>;

const WATCH_MS = COUNTS.indexOf('watch_ms');
const TOTAL_AUDIENCE = FIGURE_IDS.indexOf('total_audience');
const ENGAGED_AUDIENCE = FIGURE_IDS.indexOf('engaged_audience');

/** Puts the rows of the statements together to one answer. */
export function answerOfRows(query: Query, rows: RefreshRows): PlainAnswer {
	return {
		...figuresOfRows(rows),
		shares: sharesOf(query, rows.combinations),
		pins: listOf(rows.lists, 'pin', (row) =>
			[row.name, row.title, row.board, row.link, row.format].map(String)
		),
		boards: listOf(rows.lists, 'board', (row) => [String(row.name), Number(row.pins)])
	};
}

/** Puts the rows of the two statements of tiles and series together. */
export function figuresOfRows({ figures, people }: FiguresRows): PlainFigures {
	const totals = FIGURE_IDS.map(() => 0);
	const days: Record<string, number[]> = {};
	const devices: Record<string, number[]> = {};
	/** The figures that a row of this day and device belongs to, the narrowest first. */
	const targets = (row: SqlRow): number[][] => {
		if (row.day === null) return [totals];
		const day = dayFromNumber(Number(row.day));
		const ofDay = (days[day] ??= FIGURE_IDS.map(() => 0));
		if (row.device === null) return [ofDay, totals];
		return [(devices[deviceDay(String(row.device), day)] ??= FIGURE_IDS.map(() => 0)), ofDay, totals];
	};
	for (const row of figures) {
		const isPlay = row.event === 'video_play';
		const kind =
			EVENTS.findIndex((event) => event === row.event) +
			(isPlay && row.viewed ? VIEWED : 0) +
			(isPlay && row.ten_seconds ? TEN_SECONDS : 0) +
			(isPlay && row.near_end ? NEAR_END : 0);
		for (const target of targets(row)) {
			for (const count of COUNTS_OF_KIND[kind] ?? []) target[count]! += Number(row.n);
			if (kind >= FIRST_VIDEO_KIND) target[WATCH_MS]! += Number(row.watch_ms);
		}
	}
	for (const row of people) {
		const target = targets(row)[0]!; // people do not add up
		target[TOTAL_AUDIENCE] = Number(row.total_audience);
		target[ENGAGED_AUDIENCE] = Number(row.engaged_audience);
	}
	return { totals, days: days as Record<string, FigureRow>, devices };
}

/** Per dimension the values that occur, with their impressions under the filters of the others. */
function sharesOf({ filter }: Query, combinations: readonly SqlRow[]): PlainAnswer['shares'] {
	const shares = Object.fromEntries(
		NATIVE_DIMENSIONS.map((dimension) => [dimension, {} as Record<string, number>])
	);
	for (const row of combinations) {
		const missed = NATIVE_DIMENSIONS.filter((dimension) => {
			const ticked = filter.values[dimension];
			return ticked.length > 0 && !ticked.includes(String(row[dimension]));
		});
		for (const dimension of NATIVE_DIMENSIONS) {
			const counts = missed.every((other) => other === dimension);
			const value = String(row[dimension]);
			const share = shares[dimension]!;
			share[value] = (share[value] ?? 0) + (counts ? Number(row.impressions) : 0);
		}
	}
	return shares as PlainAnswer['shares'];
}

function listOf(
	rows: readonly SqlRow[],
	list: 'pin' | 'board',
	facts: (row: SqlRow) => ListRow
): PlainAnswer['pins'] {
	const own = rows.filter((row) => row.list === list);
	return {
		total: Number(own[0]?.total ?? 0),
		rows: own.map((row) => [...facts(row), ...SORT_METRICS.map((id) => Number(row[id]))])
	};
}
