import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AdsTables } from '../../../../src/lib/model/ads';
import type { Answer } from '../../../../src/lib/model/answer';
import type { Ask, Piece } from '../../../../src/lib/model/page-request';
import type { Query } from '../../../../src/lib/model/query';
import { deleteBatch } from '../../../../src/lib/store/batches';
import { storedAbout } from '../../../../src/lib/worker/data/stored-about';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import {
	answeringOf,
	answerWithReports,
	exportWithReports,
	storeReport
} from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const fixture = (name: string) =>
	readFileSync(fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url)), 'utf8');
const DAYS = { from: '2026-09-13', to: '2026-09-14' };
const ads = (campaigns: readonly string[] = []): Query => ({
	...openQuery({ filter: openFilter(DAYS), grain: 'day' }),
	ads: { campaigns }
});

async function asked(query: Query, compared: Query | null = null) {
	const { answering } = await answeringOf(db);
	const asks: Ask[] = ['answer', ...(compared ? (['comparison'] as const) : []), 'ads'];
	const told: Piece[] = [];
	await answering.ask(new AbortController().signal, { query, compared, asks }, (piece) => told.push(piece));
	const of = <A extends Ask>(ask: A) => told.find((piece) => piece.ask === ask) as Extract<Piece, { ask: A }>;
	return {
		answer: of('answer').answer as Answer,
		tables: of('ads').ads as AdsTables,
		comparison: compared ? of('comparison').comparison : null
	};
}

const REPORT = fixture('specimens/ads-report-ad-daily.csv');
const spendOf = ({ rows }: AdsTables) =>
	rows.map(({ level, name, figures }) => [level, name, figures.spend.value]);

describe('the Ads page', () => {
	it('takes a report apart into campaigns, ad groups, ads and Pins', async () => {
		await storeReport(db, REPORT);
		const { answer, tables } = await asked(ads());
		expect(answer.totals.spend).toMatchObject({ value: 32.5, currency: '', missing: [] });
		expect(answer.totals.checkouts.value).toBe(1);
		expect(answer.totals.return_on_spend.value).toBeCloseTo(59 / 25.5, 12);
		expect(spendOf(tables)).toEqual([
			['campaign', 'Autumn, shelves', 32.5],
			['ad_group', 'Group A', 25.5],
			['ad', 'Oak shelf ad', 25.5],
			['ad_group', 'Group B', 7],
			['ad', 'Apron video ad', 7]
		]);
		expect(tables.pins.map(({ pinId, figures }) => [pinId, figures.impressions.value])).toEqual([
			['1091700765947216952', 10610],
			['1091700765950012345', 2000]
		]);
	});

	it('uses reports alone, on days that hold events too', async () => {
		await storeReport(db, REPORT);
		await storeFile(db, utf8('timestamp,event,pin_id,content_type,count\n2026-09-13,impression,p,paid,5'));
		const paid = openQuery({
			filter: openFilter({ ...DAYS, values: { content_type: ['paid'] } }),
			grain: 'day'
		});
		expect((await answerWithReports(db, paid)).totals.impressions.value).toBe(5 + 7400);
		const { answer } = await asked(ads());
		expect([answer.totals.impressions.value, answer.eventDays]).toEqual([12610, 0]);
	});

	it('follows later reports of a campaign, and brings back what they replaced once they are undone', async () => {
		const of = (spend: string) => `Date,Campaign name,Spend,Impressions\n2026-09-13,Autumn,${spend},100\n`;
		await storeReport(db, of('1.00'), 1_000);
		const { batch } = await storeReport(db, of('2.00'), 2_000);
		await storeReport(db, `${of('9.00')}2026-09-13,Gift,3.00,50\n`, 1_500);
		expect(spendOf((await asked(ads())).tables)).toEqual([
			['campaign', 'Gift', 3],
			['campaign', 'Autumn', 2]
		]);
		await deleteBatch(db, batch.id);
		expect(spendOf((await asked(ads())).tables)).toEqual([
			['campaign', 'Autumn', 9],
			['campaign', 'Gift', 3]
		]);
		const { answer, tables } = await asked(ads(['Gift']));
		expect([answer.totals.spend.value, spendOf(tables)]).toEqual([3, [['campaign', 'Gift', 3]]]);
		expect(tables.campaigns.map(({ name }) => name)).toEqual(['Autumn', 'Gift']);
	});

	it('compares tiles and rows over the days that both ranges know', async () => {
		await storeReport(db, REPORT);
		const day = (from: string): Query => ({ ...ads(), filter: openFilter({ from, to: from }) });
		const { comparison, tables } = await asked(day('2026-09-14'), day('2026-09-13'));
		expect(comparison?.totals.spend).toMatchObject({ now: 20, then: 12.5, days: 1 });
		const group = tables.rows.find(({ name }) => name === 'Group B');
		expect([group?.presence, group?.figures.spend.compared]).toEqual(['new', { now: 7, then: null }]);
	});

	it('is empty where nothing reported is stored', async () => {
		await storeFile(db, utf8('timestamp,event,pin_id\n2026-09-13,impression,p'));
		const { answer, tables } = await asked(ads());
		expect(answer.totals.spend.value).toBeNull();
		expect(tables).toEqual({ campaigns: [], rows: [], totals: [], pins: [] });
	});

	it('has something to show where a report is of paid content, and only then', async () => {
		const hasAds = async () => (await (await answeringOf(db)).stored.refresh())?.hasAds;
		await storeReport(db, 'Date,Impressions\n2026-09-13,5\n');
		expect(await hasAds()).toBeUndefined();
		await storeReport(db, 'Date,Campaign name,Impressions\n2026-09-13,Gift,5\n');
		expect(await hasAds()).toBe(true);
	});
});

describe('ads.csv', () => {
	it('lists what is in a campaign after it, by name, under the filter', async () => {
		await storeReport(db, REPORT);
		const lines = await exportWithReports(db, 'ads', ads());
		expect(lines[0]).toBe(
			'level,campaign,ad_group,ad,currency,spend,impressions,cpm,link_clicks,cost_per_click,link_click_rate,checkouts,order_value,return_on_spend,cost_per_checkout'
		);
		expect(lines.slice(1).map((line) => line.split(',').slice(0, 7).join(','))).toEqual([
			'campaign,"Autumn, shelves",,,,32.5',
			'ad_group,"Autumn, shelves",Group A,,,25.5',
			'ad,"Autumn, shelves",Group A,Oak shelf ad,,25.5',
			'ad_group,"Autumn, shelves",Group B,,,7',
			'ad,"Autumn, shelves",Group B,Apron video ad,,7'
		]);
		expect(await exportWithReports(db, 'ads', ads(['Gift']))).toEqual([]);
		const organic = openFilter({ ...DAYS, values: { content_type: ['organic'] } });
		expect(await exportWithReports(db, 'ads', openQuery({ filter: organic }))).toEqual([]);
	});

	it('has a line for each currency of a row, its counts in the first', async () => {
		const of = (currency: string, spend: string, more: string) =>
			`Date,Currency,Campaign name,Spend${more}\n2026-09-13,${currency},Gift,${spend}`;
		await storeReport(db, `${of('EUR', '5.00', ',Impressions')},100\n`, 1_000);
		await storeReport(db, `${of('USD', '7.00', '')}\n`, 2_000);
		const lines = await exportWithReports(db, 'ads', ads());
		expect(lines.slice(1).map((line) => line.split(',').slice(4, 7))).toEqual([
			['USD', '7', '100'],
			['EUR', '5', '']
		]);
	});
});

describe('a Pin', () => {
	it('says which ads its figures are of', async () => {
		await storeReport(db, REPORT);
		const { stored } = await answeringOf(db);
		const of = async (name: string) => {
			const query = openQuery({ subject: { kind: 'pin', name } });
			return (await storedAbout(stored, new AbortController().signal, query)).ads;
		};
		expect(await of('1091700765950012345')).toEqual([
			{ campaign: 'Autumn, shelves', ad_group: 'Group B', ad: 'Apron video ad' }
		]);
		expect(await of('nobody')).toBeUndefined();
	});
});
