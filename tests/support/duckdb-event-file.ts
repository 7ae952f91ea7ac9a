import { EVENT_COLUMNS } from '../../src/lib/model/event';

/** How DuckDB reads an event file: the data contract in SQL, from the bytes of a row to what its event is. */

/** The zones whose days are worked out; DuckDB's own time zone data (ICU) decides them. */
export const ORACLE_ZONES = ['UTC', 'Europe/Stockholm', 'Asia/Kolkata'] as const;
type OracleZone = (typeof ORACLE_ZONES)[number];

/** The columns of the table of raw rows: more than any row of the tests has fields. */
export const FIELDS = Array.from({ length: 24 }, (_, field) => `c${field}`);

/** The column that holds the days of a zone. */
export const dayColumn = (zone: string) => `day_${ORACLE_ZONES.indexOf(zone as OracleZone)}`;
/** A text as SQL writes it. */
export const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
/** Texts as SQL writes a list. */
export const list = (values: readonly string[]) => `(${values.map(text).join(', ')})`;

/** What is space around an id or a value: what ECMAScript's trim takes away. */
const SPACE = String.raw`[\s\x{0B}\x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}]`;
const without = (sql: string, signs: string) =>
	`regexp_replace(regexp_replace(${sql}, '^${signs}+', ''), '${signs}+$', '')`;
const trimmed = (sql: string) => without(sql, SPACE);

/** What is no part of an id besides: signs that cannot be seen. */
const UNSEEN =
	SPACE.slice(0, -1) +
	String.raw`\x{AD}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{2069}]`;
/** An id as it is kept: without the apostrophe that an export puts before formulas. */
const idOf = (sql: string) => without(revealed(without(sql, UNSEEN)), UNSEEN);

/** A cell without the apostrophe that an export puts before formulas. */
const FORMULA = String.raw`^''*[=+\-@\t\r\n]`;
const PLAIN_NUMBER = String.raw`[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`;
const revealed = (sql: string) => `CASE WHEN starts_with(${sql}, '''')
	AND regexp_matches(substr(${sql}, 2), '${FORMULA}')
	AND NOT regexp_full_match(substr(${sql}, 2), '${PLAIN_NUMBER}') THEN substr(${sql}, 2) ELSE ${sql} END`;

const orDefault = (sql: string, value: string) => `coalesce(nullif(${sql}, ''), '${value}')`;

/** A decimal number times a power of ten as a whole number, half up; NULL where the cell is no number. */
const DECIMAL = 'DECIMAL(38, 20)';
const WHOLE_NUMBER = String.raw`[+-]?\d+(\.0*)?`;
const number = (sql: string, form = PLAIN_NUMBER) =>
	`CASE WHEN regexp_full_match(${sql}, '${form}') THEN try_cast(${sql} AS ${DECIMAL}) END`;
const halfUp = (sql: string, unit: number) => `CAST(floor(${sql} * ${unit} + 0.5) AS BIGINT)`;

/** The parts of a stamp that is not epoch time; what stands in brackets says nothing. */
const ZONE = String.raw`(?:[Zz]| ?([+-]\d\d(?::?\d\d)?)| (?i:utc|gmt))(?:\[[A-Za-z0-9_/+-]+\])?`;
const STAMP = String.raw`(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:${ZONE})?)?`;
const stampParts = (stamp: string) =>
	`regexp_extract(${stamp}, '^${STAMP}$', ['date', 'hour', 'minute', 'second', 'fraction', 'off'])`;

/**
 * Epoch milliseconds of a cell; NULL where it is no time.
 * @param p its stampParts
 */
const timeMs = (stamp: string, p: string) => `
	CASE
		WHEN regexp_full_match(${stamp}, '[0-9]{1,11}') THEN CAST(${stamp} AS HUGEINT) * 1000
		WHEN regexp_full_match(${stamp}, '[0-9]{12,14}') THEN CAST(${stamp} AS HUGEINT)
		WHEN regexp_full_match(${stamp}, '[0-9]{15,17}') THEN CAST(${stamp} AS HUGEINT) // 1000
		WHEN regexp_full_match(${stamp}, '[0-9]{18,38}') THEN CAST(${stamp} AS HUGEINT) // 1000000
		WHEN regexp_full_match(${stamp}, '${STAMP}') AND coalesce(try_cast(nullif(${p}.hour, '') AS INTEGER), 0) < 24
			AND coalesce(try_cast(nullif(${p}.minute, '') AS INTEGER), 0) < 60
			AND coalesce(try_cast(nullif(${p}.second, '') AS INTEGER), 0) < 60
			AND coalesce(try_cast(nullif(substr(${p}.off, 2, 2), '') AS INTEGER), 0) < 24
			AND coalesce(try_cast(nullif(right(${p}.off, 2), '') AS INTEGER), 0) < 60
		THEN epoch_ms(CAST(try_cast(${p}.date AS DATE) AS TIMESTAMP))
			+ 3600000 * coalesce(try_cast(nullif(${p}.hour, '') AS BIGINT), 0)
			+ 60000 * coalesce(try_cast(nullif(${p}.minute, '') AS BIGINT), 0)
			+ 1000 * coalesce(try_cast(nullif(${p}.second, '') AS BIGINT), 0)
			+ CAST(substr(${p}.fraction || '000', 1, 3) AS BIGINT)
			- CASE WHEN length(${p}.off) < 3 THEN 0 ELSE
				CASE substr(${p}.off, 1, 1) WHEN '-' THEN -60000 ELSE 60000 END * (
					60 * CAST(substr(${p}.off, 2, 2) AS BIGINT)
					+ CASE WHEN length(${p}.off) > 3 THEN CAST(right(${p}.off, 2) AS BIGINT) ELSE 0 END)
				END
	END`;
const isInYears = (ms: string) =>
	`coalesce(${ms} BETWEEN epoch_ms(TIMESTAMP '1990-01-01') AND epoch_ms(TIMESTAMP '2100-01-01') - 1, false)`;

const EVENT_NAME = `CASE regexp_replace(lower(event), '[${String.raw`\s\x{A0}`}_-]', '', 'g')
	WHEN 'impression' THEN 'impression'
	WHEN 'closeup' THEN 'closeup' WHEN 'pinclick' THEN 'closeup'
	WHEN 'save' THEN 'save' WHEN 'repin' THEN 'save'
	WHEN 'linkclick' THEN 'link_click' WHEN 'outboundclick' THEN 'link_click'
	WHEN 'carouselswipe' THEN 'carousel_swipe'
	WHEN 'videoplay' THEN 'video_play'
END`;

/** What each list may hold, written out anew so that a word lost from the product's list is noticed. */
const LISTS = {
	content_type: ['organic', 'paid'],
	source: ['own', 'other'],
	device: ['mobile', 'tablet', 'desktop', 'unknown'],
	format: ['standard', 'video', 'carousel', 'idea', 'product', 'collections']
};

/** Makes the table of raw rows. Sequential, so that rows come numbered in the order of the file. */
export const rawRows = (file: string) => `
	CREATE OR REPLACE TEMP TABLE raw AS
	SELECT row_number() OVER () AS row_number, ${FIELDS.map((f) => `coalesce(${f}, '') AS ${f}`).join(', ')}
	FROM read_csv(${text(file)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
		columns = {${FIELDS.map((f) => `${f}: 'VARCHAR'`).join(', ')}}, null_padding = true, parallel = false)`;

/** Asks for the names of the raw rows' columns. */
export const HEADER_ROW = `
	SELECT ${FIELDS.map((f) => `regexp_replace(lower(trim(${f})), '[ -]', '_', 'g') AS ${f}`).join(', ')}
	FROM raw WHERE row_number = 1`;

/** Makes the table of rows that are read, and says which are events. */
export function parsedRows(header: readonly string[], own: readonly string[] = []): string {
	const width = header.findLastIndex((name) => name !== '') + 1;
	const cells = EVENT_COLUMNS.map((column) => {
		const field = header.indexOf(column);
		return `${field < 0 ? `''` : FIELDS[field]} AS ${column}`;
	});
	const ownCells = own.map((name, c) => {
		const field = header.findIndex((each) => each === name || `own.${each}` === name);
		return `${field < 0 ? `''` : idOf(FIELDS[field]!)} AS own_${c}`;
	});
	const beyond = FIELDS.slice(width).map((f) => `${f} <> ''`);
	return `
		CREATE OR REPLACE TEMP TABLE parsed AS
		WITH cells AS (
			SELECT row_number, (${beyond.join(' OR ')}) AS has_too_many, ${[...cells, ...ownCells].join(', ')} FROM raw WHERE row_number > 1
		), read AS (
			SELECT *, ${trimmed('timestamp')} AS stamp,
				${stampParts(trimmed('timestamp'))} AS p,
				${trimmed('created_at')} AS created, ${stampParts(trimmed('created_at'))} AS created_p,
				${idOf('pin_id')} AS pin,
				${idOf('user_id')} AS person,
				${orDefault(idOf('account'), 'unknown')} AS claimed,
				${orDefault(`lower(${trimmed('content_type')})`, 'organic')} AS content,
				${orDefault(`lower(${trimmed('source')})`, 'own')} AS origin,
				${orDefault(`lower(${trimmed('device')})`, 'unknown')} AS machine,
				${orDefault(`lower(${trimmed('format')})`, 'standard')} AS kind,
				${number(orDefault(trimmed('count'), '1'), WHOLE_NUMBER)} AS how_many,
				${number(orDefault(trimmed('watch_seconds'), '0'))} AS watched,
				${number(orDefault(trimmed('view_percent'), '0'))} AS viewed,
				${number(orDefault(trimmed('played_percent'), '0'))} AS played
			FROM cells
		), timed AS (
			SELECT *, ${timeMs('stamp', 'p')} AS time_ms, ${timeMs('created', 'created_p')} AS created_ms, ${EVENT_NAME} AS name FROM read
		)
		SELECT *,
			NOT has_too_many AND name IS NOT NULL AND pin <> ''
			AND ${isInYears('time_ms')} AND (created = '' OR ${isInYears('created_ms')})
			AND content IN ${list(LISTS.content_type)} AND origin IN ${list(LISTS.source)}
			AND machine IN ${list(LISTS.device)} AND kind IN ${list(LISTS.format)}
			AND coalesce(how_many = floor(how_many) AND how_many BETWEEN 1 AND 4294967295, false)
			AND coalesce(watched >= 0, false)
			AND coalesce(viewed BETWEEN 0 AND 100, false)
			AND coalesce(played BETWEEN 0 AND 100, false) AS is_event
		FROM timed`;
}

/** The events among them, as the columns of the table of events. */
export const acceptedEvents = (batch: number, own: readonly string[] = []) => `
	SELECT ${batch}, row_number, time_ms, name, pin, person, content, origin, machine, claimed, kind,
		CAST(how_many AS HUGEINT), ${halfUp('watched', 1000)}, ${halfUp('viewed', 100)}, ${halfUp('played', 100)},
		${revealed('pin_title')}, ${revealed('board')}, ${revealed('link')}, ${revealed('image_url')},
		CASE WHEN created = '' THEN '' ELSE strftime(epoch_ms(CAST(created_ms AS BIGINT)), '%Y-%m-%dT%H:%M:%S.%gZ') END,
		${ORACLE_ZONES.map((zone) => `CAST(timezone(${text(zone)}, make_timestamptz(CAST(time_ms AS BIGINT) * 1000)) AS DATE)`).join(', ')}
		${own.map((_, c) => `, own_${c}`).join('')}
	FROM parsed WHERE is_event`;
