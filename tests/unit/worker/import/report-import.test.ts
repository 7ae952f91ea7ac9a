import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { rejectedCsv } from '../../../../src/lib/export/rejected-csv';
import { deleteBatch, liveBatches, readRejectedRows } from '../../../../src/lib/store/batches';
import { StoredData } from '../../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { reportedFile } from '../../../support/reported-file';
import { answerWithReports, exportWithReports, storeReport } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const impressions = reportedFile('overview-impressions.csv');
const saves = reportedFile('overview-saves.csv');
const query = openQuery({ filter: openFilter({ from: '2026-05-22', to: '2026-05-28' }), grain: 'day' });

const importEvents = (...rows: string[]) => storeFile(db, utf8(`timestamp,event,pin_id\n${rows.join('\n')}`));

const totals = async () => {
	const { totals } = await answerWithReports(db, query);
	return [totals.impressions.value, totals.saves.value];
};

describe('a report that is imported', () => {
	it('joins what others say of the same days, and none counts twice', async () => {
		const first = await storeReport(db, impressions);
		expect(first.batch).toMatchObject({ accepted: 12, rejected: 0, firstMs: null, lastMs: null });
		expect(await totals()).toEqual([8142, null]);
		await storeReport(db, saves);
		expect(await totals()).toEqual([8142, 227]);
		expect(await storeReport(db, impressions)).toMatchObject({
			wasThere: true,
			batch: { id: first.batch.id }
		});
		expect(await liveBatches(db)).toHaveLength(2);
	});

	it('takes the place of an import of the same file that can no longer be read', async () => {
		const { batch } = await storeReport(db, impressions);
		await storeReport(db, saves);
		await db.factBlocks.update([batch.id, 0], (stored) => void Object.assign(stored.block, { version: 99 }));
		const again = await storeReport(db, impressions);
		expect(again).toMatchObject({ wasThere: false, mends: true });
		expect((await liveBatches(db)).map(({ id }) => id)).toEqual([again.batch.id, batch.id + 1]);
		expect(await totals()).toEqual([8142, 227]);
		expect(await db.factBlocks.count()).toBe(2);
	});

	it('replaces an earlier export; taking it back brings the earlier one back', async () => {
		await storeReport(db, impressions, 1_000);
		const later = await storeReport(db, impressions.replace('2026-05-22,1204', '2026-05-22,1304'), 2_000);
		expect((await totals())[0]).toBe(8242);
		await storeReport(db, impressions.replace('2026-05-22,1204', '2026-05-22,4'), 500);
		expect((await totals())[0]).toBe(8242);
		await deleteBatch(db, later.batch.id);
		expect((await totals())[0]).toBe(8142);
		expect(await db.factBlocks.count()).toBe(2);
	});

	it('gives way to events, day by day, until these are taken back', async () => {
		await storeReport(db, impressions);
		const events = await importEvents('2026-05-28T10:00:00Z,impression,p', '2026-05-22T10:00:00Z,save,p');
		const answer = await answerWithReports(db, query);
		expect(answer.overall.impressions.values).toEqual([0, 1377, 998, 1502, 1611, 1450, 1]);
		expect(answer.topPins.rows.map(({ pinId }) => pinId)).toEqual(['p']);
		await deleteBatch(db, events);
		expect((await answerWithReports(db, query)).topPins.total).toBe(3);
	});

	it('is covered from its first figure to its last', async () => {
		const data = new StoredData(db, 'under test', import.meta.url);
		await storeReport(db, impressions);
		expect(await data.refresh()).toEqual({
			firstMs: Infinity,
			lastMs: -Infinity,
			events: 0,
			reported: { from: '2026-05-22', to: '2026-05-28' },
			metrics: []
		});
	});

	it('is read in the encoding that it has', async () => {
		const western = impressions.replace('Curated content', 'Curated contént').replaceAll('é', 'E');
		const bytes = utf8(western);
		bytes[bytes.indexOf('E'.charCodeAt(0), bytes.indexOf('t'.charCodeAt(0)))] = 0xe9;
		const { encoding } = await storeReport(db, bytes);
		expect(encoding).toBe('windows-1252');
		expect((await totals())[0]).toBe(8142);
	});

	it('keeps rejected rows for download, with the reason as the last column', async () => {
		const { batch } = await storeReport(db, reportedFile('ads-report.csv'));
		const blob = rejectedCsv(batch.columns, await readRejectedRows(db, batch));
		const lines = (await blob.text()).trim().split('\r\n');
		expect(lines[0]).toMatch(/^\uFEFF?Date,Campaign name,.*,rejected_line,rejected_column,rejected_reason$/);
		expect(lines[1]).toBe(
			'2026-09-02,Autumn,Group B,1.0917E+18,7.00,1000,0,30,10,3,3.0%,4,Organic pin ID,spoilt_id'
		);
	});
});

describe('exports', () => {
	it('have empty cells by day where there is no value', async () => {
		await storeReport(db, impressions);
		await storeReport(db, saves);
		const lines = await exportWithReports(db, 'daily', query);
		expect(lines).toHaveLength(8);
		expect(lines[1]).toBe('2026-05-22,1204,,,31,,,,,,,,,');
		expect(lines[7]).toBe('2026-05-28,,,,,,,,,,,,,');
	});

	it('have zeros on days of which nobody speaks, where events are stored', async () => {
		await storeReport(db, impressions);
		await importEvents('2026-05-30T10:00:00Z,impression,p');
		const longer = openQuery({ filter: openFilter({ from: '2026-05-28', to: '2026-05-30' }) });
		expect(await exportWithReports(db, 'daily', longer)).toEqual([
			expect.any(String),
			'2026-05-28,,,,,,,,,,,,,',
			'2026-05-29,0,0,0,0,0,0,0,0,0,0,0,0,0',
			'2026-05-30,1,0,0,0,0,0,0,0,0,0,0,0,0'
		]);
	});

	it('have a row a value under a split', async () => {
		await storeReport(db, reportedFile('api-account-by-device.json'));
		const filter = openFilter({ from: '2026-09-01', to: '2026-09-01' });
		const lines = await exportWithReports(db, 'daily', openQuery({ filter, split: 'device' }));
		expect(lines.slice(1).map((line) => line.split(',').slice(0, 5))).toEqual([
			['2026-09-01', 'desktop', '300', '', ''],
			['2026-09-01', 'mobile', '600', '', '30'],
			['2026-09-01', 'tablet', '100', '', '5']
		]);
	});

	it('name every reported figure, and which count', async () => {
		await storeReport(db, impressions, Date.UTC(2026, 4, 29));
		await storeReport(
			db,
			impressions.replace('2026-05-22,1204', '2026-05-22,4'),
			Date.UTC(2026, 4, 28),
			'older.csv'
		);
		const lines = await exportWithReports(db, 'reported', query);
		expect(lines).toHaveLength(1 + 2 * 19);
		expect(lines[0]).toMatch(
			/metric,value,from,to,subject,subject_id,content_type,source,device,account,format/
		);
		expect(lines[1]).toBe(
			'impressions,1204,2026-05-22,2026-05-22,account,,,,,,,no,yes,2026-05-29T00:00:00.000Z,report.csv,overview_export,figure,,,,,'
		);
		expect(lines[20]).toBe(
			'impressions,4,2026-05-22,2026-05-22,account,,,,,,,no,no,2026-05-28T00:00:00.000Z,older.csv,overview_export,figure,,,,,'
		);
	});
});
