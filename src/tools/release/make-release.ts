import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isMain } from '../is-main';
import { assemblePackage, LICENCES_FILE, readManifest } from './assemble-package';
import { billOfMaterials } from './bill-of-materials';
import { siteArchive } from './site-archive';

/**
 * `npm run release`: writes what a release consists of into `dist`: the npm package, the site as a zip for static hosts,
 * the bill of materials, and the checksums of all three.
 */

/** The time of the source: SOURCE_DATE_EPOCH (seconds), else that of the newest commit. */
function sourceTime(root: string): Date {
	const chosen = process.env.SOURCE_DATE_EPOCH;
	const seconds =
		chosen || execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim();
	return new Date(Number(seconds) * 1_000);
}

/** @returns the names of the files in `folder` */
export async function makeRelease(root: string, folder: string): Promise<readonly string[]> {
	const manifest = await readManifest(root);
	const release = `${manifest.name}-${manifest.version}`;
	await rm(folder, { recursive: true, force: true });
	const packed = join(folder, 'package');
	await assemblePackage(root, packed);

	const hosted = join(folder, 'hosted');
	await mkdir(hosted);
	await cp(join(packed, 'site'), join(hosted, 'site'), { recursive: true });
	for (const file of ['LICENSE', LICENCES_FILE]) await cp(join(packed, file), join(hosted, file));
	await cp(join(root, 'src', 'HOSTING.md'), join(hosted, 'HOSTING.md'));

	execFileSync('npm', ['pack', packed, '--pack-destination', folder, '--silent'], {
		cwd: root,
		stdio: 'pipe'
	});
	await writeFile(join(folder, `${release}.zip`), await siteArchive(hosted, release, sourceTime(root)));
	await rm(hosted, { recursive: true });
	await writeFile(join(folder, `${release}.cdx.json`), billOfMaterials(root, manifest));

	const files = [`${release}.cdx.json`, `${release}.tgz`, `${release}.zip`];
	const sums = files.map(async (file) => `${await sha256(join(folder, file))}  ${file}\n`);
	await writeFile(join(folder, 'SHA256SUMS'), (await Promise.all(sums)).join(''));
	return [...files, 'SHA256SUMS'];
}

async function sha256(file: string): Promise<string> {
	return createHash('sha256')
		.update(await readFile(file))
		.digest('hex');
}

if (isMain(import.meta.url)) {
	for (const file of await makeRelease(resolve('.'), resolve('dist'))) console.log(join('dist', file));
}
