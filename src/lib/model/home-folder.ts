import type { Problem } from './problem';
import type { TakenInReport } from './taken-in';

/** What came of bringing a workspace and its home folder together. */
export interface HomeReport {
	readonly taken: TakenInReport;
	/** Files that were written. */
	readonly written: number;
	/** Files of the folder that are cut, changed or foreign, and imports that can no longer be read here. */
	readonly leftOut: readonly { readonly file: string; readonly problem: Problem }[];
	/** Whether files are still being written by others, so that it has to be looked at again. */
	readonly waits: boolean;
	/** Whether all that is stored here stands in the folder, and the other way round. */
	readonly isEqual: boolean;
}
