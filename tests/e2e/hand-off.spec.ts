import { readFile } from 'node:fs/promises';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { Locator, Page } from 'playwright/test';
import { DESKTOP } from '../support/browser-config';
import { inForgetfulBrowser } from './support/forgetful-browser';
import { manyPinsFile } from './support/many-pins-file';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Events leave the browser as files that other engines read. */

let overview: OverviewPage;

/** The page's own scope, with what the tests put there. */
interface Scope {
	showSaveFilePicker?: unknown;
	picked?: FileSystemFileHandle;
}

/** Has the browser save files where downloads go, as Firefox and Safari do. */
const withoutPicker = (page: Page) =>
	page.addInitScript(() => delete (globalThis as unknown as Scope).showSaveFilePicker);

/** Answers the question where to save by a file of the page's own: it is as real, and nobody has to be asked. */
const withPicker = (page: Page) =>
	page.addInitScript(() => {
		const scope = globalThis as unknown as Scope;
		scope.showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) => {
			const folder = await navigator.storage.getDirectory();
			return (scope.picked = await folder.getFileHandle(suggestedName, { create: true }));
		};
	});

async function pickedBytes(page: Page): Promise<Uint8Array> {
	const numbers = await page.evaluate(async () => {
		const file = await (globalThis as unknown as Scope).picked!.getFile();
		return [...new Uint8Array(await file.arrayBuffer())];
	});
	return Uint8Array.from(numbers);
}

const card = (page: Page): Locator => page.getByRole('region', { name: 'Export events to a database' });
const rowsOf = (bytes: Uint8Array) => parquetReadObjects({ file: bytes.slice().buffer });

async function downloaded(page: Page, act: () => Promise<void>) {
	const download = page.waitForEvent('download');
	await act();
	const file = await download;
	return { name: file.suggestedFilename(), bytes: new Uint8Array(await readFile(await file.path())) };
}

async function open(page: Page, search = '', file = SMALL_FILE): Promise<void> {
	overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'events.csv', text: file });
	await overview.follow(`data/${search}`);
	await expect(card(page).getByRole('button', { name: 'Export events' })).toBeEnabled();
}

test('downloads all events as Parquet where the browser cannot write files', async ({ page }) => {
	await withoutPicker(page);
	await open(page);
	const { name, bytes } = await downloaded(page, () =>
		card(page).getByRole('button', { name: 'Export events' }).click()
	);
	expect(name).toBe('tackboard_events_2026-05-15_2026-06-30.parquet');
	const rows = await rowsOf(bytes);
	expect(rows).toHaveLength(7);
	expect(rows[0]).toMatchObject({ event: 'impression', pin_id: '101', count: 7n, board: 'Light' });
	await expect(card(page).getByText(`${name} is in your downloads.`)).toBeVisible();

	// What went out comes back in as the same.
	await page.goto('/?ws=Again');
	await page.getByRole('button', { name: /Create/ }).click();
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	await overview.ready();
	await overview.importBytes({ name, bytes });
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('writes what the filters let pass straight to the file that was picked', async ({ page }) => {
	await withPicker(page);
	await open(page, '?device=mobile&range=30d');
	await card(page).getByLabel('As filtered').check();
	await expect(card(page).getByText('1 Jun – 30 Jun 2026 · Mobile')).toBeVisible();
	await card(page).getByRole('button', { name: 'Export events' }).click();
	const name = 'tackboard_events_2026-06-01_2026-06-30.parquet';
	await expect(card(page).getByText(`${name} is written.`)).toBeVisible();
	const rows = await rowsOf(await pickedBytes(page));
	expect(rows.map(({ pin_id }) => pin_id as string)).toEqual(['103', '103', '101', '101']);
});

test('writes the CSV there too', async ({ page }) => {
	await withPicker(page);
	await open(page);
	await card(page).getByRole('radio', { name: /^CSV/ }).check();
	await card(page).getByRole('button', { name: 'Export events' }).click();
	await expect(card(page).getByText('tackboard_events_2026-05-15_2026-06-30.csv is written.')).toBeVisible();
	const text = new TextDecoder().decode(await pickedBytes(page));
	expect(text.trim().split('\r\n')).toHaveLength(8);
});

test('leaves nothing behind when it is cancelled or fails', async ({ page }) => {
	await withPicker(page);
	await open(page, '', manyPinsFile(20_000));
	const button = card(page).getByRole('button', { name: 'Export events' });
	const state = card(page).locator('[data-hand-off]');

	// The file that is picked is held by another writer.
	await page.evaluate(async (name) => {
		const folder = await navigator.storage.getDirectory();
		const file = await folder.getFileHandle(name, { create: true });
		const stream = await file.createWritable({ mode: 'exclusive' } as FileSystemCreateWritableOptions);
		Object.assign(globalThis, { letGo: () => stream.abort() });
	}, 'tackboard_events_2026-06-30_2026-06-30.parquet');
	await button.click();
	await expect(state).toHaveAttribute('data-hand-off', 'failed');
	await expect(card(page).getByRole('alert')).toContainText('could not be written');
	await page.evaluate(() => (globalThis as unknown as { letGo: () => Promise<void> }).letGo());

	// Cancelled while whoever exports is still being asked: nothing is written after that.
	await page.evaluate(() => {
		const scope = globalThis as unknown as { showSaveFilePicker: (...all: unknown[]) => Promise<unknown> };
		const ask = scope.showSaveFilePicker;
		scope.showSaveFilePicker = async (...all) => {
			await new Promise((resolve) => Object.assign(globalThis, { answer: resolve }));
			return ask(...all);
		};
	});
	await button.click();
	await card(page).getByRole('button', { name: 'Cancel' }).click();
	await page.evaluate(() => (globalThis as unknown as { answer: () => void }).answer());
	await expect(state).toHaveAttribute('data-hand-off', 'cancelled');
	await expect(state).toContainText('Nothing was written');
	expect((await pickedBytes(page)).length).toBe(0);
});

test('gives the tables and the commands for the names that are asked for @wide', async ({ page }) => {
	await withoutPicker(page);
	await open(page);
	await card(page).getByLabel('Cluster of ClickHouse').fill('two shards');
	await expect(card(page).getByText('Use letters, digits and underscores')).toBeVisible();
	await card(page).getByLabel('Cluster of ClickHouse').fill('two_shards');
	const texts = new Map<string, string>();
	for (const file of ['schema-clickhouse.sql', 'schema-duckdb.sql', 'LOAD.md']) {
		const { name, bytes } = await downloaded(page, () =>
			card(page).getByRole('button', { name: file }).click()
		);
		texts.set(name, new TextDecoder().decode(bytes));
	}
	expect(texts.get('schema-clickhouse.sql')).toContain('Distributed(two_shards, tackboard, events_local,');
	expect(texts.get('schema-duckdb.sql')).toContain('CREATE TABLE IF NOT EXISTS events');
	expect(texts.get('LOAD.md')).toContain('tackboard_events_2026-05-15_2026-06-30.parquet');
});

test('says where there is nothing to hand off', async ({ page }) => {
	await page.goto('/data/');
	await expect(card(page).getByText('There are no events to export yet.')).toBeVisible();
	await expect(card(page).getByRole('button', { name: 'Export events' })).toBeDisabled();
});

test('splits many events into row groups @wide', async ({ page }) => {
	await withPicker(page);
	await open(page, '', manyPinsFile(130_000));
	await card(page).getByRole('button', { name: 'Export events' }).click();
	await expect(card(page).locator('[data-hand-off="saved"]')).toBeVisible({ timeout: 20_000 });
	const size = await page.evaluate(
		async () => (await (globalThis as unknown as Scope).picked!.getFile()).size
	);
	const tail = await page.evaluate(async () => {
		const file = await (globalThis as unknown as Scope).picked!.getFile();
		return [...new Uint8Array(await file.slice(-60_000).arrayBuffer())];
	});
	const end = Uint8Array.from(tail);
	const whole = new Uint8Array(size);
	whole.set(end, size - end.length);
	const { row_groups } = parquetMetadata(whole.buffer);
	expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([122_880, 7_120]);
});

test('reaches events that only memory holds @wide', async ({ baseURL, watch }) => {
	await inForgetfulBrowser(watch, DESKTOP, async (page) => {
		await withoutPicker(page);
		overview = new OverviewPage(page);
		await page.goto(baseURL ?? '');
		await overview.ready();
		await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
		await page.getByRole('link', { name: 'Data', exact: true }).click();
		const { bytes } = await downloaded(page, () =>
			card(page).getByRole('button', { name: 'Export events' }).click()
		);
		expect(await rowsOf(bytes)).toHaveLength(7);
	});
});
