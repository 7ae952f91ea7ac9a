import { CLOSED_VALUES } from '../../model/event';
import type { Directory, DirectoryBoard, DirectoryPin } from '../../model/directory';
import { pinIdIn } from '../reported/cells';
import { valueNamed } from '../reported/filter-names';
import type { CellsByRole } from './cells-by-role';
import { stampMs } from './stamp-ms';
import type { Cell } from './table';

/** The Pins and boards that the rows of a table name. */
export class TableDirectory {
	readonly #byRole: CellsByRole;
	readonly #hasFigures: boolean;
	readonly #pins = new Map<string, DirectoryPin>();
	readonly #boards = new Map<string, DirectoryBoard>();

	/** @param hasFigures whether rows have figures: then a Pin without attributes needs no entry */
	constructor(byRole: CellsByRole, hasFigures: boolean) {
		this.#byRole = byRole;
		this.#hasFigures = hasFigures;
	}

	/** Another directory, followed by what is named here. */
	after({ pins, boards }: Directory): Directory {
		return { pins: [...pins, ...this.#pins.values()], boards: [...boards, ...this.#boards.values()] };
	}

	/** Reads the title, board and other attributes that a row gives for its Pin. */
	readPin(pinId: string, cells: readonly Cell[]): void {
		const created = this.#byRole.columnOf('created_at');
		const createdMs = created < 0 ? null : stampMs(cells[created] ?? null);
		const link = this.#byRole.text(cells, 'link');
		const own: DirectoryPin = {
			pinId,
			title: this.#byRole.text(cells, 'pin_title'),
			board: this.#byRole.text(cells, 'board'),
			boardId: this.#byRole.text(cells, 'board_id'),
			link: pinIdIn(link) === null ? link : '',
			createdAt: createdMs === null ? '' : new Date(createdMs).toISOString(),
			format: formatOf(this.#byRole.text(cells, 'pin_format'))
		};
		if (!(own.title || own.board || own.boardId || own.link || own.createdAt || own.format)) {
			if (this.#hasFigures) return;
		}
		const other = this.#pins.get(pinId);
		this.#pins.set(pinId, other ? newest(other, own) : own);
	}

	/** Reads the name of a board where a row has it with an id; returns the id, or '' for none. */
	readBoard(cells: readonly Cell[]): string {
		const id = this.#byRole.text(cells, 'board_id');
		const name = this.#byRole.text(cells, 'board');
		if (id !== '' && name !== '') this.#boards.set(id, { id, name });
		return id;
	}
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

/** The name that a Pin's format has here; '' where it is unknown. */
function formatOf(text: string): string {
	const [value] = (text === '' ? [] : valueNamed('format', text)) ?? [];
	return (CLOSED_VALUES.format as readonly string[]).includes(value ?? '') ? (value as string) : '';
}
