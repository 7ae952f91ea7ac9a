import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveBatches } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { HomeKeys } from '../../../../src/lib/store/home/home-keys';
import { STILL_MS } from '../../../../src/lib/store/home/read-home';
import { syncHome } from '../../../../src/lib/store/home/sync-home';
import { changeOwnWords, readOwnWords } from '../../../../src/lib/store/own-words';
import { undoBatch } from '../../../../src/lib/store/same-days';
import { MemoryDirectory } from '../../../support/memory-directory';
import { openQuery, utf8 } from '../../../support/memory-workspace';
import { answerFromStore, storeFile } from '../../../support/stored-workspace';

const { signal } = new AbortController();
const pause = () => {};
const LATER = Date.UTC(2100, 0, 1);
let folder: MemoryDirectory;
let one: WorkspaceDatabase;
let other: WorkspaceDatabase;
let keys: HomeKeys;

beforeEach(async () => {
	folder = new MemoryDirectory();
	one = new WorkspaceDatabase('one');
	other = new WorkspaceDatabase('other');
	await Promise.all([one.open(), other.open()]);
	keys = await HomeKeys.from('', null);
});

afterEach(async () => {
	one.close();
	other.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const sync = (db: WorkspaceDatabase, now = LATER, by = keys) =>
	syncHome(signal, db, { directory: folder, keys: by }, { pause, locked: (work) => work(), now: () => now });
const file = (...pins: string[]) =>
	utf8(
		`timestamp,event,pin_id,user_id,account\n${pins.map((pin) => `2024-05-01,save,${pin},secret-person,secret-shop`).join('\n')}\n`
	);
const filesOf = async (db: WorkspaceDatabase) => (await liveBatches(db)).map(({ file: name }) => name);
const note = (id: string, text: string) =>
	({ kind: 'notes', id, text: { from: '2024-05-01', to: '2024-05-01', text } }) as const;
const notesOf = async (db: WorkspaceDatabase) => (await readOwnWords(db)).notes.map(({ text }) => text);

function onlyFile() {
	const [entry, ...others] = folder.files;
	if (!entry || others.length > 0) throw new Error('not one file');
	const [name, file] = entry;
	return { name, ...file };
}

describe('a home folder', () => {
	it('gives a browser that has lost everything all of it back, and writes nothing twice', async () => {
		await storeFile(one, file('p', 'q'), 'a.csv');
		await changeOwnWords(one, 1, note('n', 'Sale'));
		expect(await sync(one)).toMatchObject({ written: 2, isEqual: true });
		expect(await sync(one)).toMatchObject({ written: 0, taken: { files: [] } });
		const report = await sync(other);
		expect(report).toMatchObject({ written: 0, taken: { files: ['a.csv'], items: 1 }, leftOut: [] });
		expect(await answerFromStore(other, openQuery())).toEqual(await answerFromStore(one, openQuery()));
		expect(await notesOf(other)).toEqual(['Sale']);
	});

	it('keeps one file per note, the newest, and a mark in the place of an undone import', async () => {
		const id = await storeFile(one, file('p'), 'a.csv');
		for (const text of ['First', 'Second']) {
			await changeOwnWords(one, 1, note('n', text));
			await sync(one);
		}
		expect(folder.files.size).toBe(2);
		await sync(other);
		await undoBatch(one, pause, id);
		await sync(one);
		expect(folder.files.size).toBe(2);
		expect((await sync(other)).taken.undone).toBe(1);
		expect([await filesOf(other), await notesOf(other)]).toEqual([[], ['Second']]);
	});

	it('names what is cut, changed or foreign, leaves it out, and is made whole by who has it', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		const { name, bytes } = onlyFile();
		for (const spoilt of [
			bytes.slice(0, -7),
			bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte)),
			bytes.slice(0, 5)
		]) {
			folder.put(name, spoilt);
			folder.put('holiday.jpg', utf8('no file of ours') as Uint8Array<ArrayBuffer>);
			const { leftOut, taken } = await sync(other);
			expect(taken.files).toEqual([]);
			expect(Object.fromEntries(leftOut.map(({ file: left, problem }) => [left, problem.code]))).toEqual({
				[name]: 'backup_damaged',
				'holiday.jpg': 'not_a_home_file'
			});
			expect(await sync(one)).toMatchObject({ written: 1, leftOut: [{ file: 'holiday.jpg' }] });
		}
		expect((await sync(other)).taken.files).toEqual(['a.csv']);
	});

	it('is read under any names, such as those that a drive gives to copies in conflict', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		const { name, bytes } = onlyFile();
		folder.files.delete(name);
		folder.put(`${name.slice(0, 8)} (conflicted copy).tackboard`, bytes);
		expect((await sync(other)).taken.files).toEqual(['a.csv']);
		expect(folder.files.size).toBe(1);
	});

	it('waits for files that have not stood still for two seconds', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		const { modifiedMs } = onlyFile();
		expect(await sync(other, modifiedMs + STILL_MS - 1)).toMatchObject({ waits: true, taken: { files: [] } });
		expect(await sync(other, modifiedMs + STILL_MS)).toMatchObject({
			waits: false,
			taken: { files: ['a.csv'] }
		});
	});

	it('under a passphrase shows no title, id, account or name in its bytes, to nobody without it', async () => {
		keys = await HomeKeys.from('three plain words', null);
		await storeFile(one, file('secret-pin'), 'secret-file.csv');
		await changeOwnWords(one, 1, note('secret-note', 'secret-text'));
		await sync(one);
		for (const [name, { bytes }] of folder.files) {
			expect(name).toMatch(/^[0-9a-f]{40}\.tackboard$/);
			expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/secret|pin_id|notes|2024/);
		}
		expect((await sync(other, LATER, await HomeKeys.from('', null))).leftOut).toMatchObject(
			Array(2).fill({ problem: { code: 'passphrase_needed' } })
		);
		await other.homeFiles.clear();
		const wrong = await HomeKeys.from('three other words', keys.salt);
		expect((await sync(other, LATER, wrong)).leftOut[0]?.problem.code).toBe('wrong_passphrase');
	});

	it('that was begun on two devices at once, with a salt each, is one folder all the same', async () => {
		const theirs = await HomeKeys.from('three plain words', null);
		keys = await HomeKeys.from('three plain words', null);
		await storeFile(one, file('p'), 'a.csv');
		await storeFile(other, file('q'), 'b.csv');
		await sync(one);
		await sync(other, LATER, theirs);
		await sync(one);
		expect(await filesOf(one)).toEqual(await filesOf(other));
		expect(folder.files.size).toBe(2);
	});

	it('whose disk is full keeps what is whole, and gets the rest when there is room', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		folder.room = [...folder.files.values()][0]!.bytes.length + 100;
		await storeFile(one, file('q'), 'b.csv');
		await expect(sync(one)).rejects.toMatchObject({ name: 'QuotaExceededError' });
		expect((await sync(other)).taken.files).toEqual(['a.csv']);
		folder.room = Infinity;
		expect((await sync(one)).written).toBe(1);
		expect((await sync(other)).taken.files).toEqual(['b.csv']);
	});
});
