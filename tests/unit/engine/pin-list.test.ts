import { beforeAll, describe, expect, it } from 'vitest';
import { answerQuery } from '../../../src/lib/engine/answer';
import { PinList } from '../../../src/lib/engine/pin-list';
import { MemoryWorkspace, openQuery, utf8 } from '../../support/memory-workspace';

const ROWS = [
	'2024-05-06,impression,p1,5,Oak table,https://wood.example/tables',
	'2024-05-06,impression,p2,9,Ash chair,https://wood.example/chairs',
	'2024-05-06,impression,p3,7,OAK shelf,https://shelves.example',
	'2024-05-06,save,p4,1,,',
	'2024-05-07,impression,p5,2,Ünder the oak,'
];

let list: PinList;
const ids = (words: string, first = 0, count = 50) =>
	list.rows(words, first, count).rows.map(({ pinId }) => pinId);

beforeAll(async () => {
	const workspace = new MemoryWorkspace();
	await workspace.import(utf8(`timestamp,event,pin_id,count,pin_title,link\n${ROWS.join('\n')}`));
	const query = openQuery();
	const { plan, data } = workspace.prepare(query.filter, query.grain);
	const { pins } = await answerQuery(query, plan, data);
	list = new PinList({ now: pins, then: null }, workspace.catalogue(), query);
});

describe('PinList', () => {
	it('holds every Pin with an event, best first, and reads it in stretches', () => {
		expect(ids('')).toEqual(['p2', 'p3', 'p1', 'p5', 'p4']);
		expect(ids('', 1, 2)).toEqual(['p3', 'p1']);
		expect(ids('', 4, 10)).toEqual(['p4']);
		expect(ids('', 5, 10)).toEqual([]);
		expect(list.rows('', 3, 1).total).toBe(5);
	});

	it('finds words in title, id and link, in any case', () => {
		expect(ids('oak')).toEqual(['p3', 'p1', 'p5']);
		expect(ids(' WOOD.example ')).toEqual(['p2', 'p1']);
		expect(ids('P4')).toEqual(['p4']);
		expect(ids('ünder')).toEqual(['p5']);
		expect(list.rows('oak', 1, 1)).toMatchObject({ total: 3, rows: [{ pinId: 'p1' }] });
		expect(list.rows('elm', 0, 5)).toEqual({ total: 0, rows: [], period: null });
	});

	it('does not find words across two of them', () => {
		expect(ids('table\nhttps')).toEqual([]);
		expect(ids('tablep1')).toEqual([]);
	});
});
