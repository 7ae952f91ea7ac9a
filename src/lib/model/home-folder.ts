import type { Problem } from './problem';
import type { TakenInReport } from './taken-in';

/** What came of bringing a workspace and its home folder together. */
export interface HomeReport {
	readonly taken: TakenInReport;
	/** Files that were written. */
	readonly written: number;
	/** Files of the folder that are cut, changed or foreign, and imports that can no longer be read here. */
	readonly leftOut: readonly { readonly file: string; readonly problem: Problem }[];
	/** Copies that a drive has made of files, such as those in conflict: what they hold stands in other files of the folder. */
	readonly copies: readonly string[];
	/** When to look again, since files may still be on their way; null where none is. */
	readonly againInMs: number | null;
	/** Whether all that is stored here stands in the folder, and the other way round. */
	readonly isEqual: boolean;
}
