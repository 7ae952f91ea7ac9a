import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RECENT_FILES, type SeenFile } from '../../../src/lib/model/inbox';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import {
	aboutInbox,
	chooseInbox,
	forgetInbox,
	noteSeen,
	readInbox,
	readSeen
} from '../../../src/lib/store/inbox';

let db: WorkspaceDatabase;
/** Handles are of browsers; what is stored of one here is its name. */
const folder = (name: string) => ({ kind: 'directory', name }) as FileSystemDirectoryHandle;
const seenFile = (name: string, some: Partial<SeenFile> = {}): SeenFile => ({
	...{ name, byteLength: 1, modifiedMs: 1, outcome: 'imported', seenAt: 1 },
	...some
});

beforeEach(async () => {
	db = new WorkspaceDatabase('inbox');
	await db.open();
});
afterEach(() => db.delete());

it('keeps what was seen in a folder that is chosen again, and forgets it with another', async () => {
	await chooseInbox(db, folder('Exports'), { isSame: false, nowMs: 1 });
	await noteSeen(db, 1, [seenFile('a.csv'), seenFile('b.csv', { outcome: 'asked' })]);
	await noteSeen(db, 1, [seenFile('b.csv', { byteLength: 2 })]);
	await chooseInbox(db, folder('Exports'), { isSame: true, nowMs: 2 });
	expect(await readSeen(db)).toEqual([seenFile('a.csv'), seenFile('b.csv', { byteLength: 2 })]);
	await chooseInbox(db, folder('Others'), { isSame: false, nowMs: 3 });
	expect((await readInbox(db))?.handle.name).toBe('Others');
	expect(await readSeen(db)).toEqual([]);
});

it('notes nothing of a folder that was left for another, or forgotten, meanwhile', async () => {
	await chooseInbox(db, folder('Exports'), { isSame: false, nowMs: 1 });
	await chooseInbox(db, folder('Others'), { isSame: false, nowMs: 2 });
	expect(await noteSeen(db, 1, [seenFile('a.csv')])).toBeNull();
	await forgetInbox(db);
	expect(await noteSeen(db, 2, [seenFile('a.csv')])).toBeNull();
	expect(await readSeen(db)).toEqual([]);
	expect(await readInbox(db)).toBeNull();
});

it('numbers the states of its list, so that another tab sees that it has changed', async () => {
	await chooseInbox(db, folder('Exports'), { isSame: false, nowMs: 1 });
	expect(await noteSeen(db, 1, [seenFile('a.csv')])).toBe(1);
	expect(await noteSeen(db, 1, [seenFile('b.csv')])).toBe(2);
	expect((await readInbox(db))?.revision).toBe(2);
});

it('counts outcomes, and lists the files that were taken last', () => {
	const many = Array.from({ length: RECENT_FILES + 5 }, (_, at) => seenFile(`${at}.csv`, { seenAt: at }));
	const about = aboutInbox(7, [...many, seenFile('x.pdf', { outcome: 'failed', seenAt: 1_000 })]);
	expect(about.counts).toMatchObject({ imported: RECENT_FILES + 5, failed: 1, asked: 0 });
	expect(about.recent).toHaveLength(RECENT_FILES);
	expect(about.recent.slice(0, 2).map(({ name }) => name)).toEqual(['x.pdf', `${RECENT_FILES + 4}.csv`]);
});
