import type { FactMetric } from '../model/fact-metric';
import { PLAIN_FIGURE } from '../model/reported';
import type { ReportContents } from '../columns/report-contents';
import { EVENTS, EVENT_ALIASES, EVENT_COLUMNS, type Dimension, type EventColumn } from '../model/event';
import { csvText } from '../model/csv-cell';
import { mappingFaults, type Mapping, type TableKind, type TablePreview } from '../model/mapping';
import { ProblemError } from '../model/problem';
import type { Fact } from '../model/reported';
import { normalName } from './header';
import { isBlank, pinIdIn, readDay, readFigure } from './reported/cells';
import { FactCollector, type RowFault } from './reported/fact-collector';
import { dimensionNamed, valueNamed } from './reported/filter-names';
import { isDateName, metricNamed, plainName } from './reported/metric-names';
import { delimiterOf, isEmptyRow, readTextRows, type TextRow } from './reported/text-rows';

/** Tables with headers that no format knows: a guess at what their columns are, and what a mapping makes of them. */

const PREVIEW_ROWS = 20;
/** A column's kind is guessed from so many of its cells. */
const LOOKED_AT = 50;

/** Other names for columns of events, by plainName. */
const EVENT_COLUMN_NAMES: Readonly<Record<string, EventColumn>> = {
	time: 'timestamp',
	date: 'timestamp',
	datetime: 'timestamp',
	when: 'timestamp',
	action: 'event',
	eventname: 'event',
	eventtype: 'event',
	type: 'event',
	pin: 'pin_id',
	organicpinid: 'pin_id',
	user: 'user_id',
	visitor: 'user_id',
	visitorid: 'user_id',
	title: 'pin_title',
	boardname: 'board',
	url: 'link',
	destination: 'link',
	image: 'image_url',
	n: 'count',
	quantity: 'count'
};

/** Tells tables with the same columns from others. */
export function headerSignature(names: readonly string[]): string {
	return names.map(plainName).join('|');
}

/** The header and the rows of a table. */
export function readTable(text: string): {
	readonly names: readonly string[];
	readonly rows: readonly TextRow[];
} {
	const plain = text.replace(/^\uFEFF/, '');
	const header = /[^\r\n]*\S[^\r\n]*/.exec(plain)?.[0] ?? '';
	const [first, ...rows] = readTextRows(plain, delimiterOf(header)).filter((row) => !isEmptyRow(row));
	return { names: first?.cells ?? [], rows };
}

/** What the columns are most likely, by their names, or else by what they hold. */
export function guessMapping(names: readonly string[], rows: readonly TextRow[]): Mapping {
	const cellsOf = (index: number) =>
		rows
			.slice(0, LOOKED_AT)
			.flatMap(({ cells }) => (isBlank(cells[index] ?? '') ? [] : [cells[index] as string]));
	const isMost = (index: number, test: (cell: string) => boolean) => {
		const cells = cellsOf(index);
		return cells.filter(test).length > cells.length / 2; // a spoilt cell does not change what a column is
	};
	const guess = (kind: TableKind, roleOf: (name: string, index: number) => string): Mapping => {
		const taken = new Set<string>();
		const roles = names.map((name, index) => {
			const role = roleOf(name, index);
			if (taken.has(role)) return '';
			taken.add(role);
			return role;
		});
		return { kind, roles };
	};
	const events = guess('events', (name, index) => {
		const known = normalName(name);
		if ((EVENT_COLUMNS as readonly string[]).includes(known)) return known;
		const named = EVENT_COLUMN_NAMES[plainName(name)] ?? dimensionNamed(name);
		if (named) return named;
		if (isMost(index, isEventName)) return 'event';
		if (isMost(index, (cell) => /^\d{15,20}$/.test(cell))) return 'pin_id';
		return isMost(index, (cell) => typeof readDay(cell) === 'string') ? 'timestamp' : '';
	});
	const figures = guess('figures', (name, index) => {
		if (isDateName(name)) return 'date';
		const metric = metricNamed(name)?.metric ?? dimensionNamed(name);
		if (metric) return metric;
		if (/^(?:organic|promoted)?pin(?:id)?$/.test(plainName(name))) return 'pin_id';
		if (isMost(index, (cell) => pinIdIn(cell) !== null && cell.length >= 15)) return 'pin_id';
		return isMost(index, (cell) => typeof readDay(cell) === 'string') ? 'date' : '';
	});
	const hasEvents = events.roles.includes('event') && events.roles.includes('timestamp');
	return hasEvents || mappingFaults(figures).missing.length > 0 ? events : figures;
}

function isEventName(cell: string): boolean {
	const plain = cell.toLowerCase().replace(/[\s_-]/g, '');
	return Object.hasOwn(EVENT_ALIASES, plain) || EVENTS.some((event) => event.replace('_', '') === plain);
}

/** The first rows of a table, with what a mapping makes of each. */
export function previewTable(
	names: readonly string[],
	rows: readonly TextRow[],
	mapping: Mapping,
	isSaved: boolean
): TablePreview {
	const faults = mappingFaults(mapping);
	const isReady = faults.missing.length + faults.twice.length === 0;
	return {
		names,
		mapping,
		isSaved,
		dateReadings: [],
		...faults,
		rows: rows.slice(0, PREVIEW_ROWS).map((row) => {
			const cells = names.map((_, index) => row.cells[index] ?? '');
			if (mapping.kind === 'events' || !isReady) return { cells, figures: null, rejection: null };
			const read = readRow(row, names, mapping);
			return 'fault' in read
				? { cells, figures: 0, rejection: { ...read.fault, line: row.line } }
				: { cells, figures: read.facts.length, rejection: null };
		})
	};
}

/**
 * The facts of a table with one row a day, or a day and Pin, and a column per metric.
 * @throws ProblemError no_known_figures where the mapping does not fit
 */
export function readMappedTable(text: string, mapping: Mapping): ReportContents {
	const { names, rows } = readTable(text);
	const { missing, twice } = mappingFaults(mapping);
	if (missing.length + twice.length > 0 || names.length !== mapping.roles.length) {
		throw new ProblemError({ code: 'no_known_figures', found: names });
	}
	const collector = new FactCollector();
	names.forEach((name, index) => {
		if (mapping.roles[index] === '') collector.leaveOut(name);
	});
	const days: string[] = [];
	for (const row of rows) {
		const read = readRow(row, names, mapping);
		if ('fault' in read) collector.reject(row.line, read.fault, row.cells, names);
		else {
			days.push(read.day);
			collector.accept(read.facts);
		}
	}
	return collector.result(days);
}

/** The header line that makes a table of events an event file; what is left out keeps a name that means nothing. */
export function mappedHeader({ roles }: Mapping, delimiter: string): string {
	return roles.map((role, index) => csvText(role === '' ? `left out ${index + 1}` : role)).join(delimiter);
}

function readRow(
	{ cells }: TextRow,
	names: readonly string[],
	{ roles }: Mapping
): { fault: RowFault } | { day: string; facts: Fact[] } {
	const fault = (index: number, reason: RowFault['reason']) => ({
		fault: { column: names[index] ?? null, reason, value: cells[index] ?? '' }
	});
	const date = roles.indexOf('date');
	const day = readDay(cells[date] ?? '');
	if (typeof day !== 'string') return fault(date, day.reason);
	const pin = roles.indexOf('pin_id');
	const id = pin < 0 ? null : (pinIdIn(cells[pin] ?? '') ?? plainId(cells[pin] ?? ''));
	if (pin >= 0 && id === null) return fault(pin, 'missing_value');
	const filters: Partial<Record<Dimension, readonly string[]>> = {};
	const figures: { metric: FactMetric; value: number }[] = [];
	for (const [index, role] of roles.entries()) {
		const cell = cells[index] ?? '';
		if (role === '' || role === 'date' || role === 'pin_id') continue;
		const dimension = dimensionNamed(role);
		if (dimension) {
			const values = valueNamed(dimension, cell);
			if (values === null) return fault(index, 'unknown_value');
			if (values.length > 0) filters[dimension] = values;
		} else if (!isBlank(cell)) {
			const metric = role as FactMetric;
			// A name that is known brings its unit with it: milliseconds, minutes.
			const named = metricNamed(names[index] ?? '');
			const value = readFigure(cell, named?.metric === metric ? named : { metric, scale: 1, per: 1 });
			if (typeof value !== 'number') return fault(index, value);
			figures.push({ metric, value });
		}
	}
	const about = { from: day, to: day, filters, ...PLAIN_FIGURE, isEstimate: false };
	const subject = id === null ? ({ kind: 'account' } as const) : ({ kind: 'pin', id } as const);
	return { day, facts: figures.map((figure) => ({ ...about, ...figure, subject })) };
}

/** An id that is no number of the platform's, as it stands; null where a spreadsheet has spoilt it, or there is none. */
function plainId(cell: string): string | null {
	return isBlank(cell) || /^\d[.,]\d+e\+?\d+$/i.test(cell) ? null : cell;
}
