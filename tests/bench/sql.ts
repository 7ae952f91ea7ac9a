import { dayNumber } from '../../src/lib/model/calendar';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, EVENTS } from '../../src/lib/model/event';
import type { Query } from '../../src/lib/model/query';
import { SAMPLE_ACCOUNTS } from '../../src/lib/import/sample-pins';

/**
 * What the DuckDB peers get, in the browser and outside. Written to suit them: closed columns are ENUMs, ids are
 * read straight into whole numbers, days are numbered, and grouping by event comes before adding up, which measured
 * twice as fast as a sum with a FILTER for each figure.
 */

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const list = (values: readonly string[]) => `(${values.map(text).join(', ')})`;

const ACCOUNTS = SAMPLE_ACCOUNTS.map((account) => account || 'unknown');

/** The types of the events' closed columns; accounts are given in advance. */
export const CREATE_TYPES = Object.entries({ event_name: EVENTS, account: ACCOUNTS, ...CLOSED_VALUES })
	.map(([name, values]) => `CREATE TYPE ${name} AS ENUM ${list(values)};`)
	.join('\n');

/** A generated event file as a table; nothing is left to be guessed. */
const csv = (
	file: string
) => `read_csv(${text(file)}, auto_detect = false, header = true, delim = ',', quote = '"',
	escape = '"', columns = {
		timestamp: 'TIMESTAMP', event: 'VARCHAR', pin_id: 'UBIGINT', user_id: 'VARCHAR', content_type: 'VARCHAR',
		source: 'VARCHAR', device: 'VARCHAR', account: 'VARCHAR', format: 'VARCHAR', count: 'INTEGER',
		watch_seconds: 'DOUBLE', view_percent: 'DOUBLE', played_percent: 'DOUBLE', pin_title: 'VARCHAR',
		board: 'VARCHAR', link: 'VARCHAR'
	})`;

/** The statement that is timed as the peers' import. Pins' titles, boards and links are left to the next one. */
export const createEvents = (file: string) => `
	CREATE OR REPLACE TABLE events AS SELECT
		timestamp,
		CAST(CAST(timestamp AS DATE) - DATE '1970-01-01' AS INTEGER) AS day,
		CAST(event AS event_name) AS event,
		pin_id,
		CAST(substr(user_id, 2) AS INTEGER) AS user_id,
		CAST(content_type AS content_type) AS content_type,
		CAST(source AS source) AS source,
		CAST(device AS device) AS device,
		CAST(coalesce(account, 'unknown') AS account) AS account,
		CAST(format AS format) AS format,
		count AS n,
		CAST(round(coalesce(watch_seconds, 0) * 1000) AS INTEGER) AS watch_ms,
		CAST(round(coalesce(view_percent, 0) * 100) AS SMALLINT) AS view_hundredths,
		CAST(round(coalesce(played_percent, 0) * 100) AS SMALLINT) AS played_hundredths
	FROM ${csv(file)}`;

/** The Pins' attributes, the newest of each. */
const pinsBy = (order: string, from: string) => `
	CREATE OR REPLACE TABLE pins AS SELECT
		pin_id,
		coalesce(arg_max(pin_title, ${order}) FILTER (pin_title <> ''), '') AS title,
		coalesce(arg_max(board, ${order}) FILTER (board <> ''), '') AS board,
		coalesce(arg_max(link, ${order}) FILTER (link <> ''), '') AS link,
		arg_max(format, ${order}) AS format
	FROM ${from} GROUP BY pin_id`;

/** Exactly: a generated file is in order of time, so the newest row is the last one. */
export const createPins = (file: string) =>
	pinsBy('row', `(SELECT *, row_number() OVER () AS row FROM ${csv(file)})`);

/** The statement that is timed: of two rows of the same millisecond it may take either, which spares it the numbering. */
export const createPinsFast = (file: string) => pinsBy('timestamp', csv(file));

export const writePins = (file: string) =>
	`COPY pins TO ${text(file)} (HEADER, DELIMITER ',', QUOTE '"', ESCAPE '"')`;

/** Reads what writePins wrote. */
export const readPins = (file: string) => `
	CREATE OR REPLACE TABLE pins AS SELECT
		pin_id, coalesce(title, '') AS title, coalesce(board, '') AS board, coalesce(link, '') AS link, format
	FROM read_csv(${text(file)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {
		pin_id: 'UBIGINT', title: 'VARCHAR', board: 'VARCHAR', link: 'VARCHAR', format: 'VARCHAR'
	})`;

/** The statements that together answer a query; their rows are put together in sql-answer.ts, outside the time taken. */
export interface RefreshSql {
	/** day, device, event, viewed, ten_seconds, near_end, n, watch_ms */
	readonly figures: string;
	/** day (NULL: all), device (NULL: all), total_audience, engaged_audience */
	readonly people: string;
	/** The five dimensions, and impressions under no filter but the days. */
	readonly combinations: string;
	/** The top Pins, then the top boards. */
	readonly lists: string;
}

const ENGAGED = `event IN ('save', 'closeup', 'link_click', 'carousel_swipe')`;
const of = (event: string) => `coalesce(sum(n) FILTER (event = '${event}'), 0)`;
const FIGURES = 'impressions, engagements, saves, closeups, link_clicks';

/** The SQL of a query by day, split by device, sorted by impressions. */
export function refreshSql({ filter, top }: Query): RefreshSql {
	const days = `day BETWEEN ${dayNumber(filter.from)} AND ${dayNumber(filter.to)}`;
	const ticked = NATIVE_DIMENSIONS.filter((dimension) => filter.values[dimension].length > 0);
	const passes = [
		days,
		...ticked.map((dimension) => `${dimension} IN ${list(filter.values[dimension])}`)
	].join(' AND ');
	return {
		figures: `
			SELECT day, device, event, watch_ms >= 2000 AND view_hundredths >= 5000 AS viewed,
				watch_ms >= 10000 AS ten_seconds, played_hundredths >= 9500 AS near_end,
				CAST(sum(n) AS DOUBLE) AS n, CAST(sum(n * watch_ms) AS DOUBLE) AS watch_ms
			FROM events WHERE ${passes} GROUP BY ALL`,
		// Each level groups what the one before has left: half the time of count(DISTINCT …) over grouping sets.
		people: `
			WITH by_device AS MATERIALIZED (
				SELECT day, device, user_id, bool_or(${ENGAGED}) AS is_engaged
				FROM events WHERE ${passes} AND user_id IS NOT NULL GROUP BY ALL
			), by_day AS MATERIALIZED (
				SELECT day, user_id, bool_or(is_engaged) AS is_engaged FROM by_device GROUP BY ALL
			), ever AS (
				SELECT user_id, bool_or(is_engaged) AS is_engaged FROM by_day GROUP BY ALL
			)
			SELECT day, device, count(*) AS total_audience, count(*) FILTER (is_engaged) AS engaged_audience
			FROM by_device GROUP BY ALL
			UNION ALL SELECT day, NULL, count(*), count(*) FILTER (is_engaged) FROM by_day GROUP BY ALL
			UNION ALL SELECT NULL, NULL, count(*), count(*) FILTER (is_engaged) FROM ever`,
		combinations: `
			SELECT ${NATIVE_DIMENSIONS.join(', ')}, CAST(${of('impression')} AS DOUBLE) AS impressions
			FROM events WHERE ${days} GROUP BY ALL`,
		lists: `
			WITH counted AS (
				SELECT pin_id, event, sum(n) AS n FROM events WHERE ${passes} GROUP BY ALL
			), figures AS MATERIALIZED (
				SELECT pin_id, ${of('impression')} AS impressions, coalesce(sum(n) FILTER (${ENGAGED}), 0) AS engagements,
					${of('save')} AS saves, ${of('closeup')} AS closeups, ${of('link_click')} AS link_clicks
				FROM counted GROUP BY pin_id
			), listed AS MATERIALIZED (
				SELECT CAST(pin_id AS VARCHAR) AS name, title, board, link, format, ${FIGURES}
				FROM figures JOIN pins USING (pin_id)
			), boards AS (
				SELECT board, count(*) AS pins, ${FIGURES.replace(/\w+/g, 'sum($&) AS $&')} FROM listed GROUP BY board
			)
			SELECT list, name, title, board, link, format, pins, total,
				${FIGURES.replace(/\w+/g, 'CAST($& AS DOUBLE) AS $&')}
			FROM (
				(SELECT 'pin' AS list, name, title, board, link, format, 0 AS pins, count(*) OVER () AS total, ${FIGURES}
				FROM listed ORDER BY impressions DESC, name LIMIT ${top})
				UNION ALL
				(SELECT 'board', board, '', '', '', '', pins, count(*) OVER (), ${FIGURES}
				FROM boards ORDER BY impressions DESC, board LIMIT ${top})
			) ORDER BY list, impressions DESC, name`
	};
}
