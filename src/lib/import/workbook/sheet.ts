/** What a cell of a workbook holds. A date is `YYYY-MM-DD`, with a time of day `YYYY-MM-DDTHH:MM:SS`, a time alone `HH:MM:SS`. */
export type Cell = string | number | boolean | null;

/** A sheet of a workbook that is not hidden. */
export interface Sheet {
	readonly name: string;
	/** Those that hold anything, in their order. */
	readonly rows: readonly SheetRow[];
}

export interface SheetRow {
	/** The number that the spreadsheet program shows beside the row, from 1. */
	readonly line: number;
	/** From the first column on; null where nothing stands, and none behind the last cell that holds anything. */
	readonly cells: readonly Cell[];
}
