import type { Problem } from './problem';

/** What a workspace has taken in from another copy of it: a backup, or its home folder. */
export interface TakenInReport {
	/** The files of imports that are here now and were not before, in the order of their imports. */
	readonly files: readonly string[];
	/** Imports that were undone there, and are here too now. */
	readonly undone: number;
	/** Notes, views, labels and decisions that are newer now. */
	readonly items: number;
	/** Imports that could not be taken in, by their files. */
	readonly refused: readonly { readonly file: string; readonly problem: Problem }[];
}
