import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { licencePage, runtimePackages, shippedPackages } from '../../src/tools/release/shipped-packages';

/** The licences of what reaches the browser: as tests/PROMISES.md lists them, and none that requires more than a notice. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Licences that require only that their text is kept. */
const FREE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

const shipped = shippedPackages(ROOT);

describe('packages at run time', () => {
	it('are under licences that ask for no more than a notice', () => {
		const others = shipped.filter(({ licence }) => {
			const choices = licence.replace(/[()]/g, '').split(' OR ');
			return !choices.some((choice) => FREE.includes(choice));
		});
		expect(others.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([]);
	});

	it('are listed with their licences', () => {
		const page = readFileSync(join(ROOT, 'tests', 'PROMISES.md'), 'utf8');
		const listed = [...page.matchAll(/^\| `([@\w./-]+)` *\| ([^|]+?) *\|$/gm)].map(
			([, name, licence]) => `${name}: ${licence}`
		);
		const expected = runtimePackages(ROOT).map(({ name, licence }) => `${name}: ${licence}`);
		expect(listed.sort()).toEqual(expected.sort());
	});
});

it('keeps the licences of all that is handed out, those of the server and of Svelte too', () => {
	const names = shipped.map(({ name }) => name);
	expect(names).toEqual(expect.arrayContaining(['svelte', 'dexie', 'serve-static', 'send', 'compression']));
	const page = licencePage(shipped);
	for (const { name, version } of shipped) expect(page).toContain(`${name} ${version}, `);
	expect(page.split('Permission is hereby granted').length).toBeGreaterThan(20);
});
