const MS_PER_DAY = 86_400_000;
/** The serial number of 1970-01-01 where 1900-01-01 is day 1 and 1900 is taken for a leap year. */
const EPOCH_SERIAL = 25_569;
/** Before 1900-03-01 programs disagree about numbers, and none has any after 9999-12-31. */
const FIRST_MS = Date.UTC(1900, 2, 1);
const END_MS = Date.UTC(10_000, 0, 1); // exclusive

/**
 * The number that a day, or an instant in UTC, has in a spreadsheet.
 * @param text `2025-01-31` or `2025-01-31T18:04:05.123Z`
 * @returns null where it has none
 */
export function serialDate(text: string): number | null {
	const ms = Date.parse(text);
	return ms >= FIRST_MS && ms < END_MS ? ms / MS_PER_DAY + EPOCH_SERIAL : null;
}
