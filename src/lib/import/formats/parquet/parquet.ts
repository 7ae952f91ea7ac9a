import { fingerprintOf } from '../../fingerprint';
import type { PartProgress, PartResult } from '../../part';
import { isCrowded, type ParquetParts } from '../../part-reader';
import { PartsProgress, readTogether } from '../../parts-together';
import type { EventFormat, EventsRead } from '../format';

/**
 * Parquet, read by row group. The reading itself (parquet-file.ts) needs a library that most people never need: it is
 * behind the reader, in a worker of its own that is started when the first such file comes.
 */
export const parquet: EventFormat = {
	gives: 'events',
	score: ({ bytes }) => (bytes[0] === 80 && bytes[1] === 65 && bytes[2] === 82 && bytes[3] === 49 ? 1 : 0), // PAR1
	read: async (signal, { source }, reader, onSlice): Promise<EventsRead> => {
		const file = await reader.openParquet(signal, source);
		const { header, unknownColumns, groups } = file;
		const before = reader.openLists();
		let ranges = shareOut(groups, file.parallel);
		let parts = await readGroups(signal, file, ranges, onSlice);
		if (parts.length > 1 && isCrowded(before, reader.openLists())) {
			// Which values are too many is a matter of their order in the file: one part has to see them all.
			await reader.discardFrom(0);
			ranges = shareOut(groups, 1);
			parts = await readGroups(signal, file, ranges, onSlice);
		}
		return {
			format: 'parquet',
			header,
			unknownColumns,
			parts,
			firstLines: ranges.map(({ from }) => groups.slice(0, from).reduce((sum, rows) => sum + rows, 1)),
			fingerprint: await fingerprintOf(signal, file.source),
			parser: 'bytes'
		};
	}
};

interface GroupRange {
	readonly from: number;
	readonly to: number; // exclusive
}

function readGroups(
	signal: AbortSignal,
	file: ParquetParts,
	ranges: readonly GroupRange[],
	onSlice: (progress: PartProgress) => void
): Promise<PartResult[]> {
	const progress = new PartsProgress(onSlice);
	return readTogether(signal, ranges, (own, range, part) => file.read(own, part, range, progress.of(part)));
}

/** Cuts the row groups into about equal parts. */
function shareOut(groups: readonly number[], parallel: number): GroupRange[] {
	const count = Math.max(1, Math.min(parallel, groups.length));
	return Array.from({ length: count }, (_, part) => ({
		from: Math.round((groups.length * part) / count),
		to: Math.round((groups.length * (part + 1)) / count)
	}));
}
