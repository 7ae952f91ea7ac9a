import { describe, expect, it } from 'vitest';
import type { NativeDimension } from '../../../../src/lib/model/event';
import { MemoryWorkspace, openQuery, utf8 } from '../../../support/memory-workspace';

const HEADER = 'timestamp,event,pin_id,content_type,source,device,account,format,pin_title';

/** Imports rows that differ in their dimensions alone; which combinations of values come out, and what is rejected. */
async function read(header: string, rows: readonly string[]) {
	const workspace = new MemoryWorkspace();
	const { rejections } = await workspace.import(utf8(`${header}\n${rows.join('\n')}\n`));
	const { shares } = await workspace.answer(openQuery());
	const values = (dimension: NativeDimension) => shares[dimension].map(({ value }) => value);
	return { rejections: rejections.map(({ line, column, value }) => [line, column, value]), values };
}

const row = (dimensions: string) => `2024-05-01,impression,p,${dimensions},`;

describe('the cells of the dimensions', () => {
	it('are read anew where the same bytes are other cells: quoted or not', async () => {
		const { rejections } = await read(HEADER, [
			row('"paid",own,mobile,a,video'),
			row('paid",own,mobile,a,video'),
			row('organic,own,mobile,a,"video"'),
			row('organic,own,mobile,a,video"')
		]);
		expect(rejections).toEqual([
			[3, 'content_type', 'paid"'],
			[5, 'format', 'video"']
		]);
	});

	it('are told apart where only their borders differ, in rows for PapaParse', async () => {
		const { values } = await read(HEADER, [
			`2024-05-01,impression,p,,,,,,"odd" `,
			row(',,,x,video'),
			row(',,,xvideo,')
		]);
		expect([values('account').sort(), values('format').sort()]).toEqual([
			['unknown', 'x', 'xvideo'],
			['standard', 'video']
		]);
	});

	it('are the same for a spelling that was seen before, and rejected each time where it is no value', async () => {
		const { values, rejections } = await read(HEADER, [
			row(' PAID,Other,,a,Video'),
			row(' PAID,Other,,a,Video'),
			row('paid,other,phone,a,video'),
			row('paid,other,phone,a,video')
		]);
		expect([values('content_type'), values('source'), values('device'), values('format')]).toEqual([
			['paid'],
			['other'],
			['unknown'],
			['video']
		]);
		expect(rejections).toEqual([
			[4, 'device', 'phone'],
			[5, 'device', 'phone']
		]);
	});

	it.each([
		['in another order, apart', 'format,pin_id,account,event,device,timestamp,source,content_type'],
		['in another order, side by side', 'timestamp,event,pin_id,format,device,account,content_type,source'],
		['in part', 'account,timestamp,event,pin_id,device']
	])('are found %s', async (_, header) => {
		const cells: Readonly<Record<string, string>> = {
			timestamp: '2024-05-01',
			event: 'impression',
			pin_id: 'p',
			content_type: 'paid',
			source: 'other',
			device: 'tablet',
			account: 'example.com',
			format: 'idea'
		};
		const names = header.split(',');
		const { values } = await read(header, [names.map((name) => cells[name]).join(',')]);
		const found = (['content_type', 'source', 'device', 'account', 'format'] as const).map(
			(name) => values(name)[0]
		);
		const isThere = (name: string, otherwise: string) => (names.includes(name) ? cells[name] : otherwise);
		expect(found).toEqual([
			isThere('content_type', 'organic'),
			isThere('source', 'own'),
			'tablet',
			'example.com',
			isThere('format', 'standard')
		]);
	});

	it('that are missing at the end of a row are empty', async () => {
		const { values } = await read(HEADER, ['2024-05-01,impression,p,paid,other']);
		expect([values('content_type'), values('device'), values('account')]).toEqual([
			['paid'],
			['unknown'],
			['unknown']
		]);
	});
});
