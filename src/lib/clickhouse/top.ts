import type { Count, Figures } from '../model/figures';
import { TOP_METRICS, WATCH_METRICS, metricValue } from '../model/metric';
import type { Top, TopBoard, TopFigures, TopLink, TopPin } from '../model/answer';
import type { Query } from '../model/query';
import { NO_ATTRIBUTES, PIN_ATTRIBUTES, attributesAt, attributesOfPins } from './attributes';
import { COUNT_FIGURES, COUNT_NAMES, FIGURES, sortValue } from './columns';
import { passing } from './passing';
import { countsIn, numberCell, textCell, type Ask, type Row } from './rows';
import { name, sql, valuesTable, type Sql } from './sql';
import type { Tables } from './tables';

/** Top lists, sorted and cut by the host; ties by code point, as texts are compared there. */

/** Which rows of a list are wanted: so many from a place on. */
export interface Stretch {
	readonly first: number;
	readonly count: number;
}

/** Pins with at least one event that passes: pin_id, `figures`, sort_value. */
export function pinFigures(tables: Tables, query: Query, figures: Sql): Sql {
	return sql`SELECT pin_id, ${figures}, ${sortValue(query.sort)} AS sort_value
		FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY pin_id`;
}

/** The best Pins, without their number. */
export async function askTopPins(
	ask: Ask,
	tables: Tables,
	query: Query,
	{ first, count }: Stretch
): Promise<TopPin[]> {
	const { rows } = await ask(sql`${pinFigures(tables, query, COUNT_FIGURES)}
		ORDER BY sort_value DESC, pin_id LIMIT ${first}, ${count}`);
	return withAttributes(ask, tables, query, rows);
}

/** Rows of pin_id and COUNT_FIGURES as those of a list. */
async function withAttributes(
	ask: Ask,
	tables: Tables,
	query: Query,
	rows: readonly Row[]
): Promise<TopPin[]> {
	const ids = rows.map((row) => textCell(row, 0));
	if (ids.length === 0) return [];
	const wanted = sql`pin_id IN ${valuesTable('wanted_pins', ids)}`;
	const found = await ask(attributesOfPins(tables, PIN_ATTRIBUTES, wanted));
	const known = new Map(found.rows.map((row) => [textCell(row, 0), attributesAt(row, 1)]));
	return rows.map((row, i) => {
		const pinId = ids[i] as string;
		const attributes = known.get(pinId) ?? NO_ATTRIBUTES;
		return { pinId, ...attributes, figures: topFigures(row, 1, query), estimates: [] };
	});
}

/** Pins whose title, id or link contains the words, in any case; `total` counts those that do. */
export async function askPinsWith(
	ask: Ask,
	tables: Tables,
	query: Query,
	words: string,
	{ first, count }: Stretch
): Promise<Top<TopPin>> {
	const needle = sql`(SELECT v FROM ${valuesTable('search_words', [words.toLowerCase()])})`;
	const found = sql`(SELECT * FROM (${pinFigures(tables, query, COUNT_FIGURES)})
		ANY LEFT JOIN (${attributesOfPins(tables, ['title', 'link'])}) AS attributes USING (pin_id))
		WHERE position(lowerUTF8(concat(pin_title, '\\0', pin_id, '\\0', pin_link)), ${needle}) > 0`;
	const [total, best] = await Promise.all([
		ask(sql`SELECT count() FROM ${found}`),
		ask(sql`SELECT pin_id, ${COUNT_NAMES} FROM ${found}
			ORDER BY sort_value DESC, pin_id LIMIT ${first}, ${count}`)
	]);
	const rows = await withAttributes(ask, tables, query, best.rows);
	return { rows, total: numberCell(total.rows[0] as Row, 0), period: null };
}

/** How many Pins, boards and links have an event that passes. */
export async function askListSizes(
	ask: Ask,
	tables: Tables,
	query: Query
): Promise<{ readonly pins: number; readonly boards: number; readonly links: number }> {
	const { rows } = await ask(sql`SELECT uniqExact(pin_id), uniqExact(pin_board),
		uniqExactIf(pin_link, pin_link != '')
		FROM ${eventsWith(tables, ['board', 'link'])} WHERE ${passing(tables, query)}`);
	const row = rows[0] as Row;
	return { pins: numberCell(row, 0), boards: numberCell(row, 1), links: numberCell(row, 2) };
}

export async function askPinCount(ask: Ask, tables: Tables, query: Query): Promise<number> {
	const { rows } = await ask(
		sql`SELECT uniqExact(pin_id) FROM ${tables.events} WHERE ${passing(tables, query)}`
	);
	return numberCell(rows[0] as Row, 0);
}

export async function askTopBoards(ask: Ask, tables: Tables, query: Query): Promise<TopBoard[]> {
	const { rows } = await ask(groups(tables, query, 'board', COUNT_FIGURES, query.top));
	return rows.map((row) => ({
		board: textCell(row, 0),
		pins: numberCell(row, 1),
		figures: topFigures(row, 2, query),
		estimates: []
	}));
}

/** Pins without a link are in no row. */
export async function askTopLinks(ask: Ask, tables: Tables, query: Query): Promise<TopLink[]> {
	const { rows } = await ask(groups(tables, query, 'link', COUNT_FIGURES, query.top));
	return rows.map((row) => ({
		link: textCell(row, 0),
		pins: numberCell(row, 1),
		figures: topFigures(row, 2, query),
		estimates: []
	}));
}

/** Every board: name, number of its Pins, all figures. */
export function allBoards(tables: Tables, query: Query): Sql {
	return groups(tables, query, 'board', FIGURES, null);
}

function groups(tables: Tables, query: Query, by: 'board' | 'link', figures: Sql, limit: number | null): Sql {
	const group = name(`pin_${by}`);
	const isListed = by === 'link' ? sql` AND pin_link != ''` : sql``;
	return sql`SELECT ${group}, uniqExact(pin_id), ${figures}, ${sortValue(query.sort)} AS sort_value
		FROM ${eventsWith(tables, [by])} WHERE ${passing(tables, query)}${isListed}
		GROUP BY ${group} ORDER BY sort_value DESC, ${group}${limit === null ? sql`` : sql` LIMIT ${limit}`}`;
}

/** Events beside attributes of their Pins, which every server of a cluster gets, so that each counts its own events. */
function eventsWith(tables: Tables, attributes: readonly ('board' | 'link')[]): Sql {
	return sql`${tables.events} GLOBAL ANY LEFT JOIN (${attributesOfPins(tables, attributes)}) AS attributes USING (pin_id)`;
}

function topFigures(row: Row, at: number, { withVideo }: Query): TopFigures {
	const figures = withoutPeople(countsIn(row, at));
	return Object.fromEntries(
		TOP_METRICS.map((id) => [id, WATCH_METRICS.has(id) && !withVideo ? null : metricValue(id, figures)])
	) as TopFigures;
}

function withoutPeople(counts: Readonly<Record<Count, number>>): Figures {
	return { ...counts, total_audience: NaN, engaged_audience: NaN };
}
