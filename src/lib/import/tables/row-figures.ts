import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { CellsByRole, Fault } from './cells-by-role';
import type { MetricColumn } from './column-names';
import { isBlankCell } from './is-blank-cell';
import { readFigure } from './read-figure';
import { cellText, type Cell } from './table';
import type { TableReading } from './table-reading';

/** A figure of a row, in the metric's unit. */
export interface RowFigure {
	readonly metric: FactMetric;
	readonly value: number;
	readonly span: MetricColumn['span'];
	readonly isEstimate: boolean;
}

interface MetricCells {
	readonly metric: FactMetric;
	readonly span: MetricColumn['span'];
	/** Columns by what they count; -1 where there is none. */
	readonly both: number;
	readonly paid: number;
	readonly earned: number;
}

/** Only these states are of figures; in other states there is none yet. */
const FIGURE_STATES = new Set(['ready', 'estimate']);

/** The figures in the rows of a table. */
export class RowFigures {
	readonly #reading: TableReading;
	readonly #byRole: CellsByRole;
	readonly #metrics: readonly MetricCells[];
	readonly #states = new Map<FactMetric, number>();

	constructor(reading: TableReading, byRole: CellsByRole) {
		this.#reading = reading;
		this.#byRole = byRole;
		this.#metrics = metricCells(reading);
		reading.columns.forEach((own, i) => {
			if (own?.kind === 'status_of') this.#states.set(own.metric, i);
		});
	}

	/** Whether rows have no figures at all. */
	get isEmpty(): boolean {
		return this.#metrics.length === 0;
	}

	/** Whether any figures are of the days of their rows. */
	get areOfPeriods(): boolean {
		return this.#metrics.some(({ span }) => span === 'period');
	}

	/** Whether figures are read from a column; of several columns for the same only one is read. */
	isRead(column: number): boolean {
		return this.#metrics.some((cells) => [cells.both, cells.paid, cells.earned].includes(column));
	}

	/** All figures of a row; the fault where one of them cannot be read. */
	of(cells: readonly Cell[]): readonly RowFigure[] | Fault {
		const figures: RowFigure[] = [];
		for (const own of this.#metrics) {
			const state = this.#stateOf(cells, own.metric);
			if (!FIGURE_STATES.has(state)) continue;
			const value = this.#valueOf(cells, own);
			if (value !== null && typeof value === 'object') return value;
			if (value !== null)
				figures.push({ metric: own.metric, value, span: own.span, isEstimate: state === 'estimate' });
		}
		return figures;
	}

	#stateOf(cells: readonly Cell[], metric: FactMetric): string {
		const column = this.#states.get(metric) ?? this.#byRole.columnOf('status');
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
		return typeof value === 'number' ? value : this.#byRole.fault(column, value.reason, cells);
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
