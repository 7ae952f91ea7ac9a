import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Folders, dropped or chosen, stand for the files in them. */

const eventFile = (day: string) => Buffer.from(`timestamp,event,pin_id\n${day},impression,101\n`);
const LITTER = ['.DS_Store', '._may.csv', 'deep/Thumbs.db', 'deep/desktop.ini', '__MACOSX/._may.csv'];

let overview: OverviewPage;

test.beforeEach(async ({ page }) => {
	overview = new OverviewPage(page);
	await overview.open();
});

async function makeFolder(path: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
	await mkdir(path, { recursive: true });
	for (const [name, bytes] of Object.entries(files)) {
		await mkdir(dirname(join(path, name)), { recursive: true });
		await writeFile(join(path, name), bytes);
	}
	return path;
}

/** Drops files and folders of the disk into the middle of the page, as a file manager does. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const data = { items: [], files: [...paths], dragOperationsMask: 1 };
	for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
		await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

async function ended(run: number): Promise<void> {
	await expect(overview.importState).toHaveAttribute('data-run', String(run));
	await expect(overview.importState).not.toHaveAttribute('data-import', 'running');
	await overview.ready();
}

test('reads all files of a folder that is dropped, at any depth, each once @wide', async ({ page }, info) => {
	const folder = await makeFolder(info.outputPath('Exports'), {
		...Object.fromEntries(LITTER.map((name) => [name, Buffer.from('left by a system')])),
		'may.csv': eventFile('2026-05-01'),
		'may 2.csv': eventFile('2026-05-01'),
		'deep/down/june.csv': eventFile('2026-06-01'),
		'deep/packed.zip': zipSync({ 'inner.zip': zipSync({ 'july.csv': eventFile('2026-07-01') }) })
	});
	await drop(page, [folder]);
	await ended(1);
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '3');
	const report = page.getByRole('region', { name: 'Import report' });
	for (const name of ['may.csv', 'deep/down/june.csv', 'deep/packed.zip › inner.zip › july.csv'])
		await expect(report.getByText(name, { exact: true })).toBeVisible();
	await expect(report.locator('[data-outcome="duplicate"]')).toHaveCount(1);
	for (const name of LITTER) await expect(report.getByText(name)).toHaveCount(0);
});

test('names files by their folders where more than one folder is dropped @wide', async ({ page }, info) => {
	const may = await makeFolder(info.outputPath('May'), { 'a.csv': eventFile('2026-05-01') });
	const june = await makeFolder(info.outputPath('June'), { 'a.csv': eventFile('2026-06-01') });
	await makeFolder(info.outputPath('loose'), { 'b.csv': Buffer.from(SMALL_FILE) });
	await drop(page, [may, june, info.outputPath('loose/b.csv')]);
	await ended(1);
	await expect(overview.importState).toHaveAttribute('data-accepted', '9');
	const report = page.getByRole('region', { name: 'Import report' });
	for (const name of ['May/a.csv', 'June/a.csv', 'b.csv'])
		await expect(report.getByText(name, { exact: true })).toBeVisible();
});

test('says that a folder is empty, and keeps what is stored @wide', async ({ page }, info) => {
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await drop(page, [await makeFolder(info.outputPath('empty'), { '.DS_Store': Buffer.from('x') })]);
	await ended(2);
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(page.getByText('The folder holds no files.')).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('passes over in silence what a system left beside files that are chosen', async ({ page }) => {
	await overview.importFiles(
		{ name: 'small.csv', text: SMALL_FILE },
		{ name: '._small.csv', text: 'x' },
		{ name: 'Thumbs.db', text: 'x' }
	);
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(page.getByText('Thumbs.db')).toHaveCount(0);
});

test('takes a folder that is chosen, with the times of its files', async ({ page }, info) => {
	const exported = [
		'Analytics overview',
		'2026-05-22 - 2026-05-23',
		'',
		'Date,Impressions',
		'2026-05-22,1204',
		'2026-05-23,1377'
	].join('\n');
	const folder = await makeFolder(info.outputPath('Chosen'), {
		'2026/newer.csv': Buffer.from(exported),
		'2026/older.csv': Buffer.from(exported.replace('1204', '1'))
	});
	// The later one on the disk counts, although it is read first.
	await utimes(join(folder, '2026/newer.csv'), new Date('2026-06-02'), new Date('2026-06-02'));
	await utimes(join(folder, '2026/older.csv'), new Date('2026-06-01'), new Date('2026-06-01'));
	await expect(page.getByRole('button', { name: 'Choose folder' })).toBeVisible();
	const choosing = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: 'Choose folder' }).click();
	await (await choosing).setFiles(folder);
	await ended(1);
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(page.getByText('2026/newer.csv', { exact: true })).toBeVisible();
	await overview.open('?from=2026-05-22&to=2026-05-23');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '2581');
	await page.goto('/data/');
	await expect(page.getByRole('button', { name: 'Choose folder' })).toBeVisible();
});
