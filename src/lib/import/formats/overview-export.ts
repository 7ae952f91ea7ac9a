import { PLAIN_FIGURE } from '../../model/reported';
import type { ReportContents } from '../../columns/report-contents';
import { addDays, dayFromNumber, type Day } from '../../model/calendar';
import type { NativeDimension } from '../../model/event';
import { ProblemError, type RejectReason } from '../../model/problem';
import type { DaySpan, Fact, ReportedFilters } from '../../model/reported';
import { boardIdIn, pinIdIn } from '../reported/cells';
import { FactCollector, type RowFault } from '../reported/fact-collector';
import { dimensionNamed, valueNamed } from '../reported/filter-names';
import { plainName } from '../cells/plain-name';
import { meaningOf } from '../tables/column-names';
import { DateOrders } from '../tables/date-orders';
import { readDateText } from '../tables/date-text';
import { daysNamedIn, spanNamedIn } from '../tables/days-named-in';
import { isBlankCell } from '../tables/is-blank-cell';
import { readDays } from '../tables/read-days';
import { readFigure } from '../tables/read-figure';
import type { DateOrder, Decimal } from '../../model/mapping';
import { readTextRows, isEmptyRow, type TextRow } from '../reported/text-rows';
import { wholeText } from '../whole-text';
import type { ReportFormat } from './format';

/**
 * The CSV that Pinterest Analytics' own Export gives. Not one table but several, parted by blank lines: a preamble with
 * the filters that were set, a series of days with the metric that was picked, and lists of the top boards and Pins.
 */

const TITLE = /^\uFEFF?"?(?:pinterest )?analytics overview\b/i;
const LIST_TITLE = /^top\s/i;
/** Of the languages in which such a line may come. */
const ESTIMATE = /estimat|preliminar|may change|uppskatt|schätz|estimaci|stima/i;
/** An estimate line that names no day is about this many, the last ones. */
const ESTIMATED_DAYS = 2;

export const overviewExport: ReportFormat = {
	gives: 'report',
	name: 'overview_export',
	score: ({ text }) => (TITLE.test(text.trimStart()) ? 1 : 0),
	read: async (signal, { source }) => ({
		outcome: 'read',
		contents: readOverviewExport(await wholeText(signal, source)),
		columns: []
	})
};

/** A row of the series or of a list, with what the header makes of it. */
interface Row {
	readonly row: TextRow;
	readonly columns: readonly string[];
}

interface List {
	readonly title: string;
	readonly rows: Row[];
}

/** @throws ProblemError no_known_figures where it holds no metric that is known; unclosed_quote */
export function readOverviewExport(text: string): ReportContents {
	const delimiter = /^"?(?:date|day|datum|dag)"?\s*([,;\t|])/im.exec(text)?.[1] ?? ',';
	const { preamble, series, lists, notes } = partsOf(readTextRows(text, delimiter));
	const collector = new FactCollector();
	collector.title = preamble[0]?.cells[0]?.replace(/^\uFEFF/, '') ?? '';
	collector.notes.push(...notes);
	const filters = readPreamble(preamble.slice(1), collector);
	const range =
		preamble.map(({ cells }) => spanNamedIn(cells.join(' '))).find((span) => span !== null) ?? null;
	collector.cover(range);
	const orders = new DateOrders();
	for (const { row } of series) orders.look(row.cells[0] ?? '');
	const style: Style = {
		// Where the range above does not settle it, day comes before month: the platform itself writes neither.
		order: orders.possible(range, delimiter)[0] ?? 'dmy',
		decimal: orders.hasDots || delimiter === ';' ? ',' : '.'
	};
	const days = series.flatMap(({ row }) => {
		const day = dayIn(row.cells[0] ?? '', style);
		return typeof day === 'string' ? [day] : [];
	});

	const estimated = estimatedDays(notes, days);
	const reader = new Reader(collector, filters, range ?? spanOf(days), estimated, style);
	for (const row of series) reader.day(row);
	for (const { title, rows } of lists) for (const row of rows) reader.listed(row, title);
	if (reader.metrics.size === 0) {
		throw new ProblemError({ code: 'no_known_figures', found: [...new Set(reader.names)] });
	}
	return collector.result(days);
}

/** How a file that was saved anew by a spreadsheet writes days and numbers. */
interface Style {
	readonly order: DateOrder;
	readonly decimal: Decimal;
}

function dayIn(cell: string, { order }: Style): Day | { readonly reason: RejectReason } {
	const days = readDays(cell, order);
	return 'reason' in days ? days : dayFromNumber(days.from);
}

/** Parts the rows of a file by what they belong to. */
function partsOf(rows: readonly TextRow[]) {
	const preamble: TextRow[] = [];
	const series: Row[] = [];
	const lists: List[] = [];
	const notes: string[] = [];
	let columns: readonly string[] | null = null;
	let list: List | null = null;
	let isPreamble = true;
	for (const row of rows) {
		const first = row.cells[0] ?? '';
		const isAlone = row.cells.slice(1).every((cell) => cell === '');
		if (isEmptyRow(row)) {
			if (columns) columns = list = null;
			isPreamble &&= preamble.length === 0;
		} else if (isAlone && LIST_TITLE.test(first)) {
			lists.push((list = { title: first, rows: [] }));
			columns = null;
			isPreamble = false;
		} else if (columns === null && !isAlone && (list !== null || isDayName(first))) {
			columns = row.cells;
			isPreamble = false;
		} else if (isPreamble) preamble.push(row);
		else if (columns !== null && (!isAlone || columns.length === 1 || readDateText(first) !== null))
			(list?.rows ?? series).push({ row, columns });
		else notes.push(row.cells.filter((cell) => cell !== '').join(' '));
	}
	return { preamble, series, lists, notes };
}

/** The filters that were set; those that are not ours are kept for display only. */
function readPreamble(rows: readonly TextRow[], collector: FactCollector): ReportedFilters {
	const filters: Partial<Record<NativeDimension, readonly string[]>> = {};
	for (const { cells } of rows) {
		const [name = '', ...rest] = cells;
		const value = rest.filter((cell) => cell !== '').join(', ');
		if (value === '') continue;
		collector.settings.push({ name, value });
		const dimension = dimensionNamed(name);
		if (!dimension) continue;
		// What is not known stays a value of its own: no question asks for it, so that it answers none.
		const values = value.split(',').flatMap((part) => valueNamed(dimension, part) ?? [part.trim()]);
		if (values.length > 0) filters[dimension] = values;
	}
	return filters;
}

/** The days that the notes call estimates: from the first that they name on, or the last two. */
function estimatedDays(notes: readonly string[], days: readonly Day[]): (day: Day) => boolean {
	const note = notes.find((text) => ESTIMATE.test(text));
	const last = spanOf(days)?.to;
	if (note === undefined || last === undefined) return () => false;
	const named = daysNamedIn(note).map(dayFromNumber);
	const first = named.reduce((a, b) => (a < b ? a : b), named[0] ?? addDays(last, 1 - ESTIMATED_DAYS));
	return (day) => day >= first;
}

function spanOf(days: readonly Day[]): DaySpan | null {
	const [first, ...others] = days;
	if (first === undefined) return null;
	return others.reduce(
		(span, day) => ({ from: day < span.from ? day : span.from, to: day > span.to ? day : span.to }),
		{ from: first, to: first }
	);
}

/** Makes facts of rows. */
class Reader {
	/** Metrics met in headers, and all names there. */
	readonly metrics = new Set<string>();
	readonly names: string[] = [];
	readonly #collector: FactCollector;
	readonly #filters: ReportedFilters;
	readonly #range: DaySpan | null;
	readonly #isEstimate: (day: Day) => boolean;
	readonly #style: Style;

	constructor(
		collector: FactCollector,
		filters: ReportedFilters,
		range: DaySpan | null,
		isEstimate: (day: Day) => boolean,
		style: Style
	) {
		this.#style = style;
		this.#collector = collector;
		this.#filters = filters;
		this.#range = range;
		this.#isEstimate = isEstimate;
	}

	day(row: Row): void {
		const day = dayIn(row.row.cells[0] ?? '', this.#style);
		if (typeof day !== 'string') {
			return this.#reject(row, { column: row.columns[0] ?? 'Date', value: row.row.cells[0] ?? '', ...day });
		}
		this.#take(row, {
			from: day,
			to: day,
			subject: { kind: 'account' },
			filters: this.#filters,
			...PLAIN_FIGURE,
			isEstimate: this.#isEstimate(day)
		});
	}

	listed(row: Row, title: string): void {
		const { cells } = row.row;
		const span = spanNamedIn(title) ?? this.#range;
		const address = cells[0] ?? '';
		const fault = (column: string | undefined, value: string) =>
			this.#reject(row, {
				column: column ?? null,
				reason: value === '' ? 'missing_value' : 'unknown_value',
				value
			});
		if (!span) return fault(undefined, title);
		const isBoard = /board/i.test(title);
		const id = isBoard ? boardIdIn(address) : pinIdIn(address);
		if (id === null) return fault(row.columns[0], address);

		const own: Partial<Record<NativeDimension, readonly string[]>> = {};
		const completeBreakdowns: NativeDimension[] = [];
		for (const [index, name] of row.columns.entries()) {
			const dimension = dimensionNamed(name);
			const cell = cells[index] ?? '';
			if (!dimension) continue;
			const values = valueNamed(dimension, cell);
			if (values === null) return fault(name, cell);
			if (values.length === 0) continue;
			own[dimension] = values;
			if (!this.#filters[dimension]) completeBreakdowns.push(dimension);
		}
		this.#take(row, {
			from: span.from,
			to: span.to,
			subject: { kind: isBoard ? 'board' : 'pin', id },
			filters: { ...this.#filters, ...own },
			...PLAIN_FIGURE,
			completeBreakdowns,
			isEstimate: this.#isEstimate(span.to)
		});
	}

	/** Takes each figure of a row, or none where one cannot be read. */
	#take(row: Row, about: Omit<Fact, 'metric' | 'value'>): void {
		const facts: Fact[] = [];
		for (const [index, name] of row.columns.entries()) {
			const cell = row.row.cells[index] ?? '';
			const meaning = meaningOf(name);
			const named = meaning?.kind === 'metric' ? meaning : null;
			if (index > 0 && !this.names.includes(name)) this.names.push(name);
			if (!named) {
				if (index > 0 && !dimensionNamed(name) && !IGNORED.has(plainName(name)))
					this.#collector.leaveOut(name);
				continue;
			}
			this.metrics.add(named.metric);
			if (isBlankCell(cell)) continue;
			const style = { decimal: this.#style.decimal, isPercentage: named.isPercent };
			const value = readFigure(cell, named, style);
			if (typeof value !== 'number') return this.#reject(row, { column: name, ...value, value: cell });
			facts.push({ ...about, metric: named.metric, value });
		}
		this.#collector.accept(facts);
	}

	#reject({ row, columns }: Row, fault: RowFault): void {
		this.#collector.reject(row.line, fault, row.cells, columns);
	}
}

/** Columns that say nothing of figures. */
const IGNORED = new Set(['canonical']);

function isDayName(name: string): boolean {
	const meaning = meaningOf(name);
	return meaning?.kind === 'role' && meaning.role === 'date';
}
