import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LabelText, OwnChange, OwnItemOf, ViewName } from '../../../src/lib/model/own-words';
import { checkBackup, restoreInto, writeBackup } from '../../../src/lib/store/backup/backup';
import { databaseName, WorkspaceDatabase } from '../../../src/lib/store/database';
import { changeOwnWords, readLabels, readOwnItem, readOwnWords } from '../../../src/lib/store/own-words';
import { Registry } from '../../../src/lib/store/registry';

/** Notes, saved views and labels, as they are stored. */

let db: WorkspaceDatabase;

beforeEach(async () => {
	db = new WorkspaceDatabase('source');
	await db.open();
});

afterEach(async () => {
	db.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const change = (own: OwnChange, now = 1_000) => changeOwnWords(db, now, own);
const note = (id: string, from: string, to: string, text: string): OwnChange => ({
	kind: 'notes',
	id,
	text: { from, to, text }
});
const view = (id: string, some: Partial<ViewName> = {}): OwnChange => ({
	kind: 'views',
	id,
	text: { name: id, route: '/', search: '', isFirstPage: false, ...some }
});
const label = (id: string, some: Partial<LabelText> = {}): OwnChange => ({
	kind: 'labels',
	id,
	text: { name: id, words: '', createdFrom: null, createdTo: null, pinIds: [], ...some }
});

describe('notes', () => {
	it('are read in the order of their days, with swapped days put right', async () => {
		await change(note('b', '2026-05-09', '2026-05-03', 'later'));
		await change(note('a', '2026-05-01', '2026-05-01', 'first'));
		expect((await readOwnWords(db)).notes).toEqual([
			{ id: 'a', changedAt: 1_000, from: '2026-05-01', to: '2026-05-01', text: 'first' },
			{ id: 'b', changedAt: 1_000, from: '2026-05-03', to: '2026-05-09', text: 'later' }
		]);
	});

	it('get a later time with every change, even where the clock was set back', async () => {
		await change(note('a', '2026-05-01', '2026-05-01', 'one'), 5_000);
		await change(note('a', '2026-05-01', '2026-05-01', 'two'), 3_000);
		expect((await readOwnWords(db)).notes).toMatchObject([{ text: 'two', changedAt: 5_001 }]);
	});

	it('are deleted but for their id and the time, and can be brought back', async () => {
		await change(note('a', '2026-05-01', '2026-05-01', 'one'));
		const whole = await readOwnItem(db, 'notes', 'a');
		await change({ kind: 'delete', of: 'notes', id: 'a' }, 2_000);
		expect((await readOwnWords(db)).notes).toEqual([]);
		expect(await readOwnItem(db, 'notes', 'a')).toBeNull();
		expect(await db.notes.toArray()).toEqual([{ id: 'a', changedAt: 2_000, isDeleted: true }]);
		await change({ kind: 'bring_back', item: whole as OwnItemOf }, 1_500);
		expect((await readOwnWords(db)).notes).toMatchObject([{ text: 'one', changedAt: 2_001 }]);
	});
});

describe('saved views', () => {
	it('stand in the order in which they were saved until they are put in another', async () => {
		for (const id of ['c', 'a', 'b']) await change(view(id));
		const names = async () => (await readOwnWords(db)).views.map(({ name }) => name);
		expect(await names()).toEqual(['c', 'a', 'b']);
		await change({ kind: 'order', ids: ['b', 'c', 'a'] });
		expect(await names()).toEqual(['b', 'c', 'a']);
		await change(view('a', { name: 'renamed' }));
		expect(await names()).toEqual(['b', 'c', 'renamed']);
	});

	it('have one first page at most: the one that was made so last', async () => {
		await change(view('a', { isFirstPage: true }));
		await change(view('b', { isFirstPage: true }));
		const first = async () =>
			(await readOwnWords(db)).views.filter(({ isFirstPage }) => isFirstPage).map(({ id }) => id);
		expect(await first()).toEqual(['b']);
		const a = (await readOwnItem(db, 'views', 'b')) as OwnItemOf;
		await change({ kind: 'delete', of: 'views', id: 'b' });
		await change(view('a', { isFirstPage: true }));
		await change({ kind: 'bring_back', item: a });
		expect(await first()).toEqual(['b']);
	});
});

describe('labels', () => {
	it('count each Pin that is named once, and keep their rule', async () => {
		const rule = { words: 'Spring', createdFrom: '2026-03-01', createdTo: null };
		await change(label('a', { ...rule, pinIds: ['1', '2', '2'] }));
		expect((await readOwnWords(db)).labels).toEqual([
			{ id: 'a', name: 'a', changedAt: 1_000, ...rule, named: 2 }
		]);
	});

	it('take further Pins in and out, without those of another change being lost', async () => {
		await change(label('a', { pinIds: ['1'] }));
		await Promise.all([
			change({ kind: 'pins', id: 'a', pinIds: ['2', '1'], isIn: true }),
			change({ kind: 'pins', id: 'a', pinIds: ['3'], isIn: true })
		]);
		expect((await readLabels(db))[0]!.pinIds).toEqual(['1', '2', '3']);
		await change({ kind: 'pins', id: 'a', pinIds: ['1', '9'], isIn: false });
		expect((await readLabels(db))[0]!.pinIds).toEqual(['2', '3']);
		await change({ kind: 'pins', id: 'gone', pinIds: ['1'], isIn: true });
		expect(await db.labels.count()).toBe(1);
	});
});

/** One of each, one of them deleted. */
async function someOfEach(): Promise<void> {
	await change(note('n', '2026-05-01', '2026-05-02', 'Sale "ä"'));
	await change(note('gone', '2026-05-01', '2026-05-01', 'x'));
	await change({ kind: 'delete', of: 'notes', id: 'gone' });
	await change(view('v', { isFirstPage: true, search: '?split=device' }));
	await change(label('l', { words: 'w', pinIds: ['1'] }));
}

async function ownTables(of: WorkspaceDatabase) {
	return Promise.all([of.notes.toArray(), of.views.toArray(), of.labels.toArray()]);
}

it('are in the backup, deletions included', async () => {
	await someOfEach();
	const { signal } = new AbortController();
	const backup = await writeBackup(signal, db, { workspace: 'Shop', passphrase: '' }, () => {});
	await restoreInto(
		signal,
		await checkBackup(signal, backup, ''),
		'target',
		() => {},
		() => {}
	);
	const restored = new WorkspaceDatabase('target');
	await restored.open();
	expect(await ownTables(restored)).toEqual(await ownTables(db));
	expect(await readOwnWords(restored)).toEqual(await readOwnWords(db));
	restored.close();
});

it('go with their workspace, and with everything', async () => {
	await someOfEach();
	const registry = new Registry();
	await registry.remove('source');
	const again = new WorkspaceDatabase('source');
	expect(await ownTables(again)).toEqual([[], [], []]);
	await changeOwnWords(again, 1, label('l'));
	again.close();
	await registry.eraseAll();
	expect(await Dexie.getDatabaseNames()).not.toContain(databaseName('source'));
});

it.each([
	['a note', () => note('n', '2026-05-01', '2026-05-02', 'other')],
	['a view', () => view('v', { name: 'other' })],
	['the order of views', () => ({ kind: 'order', ids: ['w', 'v'] }) as const],
	['a label', () => label('l', { words: 'other' })],
	['Pins of a label', () => ({ kind: 'pins', id: 'l', pinIds: ['2'], isIn: true }) as const],
	['a deleted note', () => ({ kind: 'delete', of: 'notes', id: 'n' }) as const],
	['a deleted view', () => ({ kind: 'delete', of: 'views', id: 'v' }) as const],
	['a deleted label', () => ({ kind: 'delete', of: 'labels', id: 'l' }) as const]
])('%s that cannot be stored leaves what was there, and can be stored later', async (_, made) => {
	await change(note('n', '2026-05-01', '2026-05-01', 'one'));
	for (const id of ['v', 'w']) await change(view(id));
	await change(label('l', { pinIds: ['1'] }));
	const before = await ownTables(db);
	const refuse = () => {
		throw new Dexie.QuotaExceededError('full');
	};
	for (const table of [db.notes, db.views, db.labels]) table.hook('updating', refuse);
	await expect(change(made(), 2_000)).rejects.toThrow('full');
	expect(await ownTables(db)).toEqual(before);
	for (const table of [db.notes, db.views, db.labels]) table.hook('updating').unsubscribe(refuse);
	await change(made(), 2_000);
	expect(await ownTables(db)).not.toEqual(before);
});

it('leave what was there where the second part of a change cannot be stored', async () => {
	await change(view('a', { isFirstPage: true }));
	const before = await ownTables(db);
	const refuse = () => {
		throw new Dexie.QuotaExceededError('full');
	};
	db.views.hook('updating', refuse);
	db.views.hook('creating', refuse);
	// The new view would be written first, the other one's change after it.
	await expect(change(view('b', { isFirstPage: true }))).rejects.toThrow();
	db.views.hook('creating').unsubscribe(refuse);
	await expect(change(view('b', { isFirstPage: true }))).rejects.toThrow();
	expect(await ownTables(db)).toEqual(before);
});
