import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { zipSync, type Zippable } from 'fflate';

/** The archive of a release: the built site for static hosts. */

/** The files of a folder and of those within, in the order of their names: paths with slashes, and bytes. */
async function filesOf(folder: string): Promise<readonly (readonly [path: string, bytes: Uint8Array])[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
	paths.sort();
	return Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path))] as const));
}

/** Zip has no time zones: fflate writes the local parts of a date, which here are those of UTC. */
function zipTime(time: Date): Date {
	return new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
}

/**
 * A zip of a folder that has the same bytes on every machine.
 * @param name the folder within the archive that all of it is in
 * @param time of all files: that of the release's source, so that hosts which tell versions apart by it can do so
 */
export async function siteArchive(folder: string, name: string, time: Date): Promise<Uint8Array> {
	const files: Zippable = {};
	for (const [path, bytes] of await filesOf(folder)) files[`${name}/${path}`] = bytes;
	return zipSync(files, { level: 9, mtime: zipTime(time) });
}
