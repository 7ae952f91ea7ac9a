/** Whether the full numbers are wanted (`npm run test:long`) rather than a short version of everything. */
const isLong = process.env.TEST_LENGTH === 'long';

/** A count for this run: how often the short version does something, and how often the long one. */
export function byLength(short: number, long: number): number {
	return isLong ? long : short;
}
