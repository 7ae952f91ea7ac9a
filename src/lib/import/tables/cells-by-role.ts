import type { RejectReason } from '../../model/problem';
import { withoutSurroundings } from '../cells/surroundings';
import type { RowFault } from '../reported/fact-collector';
import type { ColumnRole } from './column-names';
import { isBlankCell } from './is-blank-cell';
import { cellText, type Cell, type Table } from './table';
import type { TableReading } from './table-reading';

/** Why a row is rejected. */
export interface Fault {
	readonly fault: RowFault;
}

export function isFault(value: object | null): value is Fault {
	return value !== null && 'fault' in value;
}

/** Which column of a table has which role, and the cells of a row by role. */
export class CellsByRole {
	readonly #table: Table;
	readonly #columns = new Map<ColumnRole, number>();

	constructor(table: Table, { columns }: TableReading) {
		this.#table = table;
		columns.forEach((own, i) => {
			if (own?.kind === 'role') this.#columns.set(own.role, i);
		});
	}

	/** The column of a role; -1 where there is none. */
	columnOf(role: ColumnRole): number {
		return this.#columns.get(role) ?? -1;
	}

	/** The text of a row's cell; '' where it is blank or there is no such column. */
	text(cells: readonly Cell[], role: ColumnRole): string {
		const column = this.#columns.get(role) ?? -1;
		const cell = column < 0 ? null : cells[column];
		return isBlankCell(cell) ? '' : withoutSurroundings(cellText(cell));
	}

	/** @param column the one at fault; -1 for none */
	fault(column: number, reason: RejectReason, cells: readonly Cell[]): Fault {
		return { fault: { column: this.#table.columns[column] ?? null, reason, value: cellText(cells[column]) } };
	}
}
