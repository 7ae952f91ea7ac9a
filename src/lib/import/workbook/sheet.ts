import type { TableRow } from '../tables/table';

/** A sheet of a workbook that is not hidden. */
export interface Sheet {
	readonly name: string;
	/**
	 * Those that hold anything, in their order; a line is the number that the spreadsheet program shows beside the row. A
	 * date is `YYYY-MM-DD`, with a time of day `YYYY-MM-DDTHH:MM:SS` (and `.mmm`, where its column has parts of seconds), a time alone `HH:MM:SS`. Cells are null where nothing
	 * stands, and there are none behind the last that holds anything.
	 */
	readonly rows: readonly TableRow[];
}
