import { listSite, packedBytes } from '../../src/tools/site-files';
import { SITE_PAGES } from './support/site-pages';
import { expect, test } from './support/test';

/** What the first visit keeps for later must not cost a phone's data. */
const MOST_BYTES = 500_000;

test('keeps at most 500 KB for offline in any language, packed', { tag: '@wide' }, async () => {
	const { first, languages, later } = await listSite('build');
	const paths = first.map(({ path }) => path);
	expect(paths).toContain('');
	// The other pages follow when the browser is idle.
	expect(later.map(({ path }) => path)).toEqual(
		expect.arrayContaining(SITE_PAGES.filter((page) => page !== ''))
	);
	for (const name of ['data', 'import', 'zip'])
		expect(paths.some((path) => path.includes(`/workers/${name}.worker`))).toBe(true);
	expect(later.length).toBeGreaterThan(0);
	expect(paths.filter((path) => path.startsWith('screenshots/'))).toEqual([]);
	for (const files of Object.values(languages))
		expect(await packedBytes('build', [...first, ...files])).toBeLessThanOrEqual(MOST_BYTES);
});
