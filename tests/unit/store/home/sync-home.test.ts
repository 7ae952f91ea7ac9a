import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STILL_MS, type WaitingFile } from '../../../../src/lib/model/folder-files';
import type { HomeReport } from '../../../../src/lib/model/home-folder';
import { liveBatches } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { HomeKeys } from '../../../../src/lib/store/home/home-keys';
import { syncHome } from '../../../../src/lib/store/home/sync-home';
import { changeOwnWords, readOwnWords } from '../../../../src/lib/store/own-words';
import { undoBatch } from '../../../../src/lib/store/undo-batch';
import { MemoryDirectory } from '../../../support/memory-directory';
import { openQuery, utf8 } from '../../../support/memory-workspace';
import { answerFromStore, storeFile } from '../../../support/stored-workspace';

const { signal } = new AbortController();
const pause = () => {};
let folder: MemoryDirectory;
let one: WorkspaceDatabase;
let other: WorkspaceDatabase;
let keys: HomeKeys;
/** The clock of looks: it moves only where a test says so. */
let nowMs: number;
let turn = 0;
let waiting: Map<WorkspaceDatabase, Map<string, WaitingFile>>;

beforeEach(async () => {
	folder = new MemoryDirectory();
	one = new WorkspaceDatabase('one');
	other = new WorkspaceDatabase('other');
	await Promise.all([one.open(), other.open()]);
	keys = await HomeKeys.from('', null);
	nowMs = Date.UTC(2100, 0, 1);
	waiting = new Map([one, other].map((db) => [db, new Map()]));
});

afterEach(async () => {
	one.close();
	other.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const sync = (db: WorkspaceDatabase, { by = keys, isThorough = false } = {}) =>
	syncHome(
		signal,
		db,
		{ directory: folder, keys: by },
		{
			pause,
			locked: (work) => work(),
			now: () => nowMs,
			isThorough,
			turn: turn++,
			waiting: waiting.get(db)!
		}
	);

/** Looks again when that is asked for, until nothing waits. */
async function settled(db: WorkspaceDatabase): Promise<HomeReport> {
	for (let looks = 0; ; looks++) {
		const report = await sync(db);
		if (report.againInMs === null) return report;
		expect(looks).toBeLessThan(3);
		nowMs += report.againInMs;
	}
}
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
			const { leftOut, taken } = await settled(other);
			expect(taken.files).toEqual([]);
			expect(Object.fromEntries(leftOut.map(({ file: left, problem }) => [left, problem.code]))).toEqual({
				[name]: 'backup_damaged',
				'holiday.jpg': 'not_a_home_file'
			});
			expect(await settled(one)).toMatchObject({ written: 1, leftOut: [{ file: 'holiday.jpg' }] });
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

	it('takes a file that proves itself whole at once, and one that does not once it does, whatever its time', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await storeFile(one, file('q'), 'b.csv');
		await sync(one);
		const [whole, slow] = [...folder.files.keys()];
		const { bytes } = folder.files.get(slow!)!;
		// With the time of the original from the first byte on, as programs that sync write.
		const grow = (length: number) =>
			folder.files.set(slow!, { bytes: bytes.slice(0, length), modifiedMs: 1 });
		grow(bytes.length - 40);
		const first = await sync(other);
		expect(first).toMatchObject({ againInMs: STILL_MS, isEqual: false, leftOut: [], written: 0 });
		expect(first.taken.files).toHaveLength(1);
		nowMs += STILL_MS;
		grow(bytes.length - 20);
		expect(await sync(other)).toMatchObject({ againInMs: STILL_MS, leftOut: [], taken: { files: [] } });
		nowMs += STILL_MS - 1;
		expect(await sync(other)).toMatchObject({ againInMs: 1, leftOut: [], taken: { files: [] } });
		grow(bytes.length);
		const last = await sync(other);
		expect(last).toMatchObject({ againInMs: null, isEqual: true, leftOut: [] });
		expect(last.taken.files).toHaveLength(1);
		expect([...folder.files.keys()]).toEqual([whole, slow]);
	});

	it('names what has stood still for two seconds between two looks and is not whole', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		const { name, bytes } = onlyFile();
		folder.put(name, bytes.slice(0, -1));
		await sync(other);
		nowMs += STILL_MS - 1;
		expect(await sync(other)).toMatchObject({ againInMs: 1, leftOut: [] });
		nowMs += 1;
		const leftOut = [{ file: name, problem: { code: 'backup_damaged' } }];
		expect(await sync(other)).toMatchObject({ againInMs: null, leftOut });
		expect(await sync(other)).toMatchObject({ againInMs: null, leftOut });
	});

	it('looks at names alone where nothing has changed, but for a few files, and writes nothing', async () => {
		await storeFile(one, file('p'), 'a.csv');
		for (let id = 0; id < 200; id++) await changeOwnWords(one, 1, note(`n${id}`, 'Sale'));
		folder.put('holiday.jpg', utf8('no file of ours') as Uint8Array<ArrayBuffer>);
		await settled(one);
		folder.opened.length = 0;
		let writes = 0;
		const count = () => writes++;
		Dexie.on('storagemutated', count);
		const turns = 6;
		for (let look = 0; look < turns; look++) {
			expect(await sync(one)).toMatchObject({
				written: 0,
				isEqual: true,
				leftOut: [{ file: 'holiday.jpg' }]
			});
		}
		Dexie.on('storagemutated').unsubscribe(count);
		expect(writes).toBe(0);
		expect(folder.opened.length).toBeLessThanOrEqual(turns * 64);
		// In turn it is all of them, and all at once where that is wanted.
		expect(new Set(folder.opened).size).toBe(202);
		folder.opened.length = 0;
		await sync(one, { isThorough: true });
		expect(folder.opened).toHaveLength(202);
	});

	it('finds a file that was cut under its own name in its turn, and writes it anew', async () => {
		for (let id = 0; id < 200; id++) await changeOwnWords(one, 1, note(`n${id}`, 'Sale'));
		await sync(one);
		const [name, { bytes }] = [...folder.files][0]!;
		folder.files.set(name, { bytes: bytes.slice(0, -9), modifiedMs: 1 });
		let written = 0;
		for (let look = 0; look < 8; look++, nowMs += STILL_MS) written += (await sync(one)).written;
		expect(written).toBe(1);
		expect(folder.files.get(name)?.bytes).toHaveLength(bytes.length);
	});

	it('names copies that a drive has made of files as such, whole or cut, and leaves them to their owner', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await changeOwnWords(one, 1, note('n', 'First'));
		await sync(one);
		const copy = (name: string, bytes: Uint8Array<ArrayBuffer>, called: string) =>
			folder.put(name.replace(/(\.tackboard)$/, called), bytes);
		for (const [name, { bytes }] of [...folder.files]) {
			copy(name, bytes, ' (1)$1');
			copy(name, bytes.slice(0, -3), " (Ann's conflicted copy 2026-11-29)$1");
			copy(name, bytes, '$1.sync-conflict');
		}
		const copies = [...folder.files.keys()].slice(2).sort();
		for (const db of [one, other]) {
			expect(await settled(db)).toMatchObject({ copies, leftOut: [], isEqual: true, written: 0 });
			expect(await sync(db)).toMatchObject({ copies, leftOut: [], isEqual: true, written: 0 });
		}
		// Copies of what is no longer needed bring nothing back.
		await changeOwnWords(one, 2, note('n', 'Second'));
		await undoBatch(one, pause, (await liveBatches(one))[0]!.id);
		await sync(one);
		const whole = copies.filter((name) => !name.includes('Ann'));
		expect((await settled(other)).copies).toEqual(expect.arrayContaining(whole));
		expect([await filesOf(other), await notesOf(other)]).toEqual([[], ['Second']]);
		expect([...folder.files.keys()]).toEqual(expect.arrayContaining(copies));
		expect(folder.files.size).toBe(copies.length + 2);
	});

	it('takes a copy for what it is where the file itself is gone', async () => {
		await storeFile(one, file('p'), 'a.csv');
		await sync(one);
		const { name, bytes } = onlyFile();
		folder.files.delete(name);
		folder.put(`${name} (1)`, bytes);
		for (const db of [one, other])
			expect(await sync(db)).toMatchObject({ written: 0, copies: [], leftOut: [] });
		expect(await filesOf(other)).toEqual(['a.csv']);
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
		const right = keys;
		keys = await HomeKeys.from('', null);
		expect((await settled(other)).leftOut).toMatchObject(
			Array(2).fill({ problem: { code: 'passphrase_needed' } })
		);
		await other.homeFiles.clear();
		keys = await HomeKeys.from('three other words', right.salt);
		expect((await settled(other)).leftOut[0]?.problem.code).toBe('wrong_passphrase');
	});

	it('that was begun on two devices at once, with a salt each, is one folder all the same', async () => {
		const theirs = await HomeKeys.from('three plain words', null);
		keys = await HomeKeys.from('three plain words', null);
		await storeFile(one, file('p'), 'a.csv');
		await storeFile(other, file('q'), 'b.csv');
		await sync(one);
		await sync(other, { by: theirs });
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
