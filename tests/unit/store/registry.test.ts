import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MadeExport } from '../../../src/lib/model/made-export';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { noteMadeExport, readMadeExports } from '../../../src/lib/store/export-log';
import { Registry } from '../../../src/lib/store/registry';

let registry: Registry;

beforeEach(async () => {
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
	registry = new Registry();
});

afterEach(() => registry.close());

const names = async () => (await registry.list()).map(({ name }) => name);

describe('the registry', () => {
	it('knows the first workspace from the start', async () => {
		expect(await registry.list()).toEqual([{ key: 'main', name: '' }]);
	});

	it('lists workspaces in the order of their making, the first one first', async () => {
		await registry.make('Zebra');
		await registry.make('Apple');
		await registry.rename('main', 'Last of the alphabet');
		expect(await names()).toEqual(['Last of the alphabet', 'Zebra', 'Apple']);
	});

	it('makes no second workspace of one name', async () => {
		const made = await registry.make('Shop');
		expect(await registry.make('Shop')).toEqual(made);
		expect(await names()).toEqual(['', 'Shop']);
	});

	it('keeps the database of a workspace that is renamed', async () => {
		const { key } = await registry.make('Shop');
		expect(await registry.rename(key, 'Store')).toBe(true);
		expect(await registry.list()).toEqual([
			{ key: 'main', name: '' },
			{ key, name: 'Store' }
		]);
	});

	it('gives a new workspace of an old name a database of its own', async () => {
		const { key } = await registry.make('Shop');
		await registry.rename(key, 'Store');
		const again = await registry.make('Shop');
		expect(again).toEqual({ key: 'Shop 2', name: 'Shop' });
	});

	it('never names a workspace into the database of the first', async () => {
		expect((await registry.make('main')).key).not.toBe('main');
	});

	it('refuses the name of another', async () => {
		const { key } = await registry.make('Shop');
		await registry.make('Store');
		expect(await registry.rename(key, 'Store')).toBe(false);
		expect(await registry.rename(key, 'Shop')).toBe(true);
	});

	it('deletes a workspace with all its data, while it is open elsewhere', async () => {
		const { key } = await registry.make('Shop');
		const open = new WorkspaceDatabase(key);
		await open.settings.put({ key: 'a', value: 1 });
		await registry.remove(key);
		expect(await names()).toEqual(['']);
		expect(await Dexie.getDatabaseNames()).not.toContain(`tackboard-${key}`);
		const anew = new WorkspaceDatabase((await registry.make('Shop')).key);
		expect(await anew.settings.toArray()).toEqual([]);
	});

	it('empties the first workspace and takes its name', async () => {
		await registry.rename('main', 'Shop');
		await registry.remove('main');
		expect(await registry.list()).toEqual([{ key: 'main', name: '' }]);
	});
});

describe('the list of exports that were made', () => {
	const made = (changes: Partial<MadeExport> = {}): MadeExport => ({
		what: 'daily',
		route: '/',
		search: '?from=2026-06-01&to=2026-06-30',
		file: 'tackboard_daily_2026-06-01_2026-06-30.csv',
		madeAt: 1,
		...changes
	});

	it('has the newest first, and the same one once', async () => {
		const db = new WorkspaceDatabase('log');
		await noteMadeExport(db, made());
		await noteMadeExport(db, made({ what: 'pins', madeAt: 2 }));
		await noteMadeExport(db, made({ madeAt: 3 }));
		expect((await readMadeExports(db)).map(({ what, madeAt }) => [what, madeAt])).toEqual([
			['daily', 3],
			['pins', 2]
		]);
	});

	it('forgets the oldest', async () => {
		const db = new WorkspaceDatabase('long-log');
		for (let i = 0; i < 203; i++) await noteMadeExport(db, made({ search: `?q=${i}`, madeAt: i }));
		const kept = await readMadeExports(db);
		expect(kept.length).toBe(200);
		expect(kept.at(-1)?.madeAt).toBe(3);
	});
});
