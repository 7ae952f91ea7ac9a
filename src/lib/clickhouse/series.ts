import { axisOf } from '../model/axis';
import { nativeSplit } from '../model/dimension';
import type { NativeDimension } from '../model/event';
import {
	FIGURE_IDS,
	NO_FIGURES,
	emptyFigureColumns,
	type FigureColumns,
	type Figures
} from '../model/figures';
import { metricValue } from '../model/metric';
import { ProblemError } from '../model/problem';
import type { Bucket } from '../model/answer';
import type { EventSeries } from '../model/event-answer';
import type { Query } from '../model/query';
import { FIGURES, bucketIn, dayIn, dimensionText } from './columns';
import { passing } from './passing';
import { figuresIn, numberCell, textCell, type Ask, type Row } from './rows';
import { sql, valuesTable } from './sql';
import type { Tables } from './tables';

/** Figures over time. */

/** Beyond this a sum of 64 bits may have begun anew. */
const WRAPS = 2 ** 63;

/** All that passes: by bucket, and the whole range at once, whose people are not the sum of its days' people. */
export async function askOverall(
	ask: Ask,
	tables: Tables,
	query: Query
): Promise<{ buckets: readonly Bucket[]; overall: FigureColumns; totals: Figures }> {
	const { filter, grain } = query;
	const { buckets } = axisOf(filter, grain);
	const answer = await ask(sql`SELECT ${bucketIn(filter.tz, grain)} AS bucket, ${FIGURES},
		sum(toFloat64(n) * (1 + watch_ms)) AS size
		FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY bucket WITH TOTALS`);
	const overall = emptyFigureColumns(buckets.length);
	fill(overall, placesOf(buckets), answer.rows, 1);
	// Where nothing passes there is no row, and nothing to learn from the totals.
	const totals = answer.totals !== null && answer.rows.length > 0 ? totalsIn(answer.totals) : NO_FIGURES;
	return { buckets, overall, totals };
}

function totalsIn(row: Row): Figures {
	if (Number(row[1 + FIGURE_IDS.length]) >= WRAPS) throw new ProblemError({ code: 'figure_too_large' });
	const totals = figuresIn(row, 1);
	if ((metricValue('engagements', totals) ?? 0) > Number.MAX_SAFE_INTEGER)
		throw new ProblemError({ code: 'figure_too_large' });
	return totals;
}

/** A series for each of `own`, and one for all other values where there are any. */
export async function askSplit(
	ask: Ask,
	tables: Tables,
	query: Query,
	split: NativeDimension,
	{ own, hasRest }: { readonly own: readonly string[]; readonly hasRest: boolean }
): Promise<EventSeries[]> {
	if (own.length === 0) return [];
	const { buckets } = axisOf(query.filter, query.grain);
	const value = dimensionText(split);
	const { rows } = await ask(sql`SELECT ${bucketIn(query.filter.tz, query.grain)} AS bucket,
		${value} IN ${valuesTable('own_values', own)} AS is_own, if(is_own, ${value}, '') AS own_value, ${FIGURES}
		FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY bucket, is_own, own_value`);
	const places = placesOf(buckets);
	const seriesOf = (isRest: boolean, name: string): EventSeries => {
		const figures = emptyFigureColumns(buckets.length);
		const isOf = (row: Row) => (numberCell(row, 1) === 0) === isRest && (isRest || textCell(row, 2) === name);
		fill(figures, places, rows.filter(isOf), 3);
		return { value: isRest ? null : name, isRest, figures };
	};
	return [...own.map((name) => seriesOf(false, name)), ...(hasRest ? [seriesOf(true, '')] : [])];
}

/** Figures by day: of all that passes, or of each value of the split that occurs, by name. */
export async function askDaily(
	ask: Ask,
	tables: Tables,
	query: Query
): Promise<{ value: string | null; figures: FigureColumns }[]> {
	const { filter } = query;
	const split = nativeSplit(query);
	const { buckets } = axisOf(filter, 'day');
	const value = split === null ? sql`''` : dimensionText(split);
	const { rows } = await ask(sql`SELECT ${dayIn(filter.tz)} AS bucket, ${value} AS split_value, ${FIGURES}
		FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY bucket, split_value ORDER BY split_value`);
	const places = placesOf(buckets);
	const byValue = new Map<string | null, FigureColumns>();
	if (split === null) byValue.set(null, emptyFigureColumns(buckets.length));
	for (const row of rows) {
		const key = split === null ? null : textCell(row, 1);
		const figures = byValue.get(key) ?? emptyFigureColumns(buckets.length);
		byValue.set(key, figures);
		fill(figures, places, [row], 2);
	}
	return Array.from(byValue, ([name, figures]) => ({ value: name, figures }));
}

function placesOf(buckets: readonly Bucket[]): ReadonlyMap<string, number> {
	return new Map(buckets.map(({ day }, place) => [day, place]));
}

/** Puts the figures of rows, which begin at `at`, into the place of each row's bucket. */
function fill(
	columns: FigureColumns,
	places: ReadonlyMap<string, number>,
	rows: readonly Row[],
	at: number
): void {
	for (const row of rows) {
		const place = places.get(textCell(row, 0));
		// The host cuts days where its data of time zones has them: a day that was not requested shows that ours differ.
		if (place === undefined)
			throw new ProblemError({ code: 'host_failed', detail: `day ${textCell(row, 0)} is out of range` });
		const figures = figuresIn(row, at);
		for (const id of FIGURE_IDS) columns[id][place] = figures[id];
	}
}
