/** A range index (engine/range-index.ts) as it is stored: of all that passes, without a split. */
export interface PackedRangeIndex {
	readonly version: 1;
	/** The number of day 0. */
	readonly firstDay: number;
	/** By audience, in the order of AUDIENCES. */
	readonly series: readonly DayLists[];
}

/** Of each day, the days on which its people were last met before. */
export interface DayLists {
	/** Day d has the entries [starts[d], starts[d + 1]). */
	readonly starts: Uint32Array;
	/** Per entry the day of the last meeting, counted from 1; 0 for none. They rise within a day. */
	readonly before: Uint16Array;
	/** Per entry the people of its day up to it. */
	readonly upTo: Uint32Array;
}

/** Its arrays, for a checksum. */
export function rangeIndexArrays({ series }: PackedRangeIndex): readonly ArrayBufferView[] {
	return series.flatMap(({ starts, before, upTo }) => [starts, before, upTo]);
}
