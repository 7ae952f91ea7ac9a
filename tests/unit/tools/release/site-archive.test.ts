import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { siteArchive } from '../../../../src/tools/release/site-archive';

const TIME = new Date('2026-11-29T12:00:00Z');
const folders: string[] = [];

afterAll(async () => {
	for (const folder of folders) await rm(folder, { recursive: true });
});

async function folderWith(names: readonly string[]): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'tackboard-archive-'));
	folders.push(folder);
	await mkdir(join(folder, 'video'));
	for (const name of names) await writeFile(join(folder, name), `text of ${name}`);
	return folder;
}

it('holds all files of a folder under its name', async () => {
	const archive = unzipSync(
		await siteArchive(await folderWith(['index.html', 'video/index.html']), 'x-1', TIME)
	);
	expect(Object.keys(archive)).toEqual(['x-1/index.html', 'x-1/video/index.html']);
	expect(strFromU8(archive['x-1/video/index.html']!)).toBe('text of video/index.html');
});

it('has the same bytes for the same files and time, whenever and in whatever order they were written', async () => {
	const names = ['a.txt', 'index.html', 'video/index.html'];
	const one = await siteArchive(await folderWith(names), 'x-1', TIME);
	const other = await siteArchive(await folderWith(names.toReversed()), 'x-1', TIME);
	expect(Buffer.from(other).equals(one)).toBe(true);
	const later = await siteArchive(folders[0]!, 'x-1', new Date(TIME.getTime() + 60_000));
	expect(Buffer.from(later).equals(await siteArchive(folders[0]!, 'x-1', TIME))).toBe(false);
});
