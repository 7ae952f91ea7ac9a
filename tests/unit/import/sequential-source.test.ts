import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicesOf } from '../../../src/lib/import/byte-source';
import { SequentialSource } from '../../../src/lib/import/sequential-source';

const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);

/** A source of `bytes` in chunks of these sizes, and how often it was opened and closed. */
function source(sizes: readonly number[] = [7, 0, 30]) {
	const count = { opened: 0, closed: 0 };
	async function* open() {
		count.opened++;
		try {
			for (let at = 0, i = 0; at < bytes.length; i++) {
				const size = sizes[i % sizes.length]!;
				yield bytes.slice(at, at + size);
				at += size;
			}
		} finally {
			count.closed++;
		}
	}
	return { source: new SequentialSource(open), count };
}

describe('SequentialSource', () => {
	it('gives every slice, in whatever order it is asked for', async () => {
		const slice = fc.tuple(fc.nat({ max: 120 }), fc.nat({ max: 60 }));
		const sizes = fc
			.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 })
			.filter((all) => all.some((size) => size > 0));
		await fc.assert(
			fc.asyncProperty(sizes, fc.array(slice, { maxLength: 12 }), async (chunks, slices) => {
				const { source: sequential } = source(chunks);
				const read = slices.map(([start, length]) => sequential.slice(start, start + length));
				const found = await Promise.all(read);
				found.forEach((part, i) => {
					const [start, length] = slices[i]!;
					expect(part).toEqual(bytes.slice(start, start + length));
				});
			}),
			{ seed: 5, numRuns: 300 }
		);
	});

	it('knows its length as soon as its last slice was given, and not before', async () => {
		const { source: sequential } = source();
		await sequential.slice(0, 99);
		expect(sequential.byteLength).toBe(Infinity);
		await sequential.slice(99, 100);
		expect(sequential.byteLength).toBe(100);
	});

	it('is read once where it is read from its start to its end', async () => {
		const { source: sequential, count } = source();
		await sequential.slice(0, 10); // a look at its start
		const slices: number[] = [];
		for await (const slice of slicesOf(sequential, 16)) slices.push(slice.length);
		expect(slices).toEqual([16, 16, 16, 16, 16, 16, 4]);
		expect(count).toEqual({ opened: 1, closed: 1 });
	});

	it('lets go of the stream when it is closed', async () => {
		const { source: sequential, count } = source();
		const reading = sequential.slice(0, 10);
		await sequential.close();
		expect(await reading).toEqual(bytes.slice(0, 10));
		expect(count).toEqual({ opened: 1, closed: 1 });
	});

	it('fails every slice that meets what the stream throws', async () => {
		const sequential = new SequentialSource(async function* () {
			yield bytes;
			throw new Error('cut off');
		});
		expect(await sequential.slice(0, 50)).toHaveLength(50);
		await expect(sequential.slice(50, 200)).rejects.toThrow('cut off');
	});
});
