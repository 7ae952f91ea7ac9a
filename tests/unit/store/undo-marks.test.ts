import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { liveBatches } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { readItems } from '../../../src/lib/store/portable/items';
import { takeInMark, undoBatch } from '../../../src/lib/store/undo-batch';
import { readMarks } from '../../../src/lib/store/undo-marks';
import { utf8 } from '../../support/memory-workspace';
import { storeFile } from '../../support/stored-workspace';

const pause = () => {};
const CSV = utf8('timestamp,event,pin_id\n2024-05-01,save,p\n');
let db: WorkspaceDatabase;

beforeEach(async () => {
	db = new WorkspaceDatabase('marks');
	await db.open();
});

afterEach(async () => {
	db.close();
	await Dexie.delete(db.name);
});

const generations = async () => (await readMarks(db)).map(({ generation }) => generation);

/** Undoes the only import, on a disk that takes nothing more. */
async function undoWithoutRoom(): Promise<void> {
	const refuse = () => {
		throw new DOMException('no room', 'QuotaExceededError');
	};
	for (const table of db.tables) table.hook('creating').subscribe(refuse);
	for (const table of db.tables) table.hook('updating').subscribe(refuse);
	try {
		await undoBatch(db, pause, (await liveBatches(db))[0]!.id);
	} finally {
		for (const table of db.tables) table.hook('creating').unsubscribe(refuse);
		for (const table of db.tables) table.hook('updating').unsubscribe(refuse);
	}
	expect(await liveBatches(db)).toEqual([]);
}

it('the mark of an undone import is there though nothing could be written, and none before the undo', async () => {
	await storeFile(db, CSV, 'a.csv');
	const { fingerprint, stamp } = (await liveBatches(db))[0]!;
	expect([await readMarks(db), await readItems(db)]).toEqual([[], []]);
	expect((await ImportSession.open(db)).hasUndone).toBe(false);
	await undoWithoutRoom();
	const [mark] = await readMarks(db);
	expect(mark).toEqual({ fingerprint, generation: 1, markedAt: mark!.markedAt });
	expect(mark!.markedAt).toBeGreaterThan(stamp);
	expect(await readItems(db)).toEqual([{ of: 'marks', item: mark }]);
	expect((await ImportSession.open(db)).isUndone(fingerprint)).toBe(true);
});

it('an undone file that is imported again is of the next generation, whose undo is marked too', async () => {
	for (const generation of [1, 2, 3]) {
		await storeFile(db, CSV, 'a.csv');
		expect((await liveBatches(db)).map((batch) => batch.generation)).toEqual([generation]);
		expect(await generations()).toEqual(generation === 1 ? [] : [generation - 1]);
		await undoWithoutRoom();
		expect(await generations()).toEqual([generation]);
	}
});

it('a mark of another copy counts beside that of the import that is there, the later one in the end', async () => {
	await storeFile(db, CSV, 'a.csv');
	const { fingerprint } = (await liveBatches(db))[0]!;
	expect(await takeInMark(db, pause, { fingerprint, generation: 2, markedAt: 5 })).toBe(true);
	expect([await liveBatches(db), await generations()]).toEqual([[], [2]]);
	await storeFile(db, CSV, 'a.csv');
	expect(await takeInMark(db, pause, { fingerprint, generation: 1, markedAt: 9 })).toBe(false);
	expect(await takeInMark(db, pause, { fingerprint, generation: 2, markedAt: 9 })).toBe(true);
	expect(await liveBatches(db)).toHaveLength(1);
	await undoWithoutRoom();
	expect(await generations()).toEqual([3]);
});

it('imports of an earlier version, which brought no mark, get one with the next import', async () => {
	await storeFile(db, CSV, 'a.csv');
	await db.undoMarks.clear();
	await ImportSession.open(db);
	await undoWithoutRoom();
	expect(await generations()).toEqual([1]);
});

it('an import of an earlier version is undone on a full disk, and its mark is written where there is room', async () => {
	await storeFile(db, CSV, 'a.csv');
	await db.undoMarks.clear();
	await undoBatch(db, pause, (await liveBatches(db))[0]!.id);
	expect(await generations()).toEqual([1]);
	await storeFile(db, CSV, 'a.csv');
	await db.undoMarks.clear();
	await undoWithoutRoom();
});
