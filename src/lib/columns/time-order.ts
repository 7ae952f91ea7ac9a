/** The order of rows as they came. */
export function fileOrder(rows: number): Uint32Array<ArrayBuffer> {
	const order = new Uint32Array(rows);
	for (let i = 0; i < rows; i++) order[i] = i;
	return order;
}

/**
 * The order of rows by time, stable. Least-significant-digit radix sort over 3 × 14 bits: the years that events lie
 * in are under 2^42 milliseconds apart.
 */
export function orderByTime(times: Float64Array, rows: number): Uint32Array {
	const BITS = 14;
	const BUCKETS = 1 << BITS;
	let min = Infinity;
	for (let i = 0; i < rows; i++) min = Math.min(min, times[i] as number);
	let order = fileOrder(rows);
	let next = new Uint32Array(rows);
	for (let pass = 0, scale = 1; pass < 3; pass++, scale *= BUCKETS) {
		const starts = new Uint32Array(BUCKETS + 1);
		const digit = (row: number) => Math.floor(((times[row] as number) - min) / scale) & (BUCKETS - 1);
		for (let i = 0; i < rows; i++) starts[digit(i) + 1]!++;
		for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b] as number;
		for (let i = 0; i < rows; i++) {
			const row = order[i] as number;
			next[starts[digit(row)]!++] = row;
		}
		[order, next] = [next, order];
	}
	return order;
}
