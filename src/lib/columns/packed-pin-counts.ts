import { narrow } from './growable';

/** Counts of all Pins as they are stored: a column for each kind of count, in the narrowest numbers that hold it. */
export type PackedPinCounts = readonly ReturnType<typeof narrow>[];

/**
 * @param counts those of Pin p from counts[p << shift] on
 * @param columns how many of these are used
 */
export function packPinCounts(counts: Float64Array, shift: number, columns: number): PackedPinCounts {
	return Array.from({ length: columns }, (_, column) => {
		const values = new Float64Array(counts.length >>> shift);
		let most = 0;
		for (let pin = 0; pin < values.length; pin++) {
			const count = counts[(pin << shift) + column] as number;
			values[pin] = count;
			if (count > most) most = count;
		}
		return narrow(values, most);
	});
}
