import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textCount } from '../../../src/lib/columns/text-block';
import {
	deleteBatch,
	isReadable,
	liveBatches,
	readCatalogue,
	readTexts
} from '../../../src/lib/store/batches';
import type { LiveBatch } from '../../../src/lib/store/database';
import { readDirectory } from '../../../src/lib/store/directory';
import { ImportSession } from '../../../src/lib/store/import-session';
import { StoredData } from '../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { openQuery, utf8 } from '../../support/memory-workspace';
import { reportToStore, storeSaid, type Said } from '../../support/report-contents';
import { fact } from '../../support/reported-answer';
import { answerFromStore, stage, storeFile } from '../../support/stored-workspace';

databaseForEachTest();

const importRows = (...rows: string[]) =>
	storeFile(db, utf8(['timestamp,event,pin_id,pin_title,board,format', ...rows].join('\n')));

const store = async (said: Said): Promise<number> => (await storeSaid(db, said)).id;

const ofPin = (id: string) => ({ subject: { kind: 'pin', id } }) as const;

async function attributesOf(pinId: string) {
	const catalogue = await readCatalogue(db);
	const number = catalogue.pinNumber(pinId);
	return catalogue.isKnown(number) ? catalogue.pin(number) : null;
}

describe('what a directory says of Pins', () => {
	it('fills what their events leave empty, and nothing else, whichever came first', async () => {
		const createdAt = '2026-02-03T10:11:12.000Z';
		const listed = {
			title: 'Listed',
			board: 'Shelves',
			link: 'https://a.example',
			format: 'video',
			createdAt
		};
		const pins = [{ pinId: 'p', ...listed }];
		const before = await store({ pins });
		await importRows('1990-01-01,save,p,Own,,idea');
		const both = { title: 'Own', board: 'Shelves', link: 'https://a.example', format: 'idea', createdAt };
		expect(await attributesOf('p')).toMatchObject(both);
		await store({ pins });
		await deleteBatch(db, before);
		expect(await attributesOf('p')).toMatchObject(both);
	});

	it('names Pins without events, which are in no list', async () => {
		await store({ pins: [{ pinId: 'p', title: 'Listed', format: 'video' }, { pinId: 'q' }] });
		await importRows('2026-06-01,save,r,,,');
		expect(await attributesOf('p')).toMatchObject({ title: 'Listed', format: 'video' });
		expect(await attributesOf('q')).toMatchObject({ title: '', format: '' });
		const catalogue = await readCatalogue(db);
		const hasEvents = (id: string) => catalogue.hasEvents(catalogue.pinNumber(id));
		expect(['p', 'q', 'r', 'none'].map(hasEvents)).toEqual([false, false, true, false]);
		const { topPins, topBoards } = await answerFromStore(db, openQuery());
		expect(topPins.rows.map(({ pinId }) => pinId)).toEqual(['r']);
		expect(topBoards).toMatchObject({ total: 1, rows: [{ board: '', pins: 1 }] });
	});

	it('is, of several, what the newest says that says something', async () => {
		await store({ pins: [{ pinId: 'p', title: 'old', link: 'l', format: 'video' }] });
		const newer = await store({ pins: [{ pinId: 'p', title: 'new', board: 'B' }] });
		expect(await attributesOf('p')).toMatchObject({ title: 'new', board: 'B', link: 'l', format: 'video' });
		await deleteBatch(db, newer);
		expect(await attributesOf('p')).toMatchObject({ title: 'old', board: '', link: 'l', format: 'video' });
	});

	it('keeps its place among directories where it is read once more', async () => {
		const first = await storeSaid(db, { pins: [{ pinId: 'p', title: 'first' }] });
		await store({ pins: [{ pinId: 'p', title: 'second' }] });
		const again = await storeSaid(db, { pins: [{ pinId: 'p', title: 'first', link: 'l' }] }, {}, first);
		expect((await liveBatches(db)).map(({ id }) => id)).toEqual([again.id, first.id + 1]);
		expect(await attributesOf('p')).toMatchObject({ title: 'second', link: 'l' });
	});

	it('agrees with its files in any order of imports and undos', async () => {
		const word = fc.constantFrom('', 'a', 'b');
		const said = fc.uniqueArray(
			fc.record({ pinId: fc.constantFrom('p', 'q', 'r'), title: word, boardId: word, board: word }),
			{ selector: ({ pinId }) => pinId }
		);
		const boards = fc.array(fc.record({ id: fc.constantFrom('a', 'b'), name: fc.constantFrom('A', 'B') }), {
			maxLength: 2
		});
		const files = fc.array(fc.record({ pins: said, boards, isUndone: fc.boolean() }), { maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(files, async (all) => {
				const ids: number[] = [];
				for (const { pins, boards: named } of all) ids.push(await store({ pins, boards: named }));
				for (const [i, { isUndone }] of all.entries()) if (isUndone) await deleteBatch(db, ids[i]!);
				const left = all.filter(({ isUndone }) => !isUndone);
				const names = new Map<string, string>(
					left.flatMap((each) => each.boards.map(({ id, name }) => [id, name] as const))
				);
				const expected = new Map<string, { title: string; board: string }>();
				for (const { pins } of left) {
					for (const { pinId, title, board, boardId } of pins) {
						const known = expected.get(pinId) ?? { title: '', board: '' };
						const named = board || (names.get(boardId) ?? '');
						expected.set(pinId, { title: title || known.title, board: named || known.board });
					}
				}
				const listed = await readDirectory(db);
				expect(listed.map(({ pinId }) => pinId)).toEqual([...expected.keys()].sort());
				for (const { pinId, title, board } of listed) expect({ title, board }).toEqual(expected.get(pinId));
				for (const { id } of await liveBatches(db)) await deleteBatch(db, id);
				expect(await db.claims.count()).toBe(0);
				expect(await db.texts.count()).toBe(0);
			}),
			{ seed: 5, numRuns: 20 }
		);
	});
});

describe('a board that a Pin knows by its id', () => {
	const pins = [{ pinId: 'p', boardId: '77', title: 'Listed' }];
	const boards = [{ id: '77', name: 'Kitchen shelves' }];

	it.each(['Pins', 'boards'])('is named by another file, with the %s first', async (first) => {
		const ids = new Map<string, number>();
		for (const name of first === 'Pins' ? ['Pins', 'boards'] : ['boards', 'Pins'])
			ids.set(name, await store(name === 'Pins' ? { pins } : { boards }));
		expect(await attributesOf('p')).toMatchObject({ board: 'Kitchen shelves', title: 'Listed' });
		expect((await readCatalogue(db)).hasBoard('Kitchen shelves')).toBe(true);
		await deleteBatch(db, ids.get('boards')!);
		expect(await attributesOf('p')).toMatchObject({ board: '', title: 'Listed' });
		const again = await store({ boards: [{ id: '77', name: 'Renamed' }] });
		expect((await attributesOf('p'))?.board).toBe('Renamed');
		await deleteBatch(db, ids.get('Pins')!);
		expect(await attributesOf('p')).toBeNull();
		await deleteBatch(db, again);
		expect(await db.claims.count()).toBe(0);
	});

	it('is as the newest directory of boards names it, and gives way to what events say', async () => {
		await store({ pins, boards });
		await store({
			boards: [
				{ id: '77', name: 'Newer' },
				{ id: '78', name: '' }
			]
		});
		expect((await attributesOf('p'))?.board).toBe('Newer');
		await importRows('2026-06-01,save,p,,Own,');
		expect((await attributesOf('p'))?.board).toBe('Own');
	});
});

describe('Pins that figures are about', () => {
	it('are known as long as a report of them is', async () => {
		const facts = [fact('2026-06-01', 'saves', 3, ofPin('p')), fact('2026-06-02', 'saves', 3, ofPin('p'))];
		const first = await store({ facts });
		const second = await store({ facts });
		expect(await attributesOf('p')).toMatchObject({ title: '', board: '', format: '' });
		expect(await readDirectory(db)).toEqual([]);
		await deleteBatch(db, first);
		expect(await attributesOf('p')).not.toBeNull();
		await deleteBatch(db, second);
		expect(await attributesOf('p')).toBeNull();
		expect(await db.texts.count()).toBe(0);
	});

	it('are in the directory where the same table names them', async () => {
		const facts = [fact('2026-06-01', 'saves', 3, ofPin('p')), fact('2026-06-01', 'saves', 4, ofPin('q'))];
		const batch = await storeSaid(db, { facts, pins: [{ pinId: 'p', title: 'Named' }] });
		expect(batch.report).toMatchObject({ kind: 'figures', facts: 2, names: 2 });
		expect((await readDirectory(db)).map(({ pinId, title }) => [pinId, title])).toEqual([['p', 'Named']]);
		expect(await attributesOf('q')).toMatchObject({ title: '' });
	});

	it('are known too where an earlier version has stored their report, without a number for them', async () => {
		const { id } = await storeSaid(db, { facts: [fact('2026-06-01', 'saves', 3, ofPin('p'))] });
		await db.claims.clear();
		await db.texts.clear();
		await db.batches.update(id, (batch) => {
			delete (batch.report as { names?: number }).names;
		});
		const data = new StoredData(db, db.name, import.meta.url);
		await data.refresh();
		expect(await data.pinAttributes(new AbortController().signal, 'p')).toMatchObject({
			title: '',
			board: '',
			format: ''
		});
		expect(await data.pinAttributes(new AbortController().signal, 'q')).toBeNull();
		expect(await isReadable(db, (await liveBatches(db))[0]!)).toBe(true);
	});
});

describe('the numbers of Pins', () => {
	it('are shared by events and reports of one session, without gaps, and small files cost no record in vain', async () => {
		const session = await ImportSession.open(db);
		const events = (...ids: string[]) =>
			utf8(`timestamp,event,pin_id\n${ids.map((id) => `2026-06-01,save,${id}`).join('\n')}`);
		await session.addReport(reportToStore({ pins: [{ pinId: 'p' }, { pinId: 'q' }] }));
		await (await stage(db, session, events('q', 'r'))).commit();
		const given = await stage(db, session, events('given up'));
		await given.batch.discard();
		await session.addReport(reportToStore({ facts: [fact('2026-06-01', 'saves', 1, ofPin('r'))] }));
		await session.addReport(reportToStore({ facts: [fact('2026-06-01', 'saves', 1)] }));
		expect(session.batches.map(({ id }) => id)).toEqual((await liveBatches(db)).map(({ id }) => id));
		let next = 0;
		for (const { first, block } of await readTexts(db, 'pin')) {
			expect(first).toBe(next);
			next += textCount(block);
		}
		const catalogue = await readCatalogue(db);
		expect(['p', 'q', 'r'].map((id) => catalogue.pinNumber(id))).toEqual([0, 1, 2]);
		expect(await db.claims.count()).toBe(3);
	});

	it('are found by id among many, however many are looked up', async () => {
		const ids = Array.from({ length: 300 }, (_, i) => `10917007659472${i}`);
		await store({ pins: ids.slice(0, 150).map((pinId) => ({ pinId })) });
		await store({ pins: ids.slice(150).map((pinId) => ({ pinId })) });
		const catalogue = await readCatalogue(db);
		expect(ids.map((id) => catalogue.pinNumber(id))).toEqual([...ids.keys()]);
		expect(catalogue.pinNumber('none')).toBe(-1);
	});
});

describe('claims of a report that a disk has changed', () => {
	const damage = (batch: LiveBatch) =>
		db.claims.update([batch.id, 0], (stored) => {
			stored.claims.texts.bytes[0]! ^= 1;
		});

	it('are left out and named, and importing the file again mends them', async () => {
		const said = { pins: [{ pinId: 'p', title: 'Listed' }], boards: [{ id: '1', name: 'B' }] };
		const batch = await storeSaid(db, said, { file: 'pins.json' });
		const other = await storeSaid(db, { pins: [{ pinId: 'q', title: 'Whole' }] });
		await damage(batch);
		expect(await attributesOf('p')).toBeNull();
		expect(await attributesOf('q')).toMatchObject({ title: 'Whole' });
		expect((await readDirectory(db)).map(({ pinId }) => pinId)).toEqual(['q']);
		expect(await isReadable(db, batch)).toBe(false);
		expect(await isReadable(db, other)).toBe(true);
		const named = [{ batchId: batch.id, file: 'pins.json', rows: 2 }];
		expect((await answerFromStore(db, openQuery())).damaged).toEqual(named);

		const again = await storeSaid(db, said, {}, batch);
		expect(await attributesOf('p')).toMatchObject({ title: 'Listed' });
		expect((await answerFromStore(db, openQuery())).damaged).toEqual([]);
		expect(await isReadable(db, again)).toBe(true);
	});

	it('may be gone, or nothing like claims', async () => {
		const batch = await storeSaid(db, { pins: [{ pinId: 'p', title: 'Listed' }] });
		await db.claims.update([batch.id, 0], { claims: { pins: 'none' } } as never);
		expect(await isReadable(db, batch)).toBe(false);
		expect(await attributesOf('p')).toBeNull();
		await db.claims.clear();
		expect(await isReadable(db, batch)).toBe(false);
	});
});

describe('a report', () => {
	it('keeps which reader has read it, and takes the room that it says', async () => {
		const old = await storeSaid(db, { boards: [{ id: '1', name: 'B' }] });
		const said = { pins: [{ pinId: '1091700765947216952', title: 'x'.repeat(1_000) }] };
		const batch = await storeSaid(db, said, { readerVersion: 3 });
		expect([old.report!.readerVersion, batch.report!.readerVersion]).toEqual([undefined, 3]);
		expect([old.report!.kind, batch.report!.kind]).toEqual(['directory', 'directory']);
		expect(batch.fileBytes).toBe(100);
		expect(batch.storedBytes).toBeGreaterThan(1_000);
		expect(batch.storedBytes).toBeLessThan(1_400);
	});
});
