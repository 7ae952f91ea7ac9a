import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The site as it is built by default can reach no host, and has nothing in it that would. */

const SITE = fileURLToPath(new URL('../../build/', import.meta.url));
const HOST_CODE = /x-clickhouse|JSONCompact|wait_end_of_query|KILL QUERY|uniqExact|skip_unavailable_shards/i;

async function textFiles(): Promise<{ path: string; text: string }[]> {
	const entries = await readdir(SITE, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile() && /\.(js|html|css|json|webmanifest)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name));
	return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })));
}

describe('the default build', () => {
	it('holds no code that speaks to a host', async () => {
		const files = await textFiles();
		expect(files.length).toBeGreaterThan(20);
		expect(files.filter(({ text }) => HOST_CODE.test(text)).map(({ path }) => path)).toEqual([]);
	});

	it('lets every page connect to its own site only', async () => {
		const pages = (await textFiles()).filter(({ path }) => path.endsWith('.html'));
		expect(pages.length).toBeGreaterThan(4);
		for (const { text } of pages)
			expect(/connect-src ([^;"]*)/.exec(text)?.[1]).toMatch(/^(&#39;|')self(&#39;|')$/);
	});
});
