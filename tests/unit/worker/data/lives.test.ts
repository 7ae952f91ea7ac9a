import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import type { LifeOrder } from '../../../../src/lib/model/life';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { answeringOf } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const HEADER = 'timestamp,event,pin_id,count,device\n';
const importEvents = (...rows: string[]) => storeFile(db, utf8(HEADER + rows.join('\n')));

it('puts impressions by the age of Pins once per filter, until something else is stored', async () => {
	await importEvents(
		'2026-03-01,impression,old,10,mobile',
		'2026-04-15,impression,old,5,desktop',
		'2026-04-15,impression,new,2,mobile'
	);
	const { answering, stored } = await answeringOf(db);
	const read = vi.spyOn(stored, 'read');
	const allDays = { from: '2026-03-01', to: '2026-04-15' };
	const ages = (from: string, device: string[] = []) =>
		answering.ages(signal, {
			query: openQuery({ filter: openFilter({ from, to: allDays.to, values: { device } }) }),
			allDays
		});
	expect(await ages('2026-04-01')).toEqual([2, 0, 5, 0, 0]);
	const once = read.mock.calls.length;
	expect(await ages('2026-04-01')).toEqual([2, 0, 5, 0, 0]);
	expect(read).toHaveBeenCalledTimes(once);
	expect(await ages('2026-04-01', ['desktop'])).toEqual([0, 0, 5, 0, 0]);
	expect(await ages('2026-03-01')).toEqual([12, 0, 5, 0, 0]);
	expect(read.mock.calls.length).toBeGreaterThan(once);

	await importEvents('2026-04-15,impression,new,1,mobile');
	await stored.refresh();
	expect(await ages('2026-04-01')).toEqual([3, 0, 5, 0, 0]);
});

it('lists all Pins in the order of their lives, searched or not', async () => {
	await importEvents(
		'2026-03-01,impression,old,10,mobile',
		'2026-04-10,impression,new,20,mobile',
		'2026-04-15,impression,new,1,mobile',
		'2026-04-01,impression,mid,15,mobile',
		'2026-04-15,closeup,mid,1,mobile'
	);
	const { answering } = await answeringOf(db);
	const allDays = { from: '2026-03-01', to: '2026-04-15' };
	const query = openQuery({ filter: openFilter(allDays) });
	const ids = async (order: LifeOrder | null, words = '', first = 0) => {
		const byLife = order && { order, allDays, figure: 'impressions' as const };
		const request = { query, compared: null, words, first, count: 2, ...(byLife ? { byLife } : {}) };
		return (await answering.pins(signal, request)).rows.map(({ pinId }) => pinId);
	};
	expect(await ids(null)).toEqual(['new', 'mid']);
	expect(await ids('oldest')).toEqual(['old', 'mid']);
	expect(await ids('oldest', '', 2)).toEqual(['new']);
	expect(await ids('youngest')).toEqual(['new', 'mid']);
	expect(await ids('oldest', 'd')).toEqual(['old', 'mid']);
	expect(await ids('oldest', 'e')).toEqual(['new']);
});
