import { MS_PER_DAY, dayFromNumber } from '../../model/calendar';
import { additionOf } from '../../model/fact-metric';
import type { FactScope } from '../../model/reported';
import type { FactCollector, RowFault } from '../reported/fact-collector';
import { CellsByRole, isFault } from './cells-by-role';
import { daysOfRow, stampOfRow } from './days-of-row';
import { isBlankCell } from './is-blank-cell';
import { isTotalRow } from './profile';
import { RowFigures, type RowFigure } from './row-figures';
import { RowScopes } from './row-scopes';
import { cellText, type Table, type TableRow } from './table';
import { TableDirectory } from './table-directory';
import type { TableReading } from './table-reading';

/** What is known of a file beside its rows. */
export interface FactsContext {
	/** The Pin that all rows are about, where they name none; null where they do, or are about the account. */
	readonly pinId: string | null;
	/** When the file was last changed, or else the import began; milliseconds since 1970. */
	readonly changedMs: number;
}

/** Turns the rows of a table into facts, and into a directory of the Pins that it names. */
export class TableFacts {
	readonly #table: Table;
	readonly #reading: TableReading;
	readonly #context: FactsContext;
	readonly #collector: FactCollector;
	readonly #byRole: CellsByRole;
	readonly #scopes: RowScopes;
	readonly #figures: RowFigures;
	readonly #directory: TableDirectory;
	/** Whether rows have figures of their days: then the file covers these days, also where a row has no figure. */
	readonly #coversDays: boolean;
	#from = Infinity;
	#to = -Infinity;
	#newestStamp = -Infinity;

	constructor(table: Table, reading: TableReading, context: FactsContext, collector: FactCollector) {
		this.#table = table;
		this.#reading = reading;
		this.#context = context;
		this.#collector = collector;
		this.#byRole = new CellsByRole(table, reading);
		this.#scopes = new RowScopes(reading, this.#byRole);
		this.#figures = new RowFigures(reading, this.#byRole);
		this.#directory = new TableDirectory(this.#byRole, !this.#figures.isEmpty);
		this.#coversDays = !reading.isLevels && this.#figures.areOfPeriods;
	}

	/** Reads all rows. */
	async read(signal: AbortSignal): Promise<void> {
		for await (const rows of this.#table.rows(signal)) {
			signal.throwIfAborted();
			for (const row of rows) if (!isTotalRow(row)) this.#readRow(row);
		}
		this.#collector.directory = this.#directory.after(this.#collector.directory);
		if (this.#from <= this.#to)
			this.#collector.cover({ from: dayFromNumber(this.#from), to: dayFromNumber(this.#to) });
		if (this.#newestStamp > -Infinity)
			this.#collector.exportedAt = Math.max(this.#collector.exportedAt ?? -Infinity, this.#newestStamp);
		this.#leaveOut();
	}

	/** Reports the columns that are not read. */
	#leaveOut(): void {
		this.#reading.columns.forEach((own, i) => {
			// Figures over the days before a fetch cannot be dated where no stamp says when that was.
			const isWindow = own?.kind === 'metric' && typeof own.span === 'object';
			const isRead =
				own !== null &&
				!(isWindow && this.#byRole.columnOf('fetched_at') < 0) &&
				(own.kind !== 'metric' || this.#figures.isRead(i));
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
		if (this.#directory.readBoard(cells) !== '') return null;
		return this.#byRole.fault(this.#byRole.columnOf('board_id'), 'missing_value', cells).fault;
	}

	/** Takes all figures of a row, or none where one cannot be read. */
	#readFigures({ cells }: TableRow): RowFault | null {
		if (cells.slice(this.#table.columns.length).some((cell) => !isBlankCell(cell) && cellText(cell) !== ''))
			return { column: null, reason: 'too_many_fields', value: '' };
		const pin = this.#scopes.pinOf(cells, this.#context.pinId);
		if (isFault(pin)) return pin.fault;
		const stamp = stampOfRow(this.#byRole, cells);
		if (isFault(stamp)) return stamp.fault;
		const days = daysOfRow(this.#byRole, this.#reading, cells, stamp.ms);
		if (isFault(days)) return days.fault;
		if (days !== null && this.#coversDays) this.#cover(days.from, days.to);
		const filters = this.#scopes.filtersOf(cells);
		if (isFault(filters)) return filters.fault;
		const figures = this.#figures.of(cells);
		if (isFault(figures)) return figures.fault;
		this.#directory.readBoard(cells);
		if (pin.id !== null) this.#directory.readPin(pin.id, cells);
		if (stamp.ms !== null) this.#newestStamp = Math.max(this.#newestStamp, stamp.ms);
		const about = this.#scopes.scopeOf(pin.id, filters.filters, cells);
		for (const figure of figures) this.#add(figure, about, days, stamp.ms);
		return null;
	}

	#add(
		{ metric, value, span, isEstimate }: RowFigure,
		scope: FactScope,
		days: { readonly from: number; readonly to: number } | null,
		stampMs: number | null
	): void {
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
		if (typeof span === 'object') {
			if (stampMs !== null) add('figure', levelDay - span.windowDays, levelDay - 1);
		} else if (adds === 'level') {
			const day = days?.to ?? levelDay;
			add('level', day, day);
		} else if (this.#reading.isLevels || span === 'lifetime') {
			// From totals of people and ratios since the first day, the days between two of them do not follow.
			if (adds === 'sum' || adds === 'money') add('level', levelDay, levelDay);
		} else if (days) add('figure', days.from, days.to);
	}

	#cover(from: number, to: number): void {
		this.#from = Math.min(this.#from, from);
		this.#to = Math.max(this.#to, to);
	}
}
