import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipFiles } from '../../../src/lib/export/zip';

const signal = new AbortController().signal;

describe('an archive', () => {
	it('holds every file as it is', async () => {
		const long = 'date,impressions\r\n'.repeat(100_000);
		const told: number[] = [];
		const archive = await zipFiles(
			signal,
			[
				{ name: 'daily.csv', blob: new Blob([long]) },
				{ name: 'empty.csv', blob: new Blob([]) },
				{ name: 'filters.json', blob: new Blob(['{"from":"å"}']) }
			],
			(bytes) => told.push(bytes)
		);
		const files = unzipSync(new Uint8Array(await archive.arrayBuffer()));
		expect(Object.keys(files)).toEqual(['daily.csv', 'empty.csv', 'filters.json']);
		expect(strFromU8(files['daily.csv']!)).toBe(long);
		expect(strFromU8(files['empty.csv']!)).toBe('');
		expect(strFromU8(files['filters.json']!)).toBe('{"from":"å"}');
		expect(told.at(-1)).toBe(long.length + 13);
	});

	it('is given up when it is cancelled', async () => {
		const cancelled = AbortSignal.abort();
		await expect(
			zipFiles(cancelled, [{ name: 'a.csv', blob: new Blob(['a']) }], () => {})
		).rejects.toMatchObject({ name: 'AbortError' });
	});
});
