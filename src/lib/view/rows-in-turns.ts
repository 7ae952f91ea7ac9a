/**
 * The rows of a list while those of a new answer are drawn some at a time: the first of them, and behind these what stood
 * there before.
 * @param drawn how many rows have changed by now
 */
export function rowsInTurns<Row>(
	rows: readonly Row[],
	before: readonly Row[],
	drawn: number,
	keyOf: (row: Row) => string
): readonly Row[] {
	const first = rows.slice(0, drawn);
	if (drawn >= before.length) return first;
	const keys = new Set(first.map(keyOf));
	return [...first, ...before.slice(drawn).filter((row) => !keys.has(keyOf(row)))];
}
