import type { PinAttributes } from './answer';

/** Directories: what Pins and boards are called. They carry no figures. */

/** What a directory says of a Pin; '' for what it does not say. */
export interface DirectoryPin {
	readonly pinId: string;
	readonly title: string;
	readonly board: string;
	/** The platform's id of the board, for directories of boards that name it. */
	readonly boardId: string;
	readonly link: string;
	/** `2025-01-31T18:04:05.123Z`. */
	readonly createdAt: string;
	/** A value of CLOSED_VALUES.format, or ''. */
	readonly format: string;
}

export interface DirectoryBoard {
	readonly id: string;
	readonly name: string;
}

/** What one file says of Pins and boards. */
export interface Directory {
	readonly pins: readonly DirectoryPin[];
	readonly boards: readonly DirectoryBoard[];
}

/** What all directories together say of a Pin that one of them lists. */
export interface ListedPin extends PinAttributes {
	readonly pinId: string;
}
