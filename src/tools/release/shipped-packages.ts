import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Which npm packages have code in what is handed out, and under which licences. */

/** Parts of these are in the built site; what they depend on serves the build alone, or is in this list. */
const OF_BUILD = ['@inlang/paraglide-js', '@sveltejs/kit', 'assemblyscript', 'devalue', 'svelte'];
/** These are in the server with all that they depend on. */
const OF_SERVER = ['compression', 'serve-static'];
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

export interface ShippedPackage {
	readonly name: string;
	readonly version: string;
	/** An SPDX expression, or `none` where the package names none. */
	readonly licence: string;
	/** Where it is installed. */
	readonly folder: string;
}

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestIn(folder: string): Manifest {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

function packageIn(folder: string): ShippedPackage {
	const { name, version, license } = manifestIn(folder);
	// One that names no licence may contain the text of one.
	const [, byText = 'none'] = license === undefined ? (/^(MIT) License/.exec(licenceText(folder)) ?? []) : [];
	return { name, version, licence: license ?? byText, folder };
}

/** The texts of a package's licence and notice, one after the other; empty where it has none. */
function licenceText(folder: string): string {
	return readdirSync(folder)
		.filter((name) => LICENCE_FILE.test(name))
		.map((name) => readFileSync(join(folder, name), 'utf8').trim())
		.join('\n\n');
}

/** Where a package finds another: in its own node_modules, or in the tree's. */
function folderOf(name: string, from: string, root: string): string | null {
	const places = [join(from, 'node_modules', name), join(root, 'node_modules', name)];
	return places.find((place) => existsSync(join(place, 'package.json'))) ?? null;
}

function collect(
	names: readonly string[],
	from: string,
	root: string,
	found: Map<string, ShippedPackage>
): void {
	for (const name of names) {
		const folder = folderOf(name, from, root);
		if (folder === null || found.has(folder)) continue;
		found.set(folder, packageIn(folder));
		collect(Object.keys(manifestIn(folder).dependencies ?? {}), folder, root, found);
	}
}

/** What the app depends on at run time, and what that depends on in turn. @param root the tree's folder */
export function runtimePackages(root: string): readonly ShippedPackage[] {
	const found = new Map<string, ShippedPackage>();
	collect(Object.keys(manifestIn(root).dependencies ?? {}), root, root, found);
	return [...found.values()];
}

/** All packages with code in the built site or in the server of the npm package, by name. */
export function shippedPackages(root: string): readonly ShippedPackage[] {
	const found = new Map(runtimePackages(root).map((entry) => [entry.folder, entry]));
	collect(OF_SERVER, root, root, found);
	for (const name of OF_BUILD) {
		const folder = join(root, 'node_modules', name);
		if (!found.has(folder)) found.set(folder, packageIn(folder));
	}
	return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** One text with the licences of all these packages, as they require it to be kept. */
export function licencePage(packages: readonly ShippedPackage[]): string {
	const entries = packages.map(({ name, version, licence, folder }) => {
		const text = licenceText(folder) || 'The package contains no text of its licence.';
		return `${name} ${version}, ${licence}\n\n${text}\n`;
	});
	const rule = `\n${'-'.repeat(80)}\n\n`;
	return ['Tackboard contains code of these packages.\n', ...entries].join(rule);
}
