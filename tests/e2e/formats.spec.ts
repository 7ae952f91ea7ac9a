import { zipSync } from 'fflate';
import { gzipSync } from 'node:zlib';
import { asDelimited, asJsonArray, asJsonLines, asParquet, asUtf16, tableOf } from '../support/written-as';
import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

const table = tableOf(SMALL_FILE);
const TYPED = `timestamp::TIMESTAMPTZ AS timestamp, event, pin_id::BIGINT AS pin_id, user_id, content_type, source,
	device, account, format, count::INTEGER AS count, pin_title, board, link`;

const written: Record<string, () => Uint8Array | Promise<Uint8Array>> = {
	'events.csv': () => Buffer.from(SMALL_FILE),
	'events.tsv': () => Buffer.from(asDelimited(table, '\t')),
	'events.ndjson': () => Buffer.from(asJsonLines(table)),
	'events.json': () => Buffer.from(asJsonArray(table)),
	'events.parquet': () => asParquet(SMALL_FILE, TYPED),
	'events.csv.gz': () => gzipSync(SMALL_FILE),
	'events.zip': () => zipSync({ 'events.csv': Buffer.from(SMALL_FILE) }),
	'utf-16.csv': () => asUtf16(SMALL_FILE)
};

test(`gives the same figures from ${Object.keys(written).join(', ')} @wide`, async ({ overview }) => {
	test.slow(); // one import after another
	await overview.follow();
	for (const [name, bytes] of Object.entries(written)) {
		await test.step(name, async () => {
			await overview.importBytes({ name, bytes: await bytes() });
			await expect(overview.importState).toHaveAttribute('data-import', 'done');
			await expect(overview.importState).toHaveAttribute('data-accepted', '7');
			await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
			await expect(overview.tile('total_audience')).toHaveAttribute('value', '4');
			await expect(overview.tile('engagements')).toHaveAttribute('value', '7');
			expect(await overview.pinIds()).toEqual(['101', '102', '103']);
			await overview.undoImport();
			await expect(overview.tile('impressions')).toHaveCount(0);
		});
	}
});

test('knows a file again that is packed, and one that lies in an archive @wide', async ({
	page,
	overview
}) => {
	const csv = Buffer.from(SMALL_FILE);
	await overview.follow();
	await overview.importBytes({ name: 'plain.csv', bytes: csv });
	await overview.importBytes({ name: 'packed.csv.gz', bytes: gzipSync(csv) });
	await expect(overview.importState).toHaveAttribute('data-accepted', '0');
	await overview.importBytes({ name: 'all.zip', bytes: zipSync({ 'copy.csv': csv }) });
	await expect(overview.importState).toHaveAttribute('data-accepted', '0');
	await expect(page.getByText('all.zip › copy.csv')).toBeVisible();
	await expect(page.getByText(/Already there/)).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('says what is wrong with a file that is cut off or no table, and keeps what is stored @wide', async ({
	page,
	overview
}) => {
	await overview.follow();
	await overview.importBytes({ name: 'small.csv', bytes: Buffer.from(SMALL_FILE) });
	for (const [name, bytes, sentence] of [
		['cut.csv.gz', gzipSync(SMALL_FILE).subarray(0, -9), 'The gzip file is cut off or damaged'],
		['cut.json', Buffer.from(asJsonArray(table).slice(0, 500)), 'The JSON stops in the middle'],
		[
			'picture.csv',
			Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]),
			'not a file of text'
		],
		['cut.parquet', Buffer.from('PAR1 and nothing more'), 'The Parquet file is cut off or damaged']
	] as const) {
		await test.step(name, async () => {
			await overview.importBytes({ name, bytes });
			await expect(overview.importState).toHaveAttribute('data-import', 'failed');
			await expect(page.getByText(sentence)).toBeVisible();
			await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
		});
	}
});

test('imports what an archive holds, and says which file of it cannot be read @wide', async ({
	page,
	overview
}) => {
	await overview.follow();
	const days = Object.fromEntries(
		Array.from({ length: 40 }, (_, i) => {
			const day = new Date(Date.UTC(2026, 4, 1 + i)).toISOString().slice(0, 10);
			return [`${day}.csv`, Buffer.from(`timestamp,event,pin_id\n${day},impression,101\n`)];
		})
	);
	const archive = zipSync({ ...days, 'notes.csv': Buffer.from('timestamp,event\n2026-05-01,save\n') });
	await overview.importBytes({ name: 'days.zip', bytes: archive });
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '40');
	await expect(page.getByText('days.zip › notes.csv')).toBeVisible();
	await expect(page.getByText(/Needed columns are missing/)).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '30'); // the last 30 days
});

test('keeps the files that were finished when it is cancelled @wide', async ({ page, overview }) => {
	await overview.follow();
	const files = Array.from({ length: 400 }, (_, i) => ({
		name: `${i}.csv`,
		mimeType: 'text/csv',
		buffer: Buffer.from(`timestamp,event,pin_id\n2026-05-01,impression,${i}\n`)
	}));
	await page.getByLabel('Import files', { exact: true }).setInputFiles(files);
	await expect(page.getByText(/\((?:[2-9]|\d\d+) of 400\)/)).toBeVisible(); // one is finished
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(overview.importState).toHaveAttribute('data-import', 'cancelled');
	await expect(page.getByText('the files that were finished are kept')).toBeVisible();
	await overview.ready();
	const accepted = await overview.importState.getAttribute('data-accepted');
	expect(Number(accepted)).toBeGreaterThan(0);
	expect(Number(accepted)).toBeLessThan(400);
	await expect(overview.tile('impressions')).toHaveAttribute('value', accepted ?? '');
});
