import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	dimensionsIn,
	dimensionsOf,
	LABEL,
	type Dimension,
	type OwnDimension
} from '../../src/lib/model/dimension';
import { CONTRIBUTION_SQL, UNUSUAL_SQL } from '../../src/lib/model/change';
import { PEOPLE_SQL, type CohortGrain } from '../../src/lib/model/people';
import type { FactMetric } from '../../src/lib/model/fact-metric';
import { AGE_CLASS_SQL, LIFE_SQL, type Life } from '../../src/lib/model/life';
import {
	METRICS,
	EVENT_METRIC_IDS,
	TOP_METRICS,
	WATCH_MS_SQL,
	type EventMetricId,
	type SortMetric
} from '../../src/lib/model/metric';
import { namedPins, type Label } from '../../src/lib/model/own-words';
import type { Filter, Grain, Subject } from '../../src/lib/model/query';
import {
	acceptedEvents,
	dayColumn,
	FIELDS,
	HEADER_ROW,
	list,
	ORACLE_ZONES,
	parsedRows,
	rawRows,
	text
} from './duckdb-event-file';

/**
 * A second implementation of the data contract, in SQL: DuckDB reads the bytes of an event file, and everything from
 * aliases to days is settled by the statements below and those of duckdb-event-file.ts. Of the product it shares the
 * names of columns and the SQL of metrics, which is under test here as much as the engine.
 */

/** The values of metrics, null where one has none. */
export type MetricValues = Readonly<Record<EventMetricId, number | null>>;

/** What a value adds to a change; null where nothing is taken apart. */
interface ContributionRow {
	readonly presence: 'new' | 'gone' | null;
	readonly own: number | null;
	readonly mix: number | null;
}

type Row = Record<string, number | string | boolean | null>;

export class Oracle {
	readonly #connection: DuckDBConnection;
	readonly #folder: string;
	readonly #own: readonly OwnDimension[];
	#batches = 0;

	private constructor(connection: DuckDBConnection, folder: string, own: readonly OwnDimension[]) {
		this.#connection = connection;
		this.#folder = folder;
		this.#own = own;
	}

	/** @param own columns of one's own that files may have */
	static async open(own: readonly OwnDimension[] = []): Promise<Oracle> {
		const instance = await DuckDBInstance.create(':memory:');
		const connection = await instance.connect();
		const oracle = new Oracle(connection, await mkdtemp(join(tmpdir(), 'tackboard-oracle-')), own);
		// Tables this small are read faster by one thread; the other tests want the other ones.
		await connection.run('SET threads = 1');
		await connection.run(`
			CREATE TABLE events (
				batch INTEGER, row_number BIGINT, time_ms BIGINT, event VARCHAR, pin_id VARCHAR, user_id VARCHAR,
				content_type VARCHAR, source VARCHAR, device VARCHAR, account VARCHAR, format VARCHAR,
				n HUGEINT, watch_ms HUGEINT, view_hundredths BIGINT, played_hundredths BIGINT,
				pin_title VARCHAR, board VARCHAR, link VARCHAR, image_url VARCHAR, created_at VARCHAR,
				${ORACLE_ZONES.map((zone) => `${dayColumn(zone)} DATE`).join(', ')}
				${own.map((name) => `, ${column(name)} VARCHAR`).join('')})`);
		return oracle;
	}

	async close(): Promise<void> {
		this.#connection.closeSync();
		await rm(this.#folder, { recursive: true });
	}

	/** Reads a comma-separated event file. */
	async import(bytes: Uint8Array): Promise<{ batch: number; accepted: number; rejected: number }> {
		const batch = ++this.#batches;
		const file = join(this.#folder, `${batch}.csv`);
		await writeFile(file, bytes);
		await this.#run(rawRows(file));
		const [names] = await this.#rows(HEADER_ROW);
		await this.#run(
			parsedRows(
				FIELDS.map((field) => String(names![field])),
				this.#own
			)
		);
		await this.#run(`INSERT INTO events ${acceptedEvents(batch, this.#own)}`);
		const [counts] = await this.#rows(
			`SELECT count(*) FILTER (is_event) AS accepted, count(*) FILTER (NOT is_event) AS rejected FROM parsed`
		);
		return { batch, accepted: Number(counts!.accepted), rejected: Number(counts!.rejected) };
	}

	async undo(batch: number): Promise<void> {
		await this.#run(`DELETE FROM events WHERE batch = ${batch}`);
	}

	/** Works out what holds whatever the filter: the Pins' attributes. Call after the last import or undo. */
	async settle(): Promise<void> {
		const newest = (column: string, where = 'true') =>
			`arg_max(${column}, (time_ms, batch, row_number)) FILTER (${where})`;
		const attribute = (column: string) => `coalesce(${newest(column, `${column} <> ''`)}, '') AS ${column}`;
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE pins AS
			SELECT pin_id, ${['pin_title', 'board', 'link', 'image_url', 'created_at'].map(attribute).join(', ')}, ${newest('format')} AS format
			FROM events GROUP BY pin_id`);
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE placed AS
			SELECT e.* EXCLUDE (pin_title, board, link, image_url, created_at), p.board AS pin_board, p.link AS pin_link
			FROM events e JOIN pins p USING (pin_id)`);
	}

	/** Works out which Pins bear which label. Call after `settle`, and before a question filters or splits by label. */
	async label(labels: readonly Label[]): Promise<void> {
		await this.#run('CREATE OR REPLACE TEMP TABLE labels (label VARCHAR, pin_id VARCHAR)');
		for (const label of labels) {
			const { name, words, createdFrom, createdTo } = label;
			const named = namedPins(label);
			const texts = 'lower(concat(pin_title, chr(10), link, chr(10), board))';
			const rule = [
				...(words === '' ? [] : [`contains(${texts}, lower(${text(words)}))`]),
				...(createdFrom === null ? [] : [`created_at >= ${text(createdFrom)}`]),
				...(createdTo === null ? [] : [`created_at <> '' AND left(created_at, 10) <= ${text(createdTo)}`])
			];
			const tests = [
				...(named.length === 0 ? [] : [`pin_id IN ${list(named)}`]),
				...(rule.length === 0 ? [] : [`(${rule.join(' AND ')})`])
			];
			await this.#run(
				`INSERT INTO labels SELECT ${text(name)}, pin_id FROM pins WHERE ${tests.join(' OR ') || 'false'}`
			);
		}
	}

	/** Keeps, of the events that pass, those of the Pins that bear any of some labels; '' stands for the Pins without one. */
	async selectLabelled(names: readonly string[]): Promise<void> {
		await this.#run(
			`CREATE OR REPLACE TEMP TABLE labelled AS SELECT * FROM passing WHERE ${labelTest(names)}`
		);
		await this.#run('CREATE OR REPLACE TEMP TABLE passing AS SELECT * FROM labelled');
	}

	/** Keeps the events that pass, for the questions below. */
	async select(filter: Filter, subject: Subject | null = null): Promise<void> {
		const day = dayColumn(filter.tz);
		const tests = testsOf(filter);
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE in_range AS
			SELECT *, ${day} AS day, timezone(${text(filter.tz)}, make_timestamptz(time_ms * 1000)) AS wall FROM placed
			WHERE ${day} BETWEEN DATE ${text(filter.from)} AND DATE ${text(filter.to)}
			${subject === null ? '' : `AND ${subject.kind === 'pin' ? 'pin_id' : 'pin_board'} = ${text(subject.name)}`}`);
		await this.#run(
			`CREATE OR REPLACE TEMP TABLE passing AS SELECT * FROM in_range WHERE ${['true', ...tests].join(' AND ')}`
		);
	}

	/** All metrics over everything that passes. */
	async totals(): Promise<MetricValues> {
		const [row] = await this.#rows(`SELECT ${METRIC_LIST} FROM passing`);
		return metricsOf(row!);
	}

	/** All metrics per stretch of the axis in which something passes, by its first day. */
	async series(grain: Grain): Promise<Map<string, MetricValues>> {
		const rows = await this.#rows(
			`SELECT ${bucket(grain)} AS bucket, ${METRIC_LIST} FROM passing GROUP BY bucket`
		);
		return new Map(rows.map((row) => [String(row.bucket), metricsOf(row)]));
	}

	/** The values of a split that occur, the largest by impressions first. */
	async splitValues(split: Dimension): Promise<string[]> {
		const rows = await this.#rows(
			`SELECT ${column(split)} AS value FROM passing GROUP BY value ORDER BY ${METRICS.impressions.sql} DESC, value`
		);
		return rows.map((row) => String(row.value));
	}

	/** Like `series`, for those values of the split that are `own` each and for the others as one (null). */
	async splitSeries(
		grain: Grain,
		split: Dimension,
		own: readonly string[]
	): Promise<Map<string | null, Map<string, MetricValues>>> {
		const value =
			own.length === 0 ? 'NULL' : `CASE WHEN ${column(split)} IN ${list(own)} THEN ${column(split)} END`;
		const rows = await this.#rows(
			`SELECT ${bucket(grain)} AS bucket, ${value} AS value, ${METRIC_LIST} FROM passing GROUP BY bucket, value`
		);
		const series = new Map<string | null, Map<string, MetricValues>>();
		for (const row of rows) {
			const key = row.value === null ? null : String(row.value);
			if (!series.has(key)) series.set(key, new Map());
			series.get(key)!.set(String(row.bucket), metricsOf(row));
		}
		return series;
	}

	/** All metrics over everything that passes, for those values of the split that are `own` each and for the others as one (null). */
	async splitTotals(split: Dimension, own: readonly string[]): Promise<Map<string | null, MetricValues>> {
		const value =
			own.length === 0 ? 'NULL' : `CASE WHEN ${column(split)} IN ${list(own)} THEN ${column(split)} END`;
		const rows = await this.#rows(`SELECT ${value} AS value, ${METRIC_LIST} FROM passing GROUP BY value`);
		return new Map(rows.map((row) => [row.value === null ? null : String(row.value), metricsOf(row)]));
	}

	/** The stretches of a range's axis: first day, and whether the range cuts them. */
	async buckets(filter: Filter, grain: Grain): Promise<{ day: string; partial: boolean }[]> {
		const rows = await this.#rows(`
			SELECT CAST(first AS VARCHAR) AS day,
				first < DATE ${text(filter.from)} OR first + INTERVAL 1 ${grain} - INTERVAL 1 day > DATE ${text(filter.to)} AS partial
			FROM (
				SELECT DISTINCT CAST(date_trunc('${grain}', day) AS DATE) AS first
				FROM generate_series(DATE ${text(filter.from)}, DATE ${text(filter.to)}, INTERVAL 1 day) AS days(day)
			) ORDER BY first`);
		return rows.map((row) => ({ day: String(row.day), partial: row.partial === true }));
	}

	/**
	 * Per dimension the values that occur on the days of the range, with their impressions under the filters of all
	 * other dimensions, the largest first.
	 */
	async shares(filter: Filter): Promise<Record<string, { value: string; impressions: number }[]>> {
		const dimensions = dimensionsOf(this.#own);
		const questions = dimensions.map((dimension) => {
			const passes = ['true', ...testsOf(filter, dimension)];
			return `SELECT '${dimension}' AS dimension, ${column(dimension)} AS value,
				coalesce(sum(CASE WHEN event = 'impression' AND ${passes.join(' AND ')} THEN n ELSE 0 END), 0) AS impressions
				FROM in_range GROUP BY value`;
		});
		const rows = await this.#rows(
			`SELECT * FROM (${questions.join(' UNION ALL ')}) ORDER BY impressions DESC, value`
		);
		const shares = Object.fromEntries(
			dimensions.map((dimension) => [dimension, [] as { value: string; impressions: number }[]])
		);
		for (const { dimension, value, impressions } of rows) {
			shares[String(dimension)]!.push({ value: String(value), impressions: Number(impressions) });
		}
		return shares;
	}

	/**
	 * What each value of a column, or each label, adds to the change of a metric from one filter to another, by the SQL that stands beside
	 * the definition; a rate's as its two parts. Leaves the events of `now` selected.
	 */
	async contributions(
		metric: EventMetricId,
		column: string,
		now: Filter,
		then: Filter
	): Promise<Map<string, ContributionRow>> {
		const { formula } = METRICS[metric];
		const sqlOf = (of: FactMetric) => (of === 'watch_ms' ? WATCH_MS_SQL : METRICS[of as EventMetricId].sql);
		const part = sqlOf(formula.kind === 'amount' ? formula.of : formula.part);
		const whole = formula.kind === 'amount' ? '0' : sqlOf(formula.whole);
		const amounts = `CAST(${part} AS DOUBLE) AS part, CAST(${whole} AS DOUBLE) AS whole`;
		const rows =
			column === LABEL ? `passing JOIN (${BEARERS}) bearers ON bearers.bearer = passing.pin_id` : 'passing';
		const side = `SELECT ${column} AS name, ${amounts} FROM ${rows} GROUP BY ${column}`;
		await this.select(then);
		await this.#run(`CREATE OR REPLACE TEMP TABLE side_then AS ${side}`);
		await this.#run(`CREATE OR REPLACE TEMP TABLE all_then AS SELECT ${amounts} FROM passing`);
		await this.select(now);
		// Labels overlap: the whole is not the sum of what they make.
		const ofWhole = (sql: string) =>
			column === LABEL
				? sql
						.replaceAll(
							/sum\((part|whole)_now\) OVER \(\)/g,
							`(SELECT $1 FROM (SELECT ${amounts} FROM passing))`
						)
						.replaceAll(/sum\((part|whole)_then\) OVER \(\)/g, '(SELECT $1 FROM all_then)')
				: sql;
		const { count, own, mix } = CONTRIBUTION_SQL;
		const [first, second] = formula.kind === 'amount' ? [count, '0'] : [ofWhole(own), ofWhole(mix)];
		const found = await this.#rows(`
			SELECT name, is_new, is_gone, (${first}) / ${formula.per} AS own, (${second}) / ${formula.per} AS mix
			FROM (
				SELECT coalesce(n.name, t.name) AS name, t.name IS NULL AS is_new, n.name IS NULL AS is_gone,
					coalesce(n.part, 0) AS part_now, coalesce(n.whole, 0) AS whole_now,
					coalesce(t.part, 0) AS part_then, coalesce(t.whole, 0) AS whole_then
				FROM (${side}) n FULL JOIN side_then t ON n.name = t.name
			)`);
		return new Map(
			found.map(({ name, is_new, is_gone, own, mix }) => [
				String(name),
				{
					presence: is_new === true ? 'new' : is_gone === true ? 'gone' : null,
					own: own as number | null,
					mix: mix as number | null
				}
			])
		);
	}

	/** Whether a figure is unusual beside some of its weekday, by the SQL that stands beside the definition. */
	async isUnusual(value: number, weekdays: readonly number[]): Promise<boolean> {
		const [row] = await this.#rows(
			`SELECT ${UNUSUAL_SQL} AS is_unusual FROM (SELECT ${value}::DOUBLE AS x, unnest([${weekdays.join(', ')}]::DOUBLE[]) AS w)`
		);
		return row!.is_unusual === true;
	}

	/** The lives of all Pins with an event that passes, by the SQL that stands beside the definition. */
	async lives(metric: EventMetricId, filter: Filter): Promise<Map<string, Life>> {
		await this.#selectDays(metric, filter);
		const rows = await this.#rows(LIFE_SQL);
		return new Map(
			rows.map(({ pin_id, age, half_age, grows }) => [
				String(pin_id),
				{
					age: Number(age),
					halfAge: half_age === null ? null : Number(half_age),
					grows: grows === true
				}
			])
		);
	}

	/** A metric by the age that Pins had, by class. */
	async sumByAge(metric: EventMetricId, filter: Filter): Promise<Map<string, number>> {
		await this.#selectDays(metric, filter);
		const rows = await this.#rows(
			`SELECT ${AGE_CLASS_SQL} AS class, CAST(sum(value) AS DOUBLE) AS value FROM days GROUP BY class`
		);
		return new Map(rows.map((row) => [String(row.class), Number(row.value)]));
	}

	/** Makes the table that lives are computed from. */
	async #selectDays(metric: EventMetricId, filter: Filter): Promise<void> {
		const day = dayColumn(filter.tz);
		const numberOf = (date: string) => `datediff('day', DATE '1970-01-01', ${date})`;
		const created = `CAST(timezone(${text(filter.tz)}, TRY_CAST(created_at AS TIMESTAMPTZ)) AS DATE)`;
		await this.select(filter);
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE days AS
			SELECT pin_id, ${numberOf('d.day')} AS day, d.value, newest, ${numberOf('b.born')} AS born
			FROM (SELECT pin_id, day, ${METRICS[metric].sql} AS value FROM passing GROUP BY pin_id, day) d
			JOIN (
				SELECT pin_id, coalesce(any_value(${created}), min(${day})) AS born
				FROM placed JOIN pins p USING (pin_id) GROUP BY pin_id
			) b USING (pin_id), (SELECT ${numberOf(`max(${day})`)} AS newest FROM placed)`);
	}

	/** Keeps whom the filter lets pass on which day, whatever its days, for the four questions below. */
	async selectPeople(filter: Filter, dimension: Dimension, subject: Subject | null): Promise<void> {
		const day = dayColumn(filter.tz);
		const tests = ["user_id <> ''", ...testsOf(filter)];
		if (subject !== null)
			tests.push(`${subject.kind === 'pin' ? 'pin_id' : 'pin_board'} = ${text(subject.name)}`);
		const labels = filter.values.label ?? [];
		if (labels.length > 0) tests.push(`(${labelTest(labels)})`);
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE met AS SELECT user_id, ${day} AS day, ${column(dimension)} AS value FROM placed
			WHERE ${tests.join(' AND ')}`);
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE asked AS SELECT DATE ${text(filter.from)} AS first, DATE ${text(filter.to)} AS last,
				(SELECT max(${day}) FROM placed) AS newest`);
	}

	/** New and returning people per step in which anybody occurs, by its first day. */
	async newAndReturning(
		grain: Grain
	): Promise<Map<string, { readonly newPeople: number; readonly returning: number }>> {
		const rows = await this.#rows(
			`SELECT * REPLACE (CAST(CAST(bucket AS DATE) AS VARCHAR) AS bucket) FROM (${PEOPLE_SQL.newAndReturning(grain)})`
		);
		return new Map(
			rows.map(({ bucket, new_people, returning_people }) => [
				String(bucket),
				{ newPeople: Number(new_people), returning: Number(returning_people) }
			])
		);
	}

	/** People by the number of days on which they are met. */
	async daysMet(): Promise<Map<string, number>> {
		const rows = await this.#rows(PEOPLE_SQL.daysMet);
		return new Map(rows.map(({ days_met, people }) => [String(days_met), Number(people)]));
	}

	/** How many people every two values share, by both, in the order of their code points. */
	async sharedPeople(): Promise<Map<string, number>> {
		const rows = await this.#rows(PEOPLE_SQL.shared);
		return new Map(rows.map((row) => [`${row.first_value}|${row.second_value}`, Number(row.people)]));
	}

	/** Cohorts, their people and the share of them that occurs in each step. */
	async retention(
		grain: CohortGrain
	): Promise<{ cohort: string; people: number; step: number; share: number }[]> {
		const rows = await this.#rows(
			`SELECT * REPLACE (CAST(CAST(cohort AS DATE) AS VARCHAR) AS cohort) FROM (${PEOPLE_SQL.retention(grain)}) ORDER BY cohort, step`
		);
		return rows.map(({ cohort, people, step, share }) => ({
			cohort: String(cohort),
			people: Number(people),
			step: Number(step),
			share: Number(share)
		}));
	}

	/** Every Pin with an event that passes; `order` then gives their order. */
	async pins(): Promise<Map<string, MetricValues & Row>> {
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE pin_figures AS
			SELECT pins.*, f.* EXCLUDE (pin_id)
			FROM (SELECT pin_id, ${METRIC_LIST} FROM passing GROUP BY pin_id) f JOIN pins USING (pin_id)`);
		const rows = await this.#rows('SELECT * FROM pin_figures');
		return new Map(rows.map((row) => [String(row.pin_id), { ...row, ...metricsOf(row) }]));
	}

	/** Every board with a Pin that has an event that passes. */
	async boards(): Promise<Map<string, MetricValues & Row>> {
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE board_figures AS
			SELECT pin_board AS board, count(DISTINCT pin_id) AS pins, ${METRIC_LIST} FROM passing GROUP BY pin_board`);
		const rows = await this.#rows('SELECT * FROM board_figures');
		return new Map(rows.map((row) => [String(row.board), { ...row, ...metricsOf(row) }]));
	}

	/** Every link with a Pin that has an event that passes. */
	async links(): Promise<Map<string, MetricValues & Row>> {
		await this.#run(`
			CREATE OR REPLACE TEMP TABLE link_figures AS
			SELECT pin_link AS link, count(DISTINCT pin_id) AS pins, ${METRIC_LIST} FROM passing
			WHERE pin_link <> '' GROUP BY pin_link`);
		const rows = await this.#rows('SELECT * FROM link_figures');
		return new Map(rows.map((row) => [String(row.link), { ...row, ...metricsOf(row) }]));
	}

	/** All metrics per hour of the week, from Monday 0:00 (0) to Sunday 23:00 (167), where anything passes. */
	async hours(): Promise<Map<number, MetricValues>> {
		const rows = await this.#rows(
			`SELECT 24 * (isodow(wall) - 1) + hour(wall) AS hour, ${METRIC_LIST} FROM passing GROUP BY hour`
		);
		return new Map(rows.map((row) => [Number(row.hour), metricsOf(row)]));
	}

	/** The names of Pins, boards or links by each sort, ties by code point. Call after `pins`, `boards` or `links`. */
	async orders(of: 'pin' | 'board' | 'link'): Promise<Readonly<Record<SortMetric, readonly string[]>>> {
		const name = of === 'pin' ? 'pin_id' : of;
		const [row] = await this.#rows(
			`SELECT ${TOP_METRICS.map(
				(sort) => `to_json(list(${name} ORDER BY coalesce(${sort}, -1) DESC, ${name})) AS ${sort}`
			).join(', ')}
			FROM ${of}_figures`
		);
		return Object.fromEntries(
			TOP_METRICS.map((sort) => [sort, JSON.parse(String(row![sort] ?? '[]')) as string[]])
		) as Record<SortMetric, string[]>;
	}

	/** Events in the order of an export: oldest first, ties in the order of import and file. */
	async events(): Promise<Row[]> {
		return this.#rows(`
			SELECT placed.time_ms, placed.event, placed.pin_id, placed.user_id, placed.content_type, placed.source,
				placed.device, placed.account, placed.format, placed.n,
				CASE WHEN placed.event = 'video_play' THEN placed.watch_ms ELSE 0 END AS watch_ms,
				CASE WHEN placed.event = 'video_play' THEN placed.view_hundredths ELSE 0 END AS view_hundredths,
				CASE WHEN placed.event = 'video_play' THEN placed.played_hundredths ELSE 0 END AS played_hundredths,
				pins.pin_title, pins.board, pins.link, pins.image_url, pins.created_at
			FROM passing AS placed JOIN pins USING (pin_id) ORDER BY placed.time_ms, placed.batch, placed.row_number`);
	}

	async #run(sql: string): Promise<void> {
		await this.#connection.run(sql);
	}

	async #rows(sql: string): Promise<Row[]> {
		const reader = await this.#connection.runAndReadAll(sql);
		return reader.getRowObjectsJS().map((row) => {
			const plain: Row = {};
			for (const [name, value] of Object.entries(row)) plain[name] = plainValue(value);
			return plain;
		});
	}
}

/** A dimension's column as SQL writes it. */
const column = (dimension: string) => `"${dimension}"`;

/** Whether a Pin bears any of some labels; '' stands for the Pins without one. */
function labelTest(names: readonly string[]): string {
	const tests = names.map((name) =>
		name === ''
			? 'pin_id NOT IN (SELECT pin_id FROM labels)'
			: `pin_id IN (SELECT pin_id FROM labels WHERE label = ${text(name)})`
	);
	return tests.join(' OR ');
}

/** The tests of a filter but for its days, and but for those of one dimension. */
function testsOf({ values }: Filter, but: string | null = null): string[] {
	// Labels are of Pins (selectLabelled).
	const set = dimensionsIn(values).filter((each) => each !== but && each !== LABEL && values[each]?.length);
	return set.map((each) => `${column(each)} IN ${list(values[each]!)}`);
}

/** Every Pin with each of its labels; '' for those without one. */
const BEARERS = `SELECT label, pin_id AS bearer FROM labels
	UNION SELECT '', pin_id FROM pins WHERE pin_id NOT IN (SELECT pin_id FROM labels)`;

const METRIC_LIST = EVENT_METRIC_IDS.map((id) => `${METRICS[id].sql} AS ${id}`).join(', ');
const bucket = (grain: Grain) => `CAST(CAST(date_trunc('${grain}', day) AS DATE) AS VARCHAR)`;

function metricsOf(row: Row): MetricValues {
	return Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, row[id]])) as Record<
		EventMetricId,
		number | null
	>;
}

/** Whole numbers must fit a double exactly, or a comparison would prove nothing. */
function plainValue(value: unknown): Row[string] {
	if (typeof value === 'bigint') {
		if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`oracle: ${value} is no exact number`);
		return Number(value);
	}
	if (value === null || ['number', 'string', 'boolean'].includes(typeof value)) return value as Row[string];
	throw new Error(`oracle: unexpected value ${String(value)}`);
}
