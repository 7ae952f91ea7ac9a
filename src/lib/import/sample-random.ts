/** The next number of a random sequence, at least 0 and below 1 (exclusive). */
export type Random = () => number;

/**
 * A random sequence that is the same for the same seed on every platform: 32-bit integer steps only.
 * Algorithm: sfc32 of Chris Doty-Humphrey's PractRand (public domain).
 * @param seed any whole number; its low 32 bits count
 * @param stream distinguishes sequences of one seed
 */
export function seededRandom(seed: number, stream: number): Random {
	let a = seed | 0;
	let b = stream | 0;
	let c = 0x5eed1e55;
	let counter = 1;
	const next = () => {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 4_294_967_296;
	};
	// The first values still show the seed; PractRand passes over twelve when seeded with three words.
	for (let i = 0; i < 12; i++) next();
	return next;
}

/** One of `values`, each as likely as the others. */
export function pick<T>(random: Random, values: readonly T[]): T {
	return values[Math.floor(random() * values.length)] as T;
}

/**
 * Draws indices in proportion to `weights`, in constant time.
 * Algorithm: M. D. Vose, "A linear algorithm for generating random numbers with a given distribution" (1991).
 */
export function weightedDraw(random: Random, weights: Float64Array): () => number {
	const length = weights.length;
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const share = weights.map((weight) => (weight * length) / total);
	const other = new Uint32Array(length);
	const small: number[] = [];
	const large: number[] = [];
	share.forEach((value, index) => (value < 1 ? small : large).push(index));
	while (small.length > 0 && large.length > 0) {
		const under = small.pop()!;
		const over = large.pop()!;
		other[under] = over;
		share[over] = share[over]! + share[under]! - 1;
		(share[over]! < 1 ? small : large).push(over);
	}
	// What is left is 1 but for rounding.
	for (const index of [...small, ...large]) share[index] = 1;
	return () => {
		const point = random() * length;
		const index = Math.floor(point);
		return point - index < share[index]! ? index : other[index]!;
	};
}
