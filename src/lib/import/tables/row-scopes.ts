import type { NativeDimension } from '../../model/event';
import type { AdsLevel, AdsName, AdsPath, FactScope, ReportedFilters } from '../../model/reported';
import { withoutSurroundings } from '../cells/surroundings';
import { boardIdIn, pinIdIn } from '../reported/cells';
import { filtersNamed, valueNamed } from '../reported/filter-names';
import type { CellsByRole, Fault } from './cells-by-role';
import { isBlankCell } from './is-blank-cell';
import { cellText, type Cell } from './table';
import type { TableReading } from './table-reading';

/** What the rows of a table are about: a Pin, a board or the account, the filters, the ads, the business account. */
export class RowScopes {
	readonly #reading: TableReading;
	readonly #byRole: CellsByRole;
	readonly #hasMetrics: boolean;
	readonly #dimensions: readonly { readonly dimension: NativeDimension; readonly column: number }[];

	constructor(reading: TableReading, byRole: CellsByRole) {
		this.#reading = reading;
		this.#byRole = byRole;
		this.#hasMetrics = reading.columns.some((own) => own?.kind === 'metric');
		this.#dimensions = reading.columns.flatMap((own, column) =>
			own?.kind === 'dimension' ? [{ dimension: own.dimension, column }] : []
		);
	}

	/**
	 * The Pin of a row; null where it is about none.
	 * @param other the Pin of rows in a table that names none
	 */
	pinOf(cells: readonly Cell[], other: string | null): { readonly id: string | null } | Fault {
		const column = this.#byRole.columnOf('pin_id');
		if (column < 0) return { id: other };
		const cell = cells[column] ?? null;
		if (isBlankCell(cell)) return this.#byRole.fault(column, 'missing_value', cells);
		const text = withoutSurroundings(cellText(cell));
		if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text) || (typeof cell === 'number' && cell > Number.MAX_SAFE_INTEGER))
			return this.#byRole.fault(column, 'spoilt_id', cells);
		const id = pinIdIn(text);
		if (id !== null) return { id };
		// The texts of a column that somebody mapped as the Pin are ids, whatever their form.
		return /^https?:/.test(text) || text.length > 100
			? this.#byRole.fault(column, 'unknown_value', cells)
			: { id: text };
	}

	filtersOf(cells: readonly Cell[]): { readonly filters: ReportedFilters } | Fault {
		let filters: ReportedFilters = {};
		const split = this.#byRole.columnOf('split');
		if (split >= 0 && !isBlankCell(cells[split])) {
			const own = filtersNamed(cellText(cells[split]));
			if (own === null) return this.#byRole.fault(split, 'unknown_value', cells);
			filters = own;
		}
		for (const { dimension, column } of this.#dimensions) {
			const values = valueNamed(dimension, cellText(cells[column]));
			if (values === null) return this.#byRole.fault(column, 'unknown_value', cells);
			if (values.length > 0) filters = { ...filters, [dimension]: values };
		}
		return { filters };
	}

	scopeOf(pinId: string | null, filters: ReportedFilters, cells: readonly Cell[]): FactScope {
		const { isAds } = this.#reading;
		const board = pinId === null && this.#hasMetrics ? this.#byRole.text(cells, 'board') : '';
		return {
			subject:
				pinId !== null
					? { kind: 'pin', id: pinId }
					: board !== '' && !isAds
						? { kind: 'board', id: boardIdIn(board) ?? board }
						: { kind: 'account' },
			filters: isAds ? { ...filters, content_type: ['paid'] } : filters,
			completeBreakdowns: [],
			ads: isAds ? this.#adsPath(cells) : {},
			currency: this.#byRole.text(cells, 'currency').toUpperCase(),
			profile: this.#byRole.text(cells, 'profile')
		};
	}

	#adsPath(cells: readonly Cell[]): AdsPath {
		const path: Partial<Record<AdsLevel, AdsName>> = {};
		for (const level of ['campaign', 'ad_group', 'ad'] as const) {
			const name = this.#byRole.text(cells, level);
			const id = this.#byRole.text(cells, `${level}_id`);
			if (name !== '' || id !== '') path[level] = { id, name };
		}
		return path;
	}
}
