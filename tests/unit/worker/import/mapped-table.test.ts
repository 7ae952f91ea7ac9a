import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { headerSignature, previewOfTable } from '../../../../src/lib/import/tables/read-tables';
import type { Table } from '../../../../src/lib/import/tables/table';
import type { Mapping } from '../../../../src/lib/model/mapping';
import {
	keepMapping,
	mappedEvents,
	previewOf,
	tableToMap
} from '../../../../src/lib/worker/import/mapped-table';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { importHanded } from '../../../support/imported-files';
import { bufferSource, openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { answerWithReports, answeringOf } from '../../../support/stored-report';
import { contentsOf, readText, told } from '../../../support/reported-file';

databaseForEachTest();

const { signal } = new AbortController();

const WIDE = [
	'Dag;Pin nummer;Visningar;Repins;Watch hours;Note',
	'2026-03-01;1091700765947216952;10;1;3;first',
	'2026-03-01;1091700765947299104;;2;;',
	'2026-03-02;1.09E+18;5;1;;',
	'someday;1091700765947216952;5;1;;'
].join('\n');

const ROLES = ['date', 'pin_id', 'impressions', 'saves', '', ''];

function tableOf(text: string): Promise<Table> {
	return tableToMap(signal, { source: bufferSource(utf8(text)) });
}

async function previewed(text: string, mapping: Mapping | null = null) {
	return previewOfTable(signal, await tableOf(text), 'table.csv', mapping, false);
}

async function textOf(text: string, mapping: Mapping): Promise<string> {
	const source = mappedEvents(signal, await tableOf(text), mapping);
	return new TextDecoder().decode(await source.slice(0, 1 << 16));
}

describe('the guess at a table', () => {
	it('goes by names', async () => {
		const { mapping } = await previewed(WIDE.replace('Pin nummer', 'Pin ID'));
		expect(mapping).toEqual({ kind: 'figures', roles: ROLES, decimal: ',', dateOrder: 'ymd' });
	});

	it('goes by what a column holds where its name says nothing', async () => {
		const { mapping } = await previewed('When,Where,Saves\n2026-03-01,https://pinterest.com/pin/12345/,1');
		expect(mapping.roles).toEqual(['date', '', 'saves']);
		const linked = await previewed('When,Link,Saves\n2026-03-01,https://pinterest.com/pin/12345/,1');
		expect(linked.mapping.roles).toEqual(['date', 'pin_id', 'saves']);
	});

	it('says which role two columns have, and asks', async () => {
		const text = 'Date,Pin ID,Saves,Repins\n2026-03-01,1091700765947216952,1,1';
		expect(await previewed(text)).toMatchObject({ missing: [], twice: ['saves'] });
		expect(await readText(text)).toEqual({ outcome: 'needs_mapping' });
	});

	it('is kept by the names, whatever their case', () => {
		expect(headerSignature(['Date', 'Pin clicks'])).toBe(headerSignature(['DATE', 'pin_clicks']));
		expect(headerSignature(['Date', 'Saves'])).not.toBe(headerSignature(['Saves', 'Date']));
	});

	it('is replaced by the mapping that was kept for such a header', async () => {
		const from = { source: bufferSource(utf8(WIDE)) };
		const first = await previewOf(signal, 'under test', from, 'a.csv', null);
		expect(first.isSaved).toBe(false);
		const mapping: Mapping = { kind: 'figures', roles: [...ROLES.slice(0, 4), 'comments', ''] };
		await keepMapping('under test', await tableToMap(signal, from), mapping);
		const again = { source: bufferSource(utf8(WIDE.replace('Visningar', 'visningar'))) };
		expect(await previewOf(signal, 'under test', again, 'b.csv', null)).toMatchObject({
			isSaved: true,
			mapping
		});
		const other = { source: bufferSource(utf8(WIDE.replace('Note', 'Notes;Mood'))) };
		expect(await previewOf(signal, 'under test', other, 'c.csv', null)).toMatchObject({ isSaved: false });
	});
});

describe('a mapped table', () => {
	it('becomes figures by day and Pin; a blank becomes none', async () => {
		const mapping: Mapping = { kind: 'figures', roles: ROLES };
		const result = await contentsOf(WIDE, { answers: { mapping } });
		expect(told(result)).toEqual(
			[
				'impressions 2026-03-01 pin 1091700765947216952 = 10',
				'saves 2026-03-01 pin 1091700765947216952 = 1',
				'saves 2026-03-01 pin 1091700765947299104 = 2'
			].sort()
		);
		expect(result).toMatchObject({ accepted: 2, rejected: 2, unknownColumns: ['Watch hours', 'Note'] });
		expect(result.rejections.map(({ line, column, reason }) => [line, column, reason])).toEqual([
			[4, 'Pin nummer', 'spoilt_id'],
			[5, 'Dag', 'not_a_time']
		]);
	});

	it('is also read by the mapping that was kept for its header', async () => {
		const mapping: Mapping = { kind: 'figures', roles: [...ROLES.slice(0, 4), 'comments', ''] };
		const signature = headerSignature(WIDE.split('\n')[0]!.split(';'));
		const savedMapping = async (asked: string) => (asked === signature ? mapping : null);
		expect(told(await contentsOf(WIDE, { savedMapping }))).toContain(
			'comments 2026-03-01 pin 1091700765947216952 = 3'
		);
	});

	it('keeps the filters that its rows name', async () => {
		const text = 'Date,Saves,Device\n2026-03-01,1,Mobile\n2026-03-01,4,All\n2026-03-01,4,Watch';
		const result = await contentsOf(text);
		expect(told(result)).toEqual(
			['saves 2026-03-01 account device=mobile = 1', 'saves 2026-03-01 account = 4'].sort()
		);
		expect(result.rejected).toBe(1);
	});

	it('is written in the order of dates and with the decimal sign that somebody says', async () => {
		const text = 'Date,Spend\n03/04/2026,1.234';
		expect(await readText(text)).toEqual({ outcome: 'needs_mapping' });
		const roles = ['date', 'spend'];
		const read = async (mapping: Mapping) => told(await contentsOf(text, { answers: { mapping } }));
		expect(await read({ kind: 'figures', roles, dateOrder: 'dmy' })).toEqual([
			'spend 2026-04-03 account = 1234000'
		]);
		expect(await read({ kind: 'figures', roles, dateOrder: 'mdy', decimal: ',' })).toEqual([
			'spend 2026-03-04 account = 1234000000'
		]);
	});

	it('shows what its first rows become, and what is missing', async () => {
		const mapping: Mapping = { kind: 'figures', roles: ROLES };
		const preview = await previewed(WIDE, mapping);
		expect(preview).toMatchObject({
			names: WIDE.split('\n')[0]!.split(';'),
			missing: [],
			twice: [],
			mapping
		});
		expect(preview.rows.map(({ figures }) => figures)).toEqual([2, 1, 0, 0]);
		expect(preview.rows.map(({ rejection }) => rejection?.reason ?? null)).toEqual([
			null,
			null,
			'spoilt_id',
			'not_a_time'
		]);
		const bare: Mapping = { kind: 'figures', roles: ['saves', 'saves', '', '', '', ''] };
		const faulty = await previewed(WIDE, bare);
		expect(faulty).toMatchObject({ missing: ['date'], twice: ['saves'] });
		expect(faulty.rows.map(({ figures }) => figures)).toEqual([null, null, null, null]);
	});

	it('shows both readings of dates that leave it open', async () => {
		const { dateReadings } = await previewed('Date,Saves\n03/04/2026,1\n05/04/2026,2');
		expect(dateReadings).toEqual([
			{ order: 'dmy', from: '2026-04-03', to: '2026-04-05' },
			{ order: 'mdy', from: '2026-03-04', to: '2026-05-04' }
		]);
	});

	it('of events becomes an event file whose rows keep their lines', async () => {
		const text = [
			'Activity 2026',
			'When;Mood;What;Which',
			'2026-03-01 10:00;fine;repin;1091700765947216952',
			'',
			'soon;;repin;"a;\nb"'
		].join('\n');
		const mapping: Mapping = { kind: 'events', roles: ['timestamp', '', 'event', 'pin_id'] };
		const rows = ['2026-03-01T10:00:00.000Z,fine,repin,1091700765947216952', '', 'soon,,repin,a; b', ''];
		expect(await textOf(text, mapping)).toBe(['timestamp,Mood,event,pin_id', '', ...rows].join('\r\n'));
	});

	it('of events offers its other columns as columns of one’s own, and keeps them on a click', async () => {
		const header = 'When,What,Which,Device,Campaign,campaign,,Land code';
		const row = (hour: number, campaign: string, land: string) =>
			`2026-03-01 ${hour}:00,save,10917007659472169${hour},mobile,${campaign},x,y,${land}`;
		const text = [header, row(10, 'spring', 'se'), row(11, 'spring', 'no'), row(12, '', 'se')].join('\n');
		const mapping: Mapping = {
			kind: 'events',
			roles: ['timestamp', 'event', 'pin_id', '', '', '', '', '']
		};
		const file = { name: 'mapped.csv', bytes: text };
		const importAs = async (own: readonly string[]) => {
			const answers = { mapping, own };
			const [report] = await importHanded('under test', [file], { entry: file.name, answers });
			return report!;
		};
		// What a header would say of itself was taken from it: the device stays out, and of two alike the second.
		const first = await importAs([]);
		expect(first).toMatchObject({ outcome: 'imported', kind: 'events', accepted: 3, own: [] });
		expect(first.offered).toEqual([
			{ name: 'Campaign', values: 1 },
			{ name: 'Land code', values: 2 }
		]);
		const again = await importAs(['Campaign', 'Land code']);
		expect(again).toMatchObject({ outcome: 'imported', accepted: 3, own: ['campaign', 'land_code'] });
		const { stored } = await answeringOf(db);
		expect(stored.batches).toHaveLength(1);
		expect(await stored.ownNames()).toEqual(
			new Map([
				['campaign', ['', 'spring']],
				['land_code', ['', 'se', 'no']]
			])
		);
		const values = { device: ['unknown'], 'own.campaign': ['spring'], 'own.land_code': ['se'] };
		const query = openQuery({ filter: openFilter({ values }) });
		expect((await answerWithReports(db, query)).totals.saves.value).toBe(1);
	});

	it('of events has its stamps in the zone that somebody says, unless they name an offset', async () => {
		const text =
			'When,What,Which\n2026-07-01 10:00,save,1\n2026-07-01T10:00:00Z,save,2\n2026-01-01 10:00,save,3';
		const roles = ['timestamp', 'event', 'pin_id'];
		const mapping: Mapping = { kind: 'events', roles, zone: 'Europe/Stockholm' };
		expect((await textOf(text, mapping)).split('\r\n').slice(1, 4)).toEqual([
			'2026-07-01T08:00:00.000Z,save,1',
			'2026-07-01T10:00:00.000Z,save,2',
			'2026-01-01T09:00:00.000Z,save,3'
		]);
		const slashes: Mapping = { kind: 'events', roles, dateOrder: 'dmy' };
		expect(await textOf('When,What,Which\n03/04/2026 10:15,save,1\n', slashes)).toContain(
			'2026-04-03T10:15:00.000Z,save,1'
		);
	});
});
