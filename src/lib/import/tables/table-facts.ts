import { MS_PER_DAY, dayFromNumber, dayNumber } from '../../model/calendar';
import { CLOSED_VALUES, type Dimension } from '../../model/event';
import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { DirectoryBoard, DirectoryPin } from '../../model/directory';
import type { RejectReason } from '../../model/problem';
import type { AdsLevel, AdsName, AdsPath, FactScope, ReportedFilters } from '../../model/reported';
import { withoutSurroundings } from '../cells/surroundings';
import { parseTimestamp } from '../cells/timestamp';
import type { FactCollector, RowFault } from '../reported/fact-collector';
import { boardIdIn, pinIdIn } from '../reported/cells';
import { filtersNamed, valueNamed } from '../reported/filter-names';
import type { ColumnRole, MetricColumn } from './column-names';
import { isBlankCell, readDateText, readDays, readFigure } from './conventions';
import { isTotalRow } from './profile';
import { cellText, type Cell, type Table, type TableRow } from './table';
import type { TableReading } from './table-reading';

/** What is known of a file beside its rows. */
export interface FactsContext {
	/** The Pin that all rows are about, where they name none; null where they do, or are about the account. */
	readonly pinId: string | null;
	/** When the file was last changed, or else the import began; milliseconds since 1970. */
	readonly changedMs: number;
}

interface MetricCells {
	readonly metric: FactMetric;
	readonly span: MetricColumn['span'];
	/** Columns by what they count; -1 where there is none. */
	readonly both: number;
	readonly paid: number;
	readonly earned: number;
}

type Fault = { readonly fault: RowFault };

const isFault = (value: object | null): value is Fault => value !== null && 'fault' in value;

/** Only these are figures; other states say that there is none yet. */
const FIGURE_STATES = new Set(['ready', 'estimate']);

/** Turns the rows of a table into facts, and into a directory of the Pins that it names. */
export class TableFacts {
	readonly #table: Table;
	readonly #reading: TableReading;
	readonly #context: FactsContext;
	readonly #collector: FactCollector;
	readonly #metrics: readonly MetricCells[];
	readonly #places = new Map<ColumnRole, number>();
	readonly #dimensions: readonly { readonly dimension: Dimension; readonly column: number }[];
	readonly #states = new Map<FactMetric, number>();
	readonly #pins = new Map<string, DirectoryPin>();
	readonly #boards = new Map<string, DirectoryBoard>();
	/** Whether rows have figures of their days: then the file speaks of these, also where there is none. */
	readonly #speaksOfDays: boolean;
	#from = Infinity;
	#to = -Infinity;
	#newestStamp = -Infinity;

	constructor(table: Table, reading: TableReading, context: FactsContext, collector: FactCollector) {
		this.#table = table;
		this.#reading = reading;
		this.#context = context;
		this.#collector = collector;
		reading.columns.forEach((own, i) => {
			if (own?.kind === 'role') this.#places.set(own.role, i);
			else if (own?.kind === 'status_of') this.#states.set(own.metric, i);
		});
		this.#dimensions = reading.columns.flatMap((own, column) =>
			own?.kind === 'dimension' ? [{ dimension: own.dimension, column }] : []
		);
		this.#metrics = metricCells(reading);
		this.#speaksOfDays = !reading.isLevels && this.#metrics.some(({ span }) => span === 'period');
	}

	/** Reads all rows. */
	async read(signal: AbortSignal): Promise<void> {
		for await (const rows of this.#table.rows(signal)) {
			signal.throwIfAborted();
			for (const row of rows) if (!isTotalRow(row)) this.#readRow(row);
		}
		const { directory } = this.#collector;
		this.#collector.directory = {
			pins: [...directory.pins, ...this.#pins.values()],
			boards: [...directory.boards, ...this.#boards.values()]
		};
		if (this.#from <= this.#to)
			this.#collector.cover({ from: dayFromNumber(this.#from), to: dayFromNumber(this.#to) });
		if (this.#newestStamp > -Infinity)
			this.#collector.exportedAt = Math.max(this.#collector.exportedAt ?? -Infinity, this.#newestStamp);
		this.#leaveOut();
	}

	#leaveOut(): void {
		this.#reading.columns.forEach((own, i) => {
			// Figures over the days before a fetch say nothing where no stamp says when that was.
			const isWindow = own?.kind === 'metric' && typeof own.span === 'object';
			const isRead =
				own !== null &&
				!(isWindow && !this.#places.has('fetched_at')) &&
				(own.kind !== 'metric' ||
					this.#metrics.some((cells) => [cells.both, cells.paid, cells.earned].includes(i)));
			if (!isRead) this.#collector.leaveOut(this.#table.columns[i] as string);
		});
	}

	#readRow(row: TableRow): void {
		const read = this.#reading.isOfBoards ? this.#readBoard(row) : this.#readFigures(row);
		if (read === null) return void this.#collector.accept();
		const cells = this.#table.columns.map((_, i) => cellText(row.cells[i]));
		this.#collector.reject(row.line, read, cells, this.#table.columns);
	}

	#readBoard({ cells }: TableRow): RowFault | null {
		const id = this.#text(cells, 'board_id');
		const name = this.#text(cells, 'board');
		if (id === '') return this.#fault(this.#places.get('board_id') ?? -1, 'missing_value', cells);
		if (name !== '') this.#boards.set(id, { id, name });
		return null;
	}

	/** Takes all figures of a row, or none where one cannot be read. */
	#readFigures({ cells }: TableRow): RowFault | null {
		if (cells.slice(this.#table.columns.length).some((cell) => !isBlankCell(cell) && cellText(cell) !== ''))
			return { column: null, reason: 'too_many_fields', value: '' };
		const pin = this.#pinOf(cells);
		if (isFault(pin)) return pin.fault;
		const stamp = this.#stampOf(cells);
		if (isFault(stamp)) return stamp.fault;
		const days = this.#daysOf(cells, stamp.ms);
		if (isFault(days)) return days.fault;
		if (days !== null && this.#speaksOfDays) this.#cover(days.from, days.to);
		const filters = this.#filtersOf(cells);
		if (isFault(filters)) return filters.fault;
		const figures: { metric: FactMetric; value: number; span: MetricColumn['span']; isEstimate: boolean }[] =
			[];
		for (const own of this.#metrics) {
			const state = this.#stateOf(cells, own.metric);
			if (!FIGURE_STATES.has(state)) continue;
			const value = this.#valueOf(cells, own);
			if (value !== null && typeof value === 'object') return value.fault;
			if (value !== null)
				figures.push({ metric: own.metric, value, span: own.span, isEstimate: state === 'estimate' });
		}
		this.#nameBoard(cells);
		if (pin.id !== null) this.#nameDirectory(pin.id, cells);
		if (stamp.ms !== null) this.#newestStamp = Math.max(this.#newestStamp, stamp.ms);
		const about = this.#scope(pin.id, filters.filters, cells);
		for (const figure of figures) this.#add(figure, about, days, stamp.ms);
		return null;
	}

	#add(
		figure: { metric: FactMetric; value: number; span: MetricColumn['span']; isEstimate: boolean },
		scope: FactScope,
		days: { readonly from: number; readonly to: number } | null,
		stampMs: number | null
	): void {
		const { metric, value, isEstimate } = figure;
		const adds = additionOf(metric);
		const own = this.#collector.facts.scope({
			...scope,
			currency: adds === 'money' ? scope.currency : ''
		});
		const fetched = stampMs === null ? {} : { fetchedAt: stampMs };
		const add = (kind: 'figure' | 'level', from: number, to: number) => {
			this.#collector.facts.add({ scope: own, metric, kind, from, to, value, isEstimate, ...fetched });
			if (kind === 'figure' || adds === 'level') this.#cover(from, to);
		};
		const levelDay = Math.floor((stampMs ?? this.#context.changedMs) / MS_PER_DAY);
		if (typeof figure.span === 'object') {
			if (stampMs !== null) add('figure', levelDay - figure.span.windowDays, levelDay - 1);
		} else if (adds === 'level') {
			const day = days?.to ?? levelDay;
			add('level', day, day);
		} else if (this.#reading.isLevels || figure.span === 'lifetime') {
			// Of people and ratios a total since the first day says nothing of the days between two of them.
			if (adds === 'sum' || adds === 'money') add('level', levelDay, levelDay);
		} else if (days) add('figure', days.from, days.to);
	}

	#cover(from: number, to: number): void {
		this.#from = Math.min(this.#from, from);
		this.#to = Math.max(this.#to, to);
	}

	#scope(pinId: string | null, filters: ReportedFilters, cells: readonly Cell[]): FactScope {
		const board = pinId === null && this.#metrics.length > 0 ? this.#text(cells, 'board') : '';
		return {
			subject:
				pinId !== null
					? { kind: 'pin', id: pinId }
					: board !== '' && !this.#reading.isAds
						? { kind: 'board', id: boardIdIn(board) ?? board }
						: { kind: 'account' },
			filters: this.#reading.isAds ? { ...filters, content_type: ['paid'] } : filters,
			completeBreakdowns: [],
			ads: this.#reading.isAds ? this.#adsPath(cells) : {},
			currency: this.#text(cells, 'currency').toUpperCase(),
			profile: this.#text(cells, 'profile')
		};
	}

	#adsPath(cells: readonly Cell[]): AdsPath {
		const path: Partial<Record<AdsLevel, AdsName>> = {};
		for (const level of ['campaign', 'ad_group', 'ad'] as const) {
			const name = this.#text(cells, level);
			const id = this.#text(cells, `${level}_id`);
			if (name !== '' || id !== '') path[level] = { id, name };
		}
		return path;
	}

	#pinOf(cells: readonly Cell[]): { readonly id: string | null } | Fault {
		const column = this.#places.get('pin_id') ?? -1;
		if (column < 0) return { id: this.#context.pinId };
		const cell = cells[column] ?? null;
		if (isBlankCell(cell)) return { fault: this.#fault(column, 'missing_value', cells) };
		const text = withoutSurroundings(cellText(cell));
		if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text) || (typeof cell === 'number' && cell > Number.MAX_SAFE_INTEGER))
			return { fault: this.#fault(column, 'spoilt_id', cells) };
		const id = pinIdIn(text);
		if (id !== null) return { id };
		// Somebody who maps a column as the Pin means its texts, whatever they look like.
		return /^https?:/.test(text) || text.length > 100
			? { fault: this.#fault(column, 'unknown_value', cells) }
			: { id: text };
	}

	#stampOf(cells: readonly Cell[]): { readonly ms: number | null } | Fault {
		const column = this.#places.get('fetched_at') ?? -1;
		if (column < 0 || isBlankCell(cells[column])) return { ms: null };
		const ms = stampMs(cells[column] as Cell);
		return ms === null ? { fault: this.#fault(column, 'not_a_time', cells) } : { ms };
	}

	/** The days of a row; null for levels, whose day is that of a stamp. */
	#daysOf(
		cells: readonly Cell[],
		stamp: number | null
	): { readonly from: number; readonly to: number } | null | Fault {
		const { period, dateOrder } = this.#reading;
		switch (period.kind) {
			case 'unknown':
			case 'stamp':
				return stamp === null && period.kind === 'stamp' && period.column >= 0
					? { fault: this.#fault(period.column, 'missing_value', cells) }
					: null;
			case 'whole': {
				const { from, to } = period.span;
				return { from: dayNumber(from) as number, to: dayNumber(to) as number };
			}
			case 'column': {
				const days = readDays(cells[period.column] ?? null, dateOrder);
				if ('reason' in days) return { fault: this.#fault(period.column, days.reason, cells) };
				if (days.from < days.to || period.unit === 'day') return days;
				if (period.unit === 'week') return { from: days.from, to: days.from + 6 };
				return monthOf(days.from);
			}
			case 'columns': {
				const from = readDays(cells[period.start] ?? null, dateOrder);
				if ('reason' in from) return { fault: this.#fault(period.start, from.reason, cells) };
				const to = readDays(cells[period.end] ?? null, dateOrder);
				if ('reason' in to) return { fault: this.#fault(period.end, to.reason, cells) };
				if (to.to < from.from) return { fault: this.#fault(period.end, 'out_of_range', cells) };
				return { from: from.from, to: to.to };
			}
		}
	}

	#filtersOf(cells: readonly Cell[]): { readonly filters: ReportedFilters } | Fault {
		let filters: ReportedFilters = {};
		const split = this.#places.get('split') ?? -1;
		if (split >= 0 && !isBlankCell(cells[split])) {
			const own = filtersNamed(cellText(cells[split]));
			if (own === null) return { fault: this.#fault(split, 'unknown_value', cells) };
			filters = own;
		}
		for (const { dimension, column } of this.#dimensions) {
			const values = valueNamed(dimension, cellText(cells[column]));
			if (values === null) return { fault: this.#fault(column, 'unknown_value', cells) };
			if (values.length > 0) filters = { ...filters, [dimension]: values };
		}
		return { filters };
	}

	#stateOf(cells: readonly Cell[], metric: FactMetric): string {
		const column = this.#states.get(metric) ?? this.#places.get('status') ?? -1;
		const cell = column < 0 ? null : cells[column];
		return isBlankCell(cell) ? 'ready' : cellText(cell).toLowerCase();
	}

	/** The figure of a metric; null where a row has none. */
	#valueOf(cells: readonly Cell[], { metric, both, paid, earned }: MetricCells): number | null | Fault {
		const read = (column: number) =>
			column < 0 || isBlankCell(cells[column]) ? null : this.#number(cells, column, metric);
		const [whole, ofPaid, ofEarned] = [read(both), read(paid), read(earned)];
		for (const value of [whole, ofPaid, ofEarned])
			if (value !== null && typeof value === 'object') return value;
		if (ofPaid !== null && ofEarned !== null) {
			const adds = additionOf(metric);
			if (adds === 'sum' || adds === 'money') return (ofPaid as number) + (ofEarned as number);
			return whole;
		}
		return whole ?? ofPaid ?? ofEarned;
	}

	#number(cells: readonly Cell[], column: number, metric: FactMetric): number | Fault {
		const { times, per } = this.#reading.columns[column] as MetricColumn;
		const value = readFigure(
			cells[column] as Cell,
			{ metric, times, per },
			{
				decimal: this.#reading.decimal,
				isPercentage: this.#reading.percentages.has(column)
			}
		);
		return typeof value === 'number' ? value : { fault: this.#fault(column, value.reason, cells) };
	}

	#nameDirectory(pinId: string, cells: readonly Cell[]): void {
		const created = this.#places.get('created_at') ?? -1;
		const createdMs = created < 0 ? null : stampMs(cells[created] ?? null);
		const link = this.#text(cells, 'link');
		const own: DirectoryPin = {
			pinId,
			title: this.#text(cells, 'pin_title'),
			board: this.#text(cells, 'board'),
			boardId: this.#text(cells, 'board_id'),
			link: pinIdIn(link) === null ? link : '',
			createdAt: createdMs === null ? '' : new Date(createdMs).toISOString(),
			format: formatOf(this.#text(cells, 'pin_format'))
		};
		if (!(own.title || own.board || own.boardId || own.link || own.createdAt || own.format)) {
			if (this.#metrics.length > 0) return; // named by its figures
		}
		const other = this.#pins.get(pinId);
		this.#pins.set(pinId, other ? newest(other, own) : own);
	}

	#nameBoard(cells: readonly Cell[]): void {
		const id = this.#text(cells, 'board_id');
		const name = this.#text(cells, 'board');
		if (id !== '' && name !== '') this.#boards.set(id, { id, name });
	}

	#text(cells: readonly Cell[], role: ColumnRole): string {
		const column = this.#places.get(role) ?? -1;
		const cell = column < 0 ? null : cells[column];
		return isBlankCell(cell) ? '' : withoutSurroundings(cellText(cell));
	}

	#fault(column: number, reason: RejectReason, cells: readonly Cell[]): RowFault {
		return { column: this.#table.columns[column] ?? null, reason, value: cellText(cells[column]) };
	}
}

/** Columns by metric and what they count. */
function metricCells({ columns }: TableReading): MetricCells[] {
	const cells = new Map<
		string,
		{ metric: FactMetric; span: MetricColumn['span']; both: number; paid: number; earned: number }
	>();
	columns.forEach((own, column) => {
		if (own?.kind !== 'metric') return;
		const key = `${own.metric} ${JSON.stringify(own.span)}`;
		const entry = cells.get(key) ?? { metric: own.metric, span: own.span, both: -1, paid: -1, earned: -1 };
		if (entry[own.part] < 0) entry[own.part] = column;
		cells.set(key, entry);
	});
	return [...cells.values()];
}

function newest(before: DirectoryPin, after: DirectoryPin): DirectoryPin {
	return {
		pinId: after.pinId,
		title: after.title || before.title,
		board: after.board || before.board,
		boardId: after.boardId || before.boardId,
		link: after.link || before.link,
		createdAt: after.createdAt || before.createdAt,
		format: after.format || before.format
	};
}

/** What a Pin's kind is called here; '' for what says nothing. */
function formatOf(text: string): string {
	const [value] = (text === '' ? [] : valueNamed('format', text)) ?? [];
	return (CLOSED_VALUES.format as readonly string[]).includes(value ?? '') ? (value as string) : '';
}

function monthOf(day: number): { from: number; to: number } {
	const date = new Date(day * MS_PER_DAY);
	const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / MS_PER_DAY;
	return { from: first, to: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / MS_PER_DAY - 1 };
}

const encoder = new TextEncoder();

/** The instant that a cell names, in milliseconds since 1970; null where it names none. Without a zone it is UTC. */
function stampMs(cell: Cell): number | null {
	const text = withoutSurroundings(cellText(cell)).replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3');
	const bytes = encoder.encode(text);
	const ms = parseTimestamp(bytes, 0, bytes.length);
	if (ms >= 0) return ms;
	const found = readDateText(text);
	return found?.form === 'day' ? found.day * MS_PER_DAY : null;
}
