/**
 * How much room an import will take, guessed from its files before they are read. Of text about a tenth is stored
 * (15 columns, a million people); twice that is reckoned with. What is packed holds some ten times as much text.
 */
const OF_TEXT = 0.2;
const OF_PACKED = 1.5;
const PACKED = /\.(gz|zip|parquet)$/i;

export interface FileSize {
	readonly name: string;
	readonly size: number;
}

/** Bytes that the files will take once they are stored, rather too many than too few. */
export function storedEstimate(files: readonly FileSize[]): number {
	return files.reduce((sum, { name, size }) => sum + size * (PACKED.test(name) ? OF_PACKED : OF_TEXT), 0);
}
