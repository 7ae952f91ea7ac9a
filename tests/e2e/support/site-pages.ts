import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROUTES = fileURLToPath(new URL('../../../src/routes/', import.meta.url));

/** The addresses of all pages, as they stand in src/routes: `''` is the first. */
export const SITE_PAGES: readonly string[] = readdirSync(ROUTES, { withFileTypes: true, recursive: true })
	.filter((entry) => entry.isFile() && entry.name === '+page.svelte')
	.map(({ parentPath }) => parentPath.slice(ROUTES.length))
	.map((path) => (path === '' ? '' : `${path.replaceAll('\\', '/')}/`))
	.sort();

/** Some addresses, and every page that none of them leads to. */
export function withAllPages(addresses: readonly string[]): readonly string[] {
	const visited = new Set(addresses.map((address) => address.split('?')[0]));
	return [...addresses, ...SITE_PAGES.filter((page) => !visited.has(page))];
}
