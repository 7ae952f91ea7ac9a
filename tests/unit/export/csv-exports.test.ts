import { describe, expect, it } from 'vitest';
import { CsvFile } from '../../../src/lib/export/csv-file';
import type { ExportKind, Query } from '../../../src/lib/model/query';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';

const HEADER =
	'timestamp,event,pin_id,user_id,count,watch_seconds,view_percent,played_percent,pin_title,board,link,image_url,account\n';

async function exported(
	kind: ExportKind,
	rows: readonly string[],
	changes: Partial<Query> = {}
): Promise<string> {
	const workspace = new MemoryWorkspace();
	const { rejected } = await workspace.import(utf8(HEADER + rows.join('\n')));
	expect(rejected).toBe(0);
	const filter = openFilter({ from: '2024-05-06', to: '2024-05-07' });
	const bytes = await workspace.exportCsv(kind, openQuery({ filter, ...changes }));
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

const METRICS =
	'impressions,engagements,closeups,saves,link_clicks,carousel_swipes,total_audience,engaged_audience,video_plays,video_views,views_10s,views_95,total_watch_minutes';
const rows = [
	'2024-05-06T10:00:00.5,video_play,=p,u1,3,90,50,95,"=HYPERLINK(""x"")",Kitchen,https://e.example/?a=1,"i,1.jpg"',
	'2024-05-06T10:00,impression,912345678901234567,,,,,,,,,,"a,b"'
];

describe('CSV exports', () => {
	it('write days in full, as plain numbers', async () => {
		expect(await exported('daily', rows)).toBe(
			`\uFEFFdate,${METRICS}\r\n2024-05-06,1,0,0,0,0,0,1,0,3,3,3,3,4.5\r\n2024-05-07,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n`
		);
	});

	it('write every value of a split that occurs on every day, by day and then by value', async () => {
		expect(await exported('daily', rows, { split: 'account' })).toBe(
			`\uFEFFdate,account,${METRICS}\r\n` +
				'2024-05-06,"a,b",1,0,0,0,0,0,0,0,0,0,0,0,0\r\n' +
				'2024-05-06,unknown,0,0,0,0,0,0,1,0,3,3,3,3,4.5\r\n' +
				'2024-05-07,"a,b",0,0,0,0,0,0,0,0,0,0,0,0,0\r\n' +
				'2024-05-07,unknown,0,0,0,0,0,0,0,0,0,0,0,0,0\r\n'
		);
	});

	it('write Pins with their attributes, formulas guarded', async () => {
		expect(await exported('pins', rows)).toBe(
			`\uFEFFrank,pin_id,pin_title,board,format,link,${METRICS}\r\n` +
				'1,912345678901234567,,,standard,,1,0,0,0,0,0,0,0,0,0,0,0,0\r\n' +
				`2,'=p,"'=HYPERLINK(""x"")",Kitchen,standard,https://e.example/?a=1,0,0,0,0,0,0,1,0,3,3,3,3,4.5\r\n`
		);
	});

	it('write boards, an empty name for Pins on none', async () => {
		expect(await exported('boards', rows)).toBe(
			`\uFEFFrank,board,pins,${METRICS}\r\n1,,1,1,0,0,0,0,0,0,0,0,0,0,0,0\r\n2,Kitchen,1,0,0,0,0,0,0,1,0,3,3,3,3,4.5\r\n`
		);
	});

	it('write events with every default written out', async () => {
		expect(await exported('events', rows)).toBe(
			'\uFEFFtimestamp,event,pin_id,user_id,content_type,source,device,account,format,count,watch_seconds,view_percent,played_percent,pin_title,board,link,image_url,created_at\r\n' +
				'2024-05-06T10:00:00.000Z,impression,912345678901234567,,organic,own,unknown,"a,b",standard,1,0,0,0,,,,,\r\n' +
				`2024-05-06T10:00:00.500Z,video_play,'=p,u1,organic,own,unknown,unknown,standard,3,90,50,95,"'=HYPERLINK(""x"")",Kitchen,https://e.example/?a=1,"i,1.jpg",\r\n`
		);
	});

	it.each([
		['0.001', '0.01', '99.99'],
		['1.5', '50.5', '0.1'],
		['3600.001', '100', '33.33'],
		['9007199254740.991', '7', '0']
	])('write %s seconds, %s and %s percent as they were kept', async (watch, view, played) => {
		const csv = await exported('events', [`2024-05-06,video_play,p,u,1,${watch},${view},${played}`]);
		expect(csv).toContain(`,standard,1,${watch},${view},${played},`);
	});

	it('hold only a header where nothing passes', async () => {
		for (const kind of ['pins', 'boards', 'events'] as const) {
			const csv = await exported(kind, rows, {
				filter: openFilter({ from: '2025-01-01', to: '2025-01-02' })
			});
			expect(csv.match(/\r\n/g)).toHaveLength(1);
		}
	});
});

describe('CsvFile', () => {
	it('puts pieces of any number together in their order', async () => {
		const file = new CsvFile();
		const row = `${'é'.repeat(99_999)}\r\n`;
		for (let i = 0; i < 100; i++) file.write(`${i}${row}`);
		const blob = file.finish();
		expect(blob.type).toBe('text/csv;charset=utf-8');
		const bytes = new Uint8Array(await blob.arrayBuffer());
		const expected = `\uFEFF${Array.from({ length: 100 }, (_, i) => `${i}${row}`).join('')}`;
		expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === expected).toBe(true);
	});
});
