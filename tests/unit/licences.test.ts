import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The licences of what reaches the browser: as tests/PROMISES.md lists them, and none that asks for more than a notice. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Licences that ask for no more than that their text is kept. */
const FREE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** A package's manifest; one that names no licence may bring the text of one. */
function licensed(folder: string): Manifest {
	const manifest = manifestIn(folder);
	const file = join(folder, 'LICENSE');
	if (manifest.license !== undefined || !existsSync(file)) return manifest;
	const [, license = 'unknown'] = /^(MIT) License/.exec(readFileSync(file, 'utf8')) ?? [];
	return { ...manifest, license };
}

/** Where a package finds another: in its own node_modules, or in one above it. */
function folderOf(name: string, from: string): string | null {
	const places = [join(from, 'node_modules', name), join(ROOT, 'node_modules', name)];
	return places.find((place) => existsSync(join(place, 'package.json'))) ?? null;
}

/** What the app depends on at run time, and what that depends on in turn, by name. */
function runtimePackages(): Map<string, Manifest> {
	const found = new Map<string, Manifest>();
	const look = (from: string) => {
		for (const name of Object.keys(manifestIn(from).dependencies ?? {})) {
			const folder = folderOf(name, from);
			if (folder === null || found.has(name)) continue;
			found.set(name, licensed(folder));
			look(folder);
		}
	};
	look(ROOT);
	return found;
}

const packages = runtimePackages();

describe('packages at run time', () => {
	it('are under licences that ask for no more than a notice', () => {
		const others = [...packages.values()].filter(({ license }) => {
			const choices = (license ?? 'none').replace(/[()]/g, '').split(' OR ');
			return !choices.some((choice) => FREE.includes(choice));
		});
		expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
	});

	it('are listed with their licences', () => {
		const page = readFileSync(join(ROOT, 'tests', 'PROMISES.md'), 'utf8');
		const listed = [...page.matchAll(/^\| `([@\w./-]+)` *\| ([^|]+?) *\|$/gm)].map(
			([, name, licence]) => `${name}: ${licence}`
		);
		const expected = [...packages.values()].map(({ name, license }) => `${name}: ${license}`);
		expect(listed.sort()).toEqual(expected.sort());
	});
});
