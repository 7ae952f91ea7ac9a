import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { shippedPackages, type ShippedPackage } from './shipped-packages';

/**
 * The bill of materials of a release: CycloneDX 1.5 in JSON, https://cyclonedx.org/docs/1.5/json/. npm's own command
 * takes either what package.json has under `dependencies` or all that only builds and tests use. This list has what has
 * code in the site or in the server, and the same source has the same bytes.
 */

interface LockFile {
	readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

/** https://github.com/package-url/purl-spec: the @ of a scope is escaped, the one before the version is not. */
const purlOf = (name: string, version: string) => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;

/** Where the lock file has a package: `node_modules/a`, `node_modules/a/node_modules/b`. */
const lockKey = (root: string, folder: string) => relative(root, folder).split(sep).join('/');

function componentOf({ name, version, licence }: ShippedPackage, integrity: string | undefined): object {
	// `sha512-` and base64 in the lock file, hexadecimal here.
	const [, hash] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? [];
	return {
		type: 'library',
		'bom-ref': purlOf(name, version),
		name,
		version,
		purl: purlOf(name, version),
		...(hash === undefined
			? {}
			: { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
		licenses: [/ (OR|AND|WITH) /.test(licence) ? { expression: licence } : { license: { id: licence } }]
	};
}

/** @param root the tree's folder @param subject what it is the bill of */
export function billOfMaterials(
	root: string,
	subject: { readonly name: string; readonly version: string; readonly license: string }
): string {
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile;
	const shipped = shippedPackages(root);
	const { name, version, license } = subject;
	const ref = purlOf(name, version);
	const bill = {
		bomFormat: 'CycloneDX',
		specVersion: '1.5',
		version: 1,
		metadata: {
			component: {
				type: 'application',
				'bom-ref': ref,
				name,
				version,
				purl: ref,
				licenses: [{ license: { id: license } }]
			}
		},
		components: shipped.map((entry) =>
			componentOf(entry, lock.packages[lockKey(root, entry.folder)]?.integrity)
		),
		dependencies: [{ ref, dependsOn: shipped.map((entry) => purlOf(entry.name, entry.version)) }]
	};
	return `${JSON.stringify(bill, null, '\t')}\n`;
}
