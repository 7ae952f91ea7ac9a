import { describe, expect, it } from 'vitest';
import { csvOf } from '../../../src/lib/export/csv-file';
import { directoryTable } from '../../../src/lib/export/directory-table';
import { insightsTable } from '../../../src/lib/export/insights-table';
import { plainNumber } from '../../../src/lib/export/plain-number';
import { reportedTable, type ReportedRow } from '../../../src/lib/export/reported-table';
import type { Table } from '../../../src/lib/export/table';
import type { InsightsRow, InsightsSnapshot } from '../../../src/lib/model/insights';
import type { Fact } from '../../../src/lib/model/reported';
import { fact } from '../../support/reported-answer';

/** What is written of reports: each file's bytes, byte order mark and line ends included. */

const textOf = async (table: Table | null) =>
	table && new TextDecoder('utf-8', { ignoreBOM: true }).decode(await csvOf(table).arrayBuffer());

const source = {
	batchId: 1,
	file: 'ads, may.csv',
	format: 'table',
	exportedAt: Date.UTC(2026, 8, 14, 8),
	profile: '',
	covered: []
};

const row = (each: Fact, more: Partial<ReportedRow> = {}): ReportedRow => ({
	fact: each,
	counts: true,
	source,
	...more
});

async function reportedLines(...rows: ReportedRow[]): Promise<string[]> {
	const text = await textOf(reportedTable(rows));
	return text!.split('\r\n').slice(1, -1);
}

describe('reported.csv', () => {
	it('has a row a figure, with what it is about and where it is from', async () => {
		const all: Partial<Fact> = {
			to: '2026-09-14',
			subject: { kind: 'pin', id: '1091700765947216952' },
			filters: { content_type: ['paid'], device: ['mobile', 'tablet'] },
			ads: {
				campaign: { id: '626', name: 'Autumn, shelves' },
				ad_group: { id: '2680', name: '' },
				ad: { id: '', name: '=Oak' }
			},
			profile: 'Oak & Linen',
			isEstimate: true
		};
		const rows = [row(fact('2026-09-13', 'impressions', 5_210, all), { counts: false })];
		expect(await textOf(reportedTable(rows))).toBe(
			'\uFEFFmetric,value,from,to,subject,subject_id,content_type,source,device,account,format,estimate,in_force,' +
				'exported_at,file,report,kind,currency,campaign,ad_group,ad,profile\r\n' +
				'impressions,5210,2026-09-13,2026-09-14,pin,1091700765947216952,paid,,mobile|tablet,,,yes,no,' +
				'2026-09-14T08:00:00.000Z,"ads, may.csv",table,figure,,"Autumn, shelves",2680,\'=Oak,Oak & Linen\r\n'
		);
	});

	it('has money in whole units, exactly, watch times in minutes and rates as fractions', async () => {
		const values = async (...facts: Fact[]) =>
			(await reportedLines(...facts.map((each) => row(each)))).map((line) => line.split(',').slice(0, 2));
		expect(
			await values(
				fact('2026-09-13', 'spend', 12_500_000, { currency: 'EUR' }),
				fact('2026-09-13', 'order_value', Number.MAX_SAFE_INTEGER),
				fact('2026-09-13', 'order_value', -1_250_000),
				fact('2026-09-13', 'spend', 0),
				fact('2026-09-13', 'watch_ms', 90_000),
				fact('2026-09-13', 'save_rate', 0.000_000_25),
				fact('2026-09-13', 'avg_watch_seconds', 4.25)
			)
		).toEqual([
			['spend', '12.5'],
			['order_value', '9007199254.740991'],
			['order_value', '-1.25'],
			['spend', '0'],
			['total_watch_minutes', '1.5'],
			['save_rate', '0.00000025'],
			['avg_watch_seconds', '4.25']
		]);
	});

	it('tells levels from figures, the currency, and the account that the user named', async () => {
		const named = { ...source, profile: 'Named' };
		const ends = async (each: Fact) =>
			(await reportedLines(row(each, { source: named })))[0]!.split('table,')[1];
		expect(await ends(fact('2026-09-13', 'followers', 212, { kind: 'level' }))).toBe('level,,,,,Named');
		expect(await ends(fact('2026-09-13', 'spend', 1, { currency: 'SEK', profile: 'Own' }))).toBe(
			'figure,SEK,,,,Own'
		);
	});

	it('is no file where nothing is reported', () => {
		expect(reportedTable([])).toBeNull();
	});
});

describe('insights.csv', () => {
	const share = (
		section: InsightsRow['section'],
		name: string,
		value: number,
		more: Partial<InsightsRow> = {}
	) => ({
		section,
		name,
		category: '',
		share: value,
		affinity: null,
		...more
	});
	const snapshot = (more: Partial<InsightsSnapshot>): InsightsSnapshot => ({
		audience: 'total',
		day: '2026-05-20',
		size: 10_000,
		isUpTo: true,
		rows: [],
		...more
	});

	it('has a row a share, numbers as they were given, by day and audience', async () => {
		const later = snapshot({ day: '2026-06-20', rows: [share('age', '25-34', 0.31)] });
		const engaged = snapshot({ audience: 'engaged', size: null, rows: [share('device', 'iPhone', 0.5)] });
		const total = snapshot({
			rows: [
				share('interest', 'Home Decor', 0.812, { affinity: 1.24 }),
				share('interest', 'Rugs, Runners', 0.000_000_3, { affinity: 2.105, category: 'Home Decor' }),
				share('interest', 'Woodwork', 1.2, { category: 'Home Decor' })
			]
		});
		expect(await textOf(insightsTable([later, engaged, total]))).toBe(
			'\uFEFFaudience,day,size,section,name,share,affinity\r\n' +
				'total,2026-05-20,10000,interest,Home Decor,0.812,1.24\r\n' +
				'total,2026-05-20,10000,interest,"Rugs, Runners",0.0000003,2.105\r\n' +
				'total,2026-05-20,10000,interest,Woodwork,1.2,\r\n' +
				'engaged,2026-05-20,,device,iPhone,0.5,\r\n' +
				'total,2026-06-20,10000,age,25-34,0.31,\r\n'
		);
	});

	it('has a category once, though each of its interests repeats it, and an audience of a day as imported last', async () => {
		const category = share('interest', 'Home Decor', 0.812);
		const newest = snapshot({
			rows: [category, share('interest', 'Shelving', 0.4, { category: 'Home Decor' }), category]
		});
		const older = snapshot({ rows: [share('age', '25-34', 0.2)] });
		const text = await textOf(insightsTable([older, newest]));
		expect(text!.split('\r\n').slice(1, -1)).toEqual([
			'total,2026-05-20,10000,interest,Home Decor,0.812,',
			'total,2026-05-20,10000,interest,Shelving,0.4,'
		]);
	});

	it('is no file where there is no share', () => {
		expect(insightsTable([])).toBeNull();
		expect(insightsTable([snapshot({})])).toBeNull();
	});
});

describe('directory.csv', () => {
	it('has a row a Pin, with an empty cell for what no directory says', async () => {
		const nothing = { title: '', board: '', link: '', imageUrl: '', createdAt: '', format: '' };
		const created = '2026-02-03T10:11:12.000Z';
		const pins = [
			{ ...nothing, pinId: '1091700765947216952', title: 'Oak shelf, wide', board: '-B', createdAt: created },
			{ ...nothing, pinId: '1091700765950012345', link: 'https://shop.example/p', format: 'video' }
		];
		expect(await textOf(directoryTable(pins))).toBe(
			'\uFEFFpin_id,pin_title,board,link,format,created_at\r\n' +
				`1091700765947216952,"Oak shelf, wide",'-B,,,${created}\r\n` +
				'1091700765950012345,,,https://shop.example/p,video,\r\n'
		);
		expect(directoryTable([])).toBeNull();
	});
});

describe('a plain number', () => {
	it.each([
		[0, '0'],
		[-0.5, '-0.5'],
		[5e-7, '0.0000005'],
		[-1.25e-9, '-0.00000000125'],
		[9_007_199_254_740_991, '9007199254740991'],
		[1e21, '1000000000000000000000'],
		[1.5e22, '15000000000000000000000']
	])('of %d is "%s"', (value, text) => {
		expect(plainNumber(value)).toBe(text);
		expect(Number(text)).toBe(value);
	});
});
