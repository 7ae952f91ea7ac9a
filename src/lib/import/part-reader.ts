import { MAX_OPEN_VALUES } from '../model/event';
import type { ByteSource } from './byte-source';
import type { Dialect } from './detect';
import type { Header } from './header';
import type { OwnChoice } from './own-header';
import type { PartProgress, PartRange, PartResult } from './part';
import type { GiveRows } from './part-rows';

/** Reads the parts of one file, each into its place of a batch that is not live yet. */
export interface PartReader {
	/** How many parts can be read side by side. */
	readonly parallel: number;
	/** Reads a part of delimited text (read-part.ts); `part` is its place in the file, from 0. */
	read(
		signal: AbortSignal,
		source: ByteSource,
		part: number,
		dialect: Dialect,
		range: PartRange,
		onSlice: (progress: PartProgress) => void
	): Promise<PartResult>;
	/** Reads a part whose rows somebody else finds (part-rows.ts). */
	readRows(
		signal: AbortSignal,
		part: number,
		header: Header,
		give: GiveRows,
		onSlice: (progress: PartProgress) => void
	): Promise<PartResult>;
	openParquet(signal: AbortSignal, source: ByteSource): Promise<ParquetParts>;
	/** Throws away what part `part` and those after it have written. */
	discardFrom(part: number): Promise<void>;
	/** Which columns of one's own are kept. */
	readonly own: OwnChoice;
	/** How many values of each open list have a number by now: accounts, then columns of one's own. */
	openLists(): readonly number[];
	/** Whether a text that was numbered may not have been valid UTF-8 (encoding/bad-text.ts). */
	readonly hasBadText: boolean;
}

/** A Parquet file that is open, and the reading of its row groups. */
export interface ParquetParts {
	/** The file's bytes, to be read from anywhere. */
	readonly source: ByteSource;
	readonly parallel: number;
	readonly header: Header;
	readonly unknownColumns: readonly string[];
	/** How many rows each row group has. */
	readonly groups: readonly number[];
	/** Reads groups [from, to) into part `part`. */
	read(
		signal: AbortSignal,
		part: number,
		groups: { readonly from: number; readonly to: number },
		onSlice: (progress: PartProgress) => void
	): Promise<PartResult>;
}

/** Whether an open list has become too long between two looks at them. */
export function isCrowded(before: readonly number[], now: readonly number[]): boolean {
	return now.some((count, i) => count > MAX_OPEN_VALUES && (before[i] ?? 0) < MAX_OPEN_VALUES);
}
