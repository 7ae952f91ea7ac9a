import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InsightsSnapshot } from '../../../../src/lib/model/insights';
import { isReadable, liveBatches } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { readLabels } from '../../../../src/lib/store/own-words';
import { takeIn } from '../../../../src/lib/store/portable/take-in';
import { copyOfWorkspace } from '../../../../src/lib/store/portable/workspace-copy';
import { nameProfile } from '../../../../src/lib/store/reports';
import { chooseSameDays } from '../../../../src/lib/store/same-days';
import { undoBatch } from '../../../../src/lib/store/undo-batch';
import { importHanded } from '../../../support/imported-files';
import { inventFile } from '../../../support/invented-file';
import { utf8 } from '../../../support/memory-workspace';
import { storeSaid } from '../../../support/report-contents';
import { fact } from '../../../support/reported-answer';
import { shownOver } from '../../../support/whole-workspace';

/** Two copies of a workspace, each with batches and words that the other lacks. */

const { signal } = new AbortController();
const pause = () => {};
let here: WorkspaceDatabase;
let there: WorkspaceDatabase;

beforeEach(async () => {
	here = new WorkspaceDatabase('here');
	there = new WorkspaceDatabase('there');
	await Promise.all([here.open(), there.open()]);
});

afterEach(async () => {
	here.close();
	there.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const nameOf = (db: WorkspaceDatabase) => (db === here ? 'here' : 'there');
const invented = (seed: number) =>
	inventFile({ rows: 200, seed, from: '2024-05-01', to: '2024-06-30', order: 'none', badEvery: 40 });

async function importInto(db: WorkspaceDatabase, name: string, bytes: Uint8Array | string) {
	const [report] = await importHanded(nameOf(db), [{ name, bytes, modifiedMs: 1_000 }]);
	expect(report?.outcome).toBe('imported');
	return report!.batchId!;
}

const takeFrom = async (from: WorkspaceDatabase, into: WorkspaceDatabase) =>
	takeIn(signal, into, pause, await copyOfWorkspace(signal, from));

/** What people see of a workspace: figures, lists, exports and imports. */
async function seen(db: WorkspaceDatabase) {
	const batches = await liveBatches(db);
	return {
		...(await shownOver(db, '2024-05-01', '2024-06-30')),
		labels: (await readLabels(db)).map(({ name, pinIds, ofFiles }) => ({ name, pinIds, ofFiles })),
		imports: batches.map(({ file, accepted, rejected, stamp, generation, columns }) => ({
			...{ file, accepted, rejected, stamp, generation, columns }
		}))
	};
}

async function expectEqual() {
	const [one, other] = [await seen(here), await seen(there)];
	expect(one).toEqual(other);
	return one;
}

const INSIGHTS: InsightsSnapshot = { audience: 'total', day: '2026-05-20', size: 5, isUpTo: false, rows: [] };

describe('batches of another copy', () => {
	it('give the same figures, titles and exports, whatever numbers their texts had there', async () => {
		await importInto(here, 'a.csv', invented(1));
		await importInto(there, 'b.csv', invented(2));
		await importInto(here, 'c.csv', invented(3));
		await storeSaid(there, {
			facts: [fact('2024-06-01', 'saves', 3, { subject: { kind: 'pin', id: 'reported' } })],
			pins: [{ pinId: 'listed', title: 'ä"', boardId: '1' }],
			boards: [{ id: '1', name: 'Shelves' }],
			insights: [INSIGHTS]
		});
		await importInto(there, 'labels.csv', 'label,pin_id\nspring,listed\nspring,reported\n');
		expect((await takeFrom(there, here)).batches.map(({ file }) => file)).toEqual([
			'b.csv',
			'report.csv',
			'labels.csv'
		]);
		expect((await takeFrom(here, there)).batches.map(({ file }) => file)).toEqual(['a.csv', 'c.csv']);
		const { imports, labels } = await expectEqual();
		expect(imports).toHaveLength(5);
		expect(labels).toMatchObject([{ name: 'spring', ofFiles: [{ pinIds: ['listed', 'reported'] }] }]);
		for (const batch of await liveBatches(here)) expect(await isReadable(here, batch)).toBe(true);
	});

	it('have the same hash in every copy, and are taken in once', async () => {
		await importInto(here, 'a.csv', invented(1));
		await importInto(there, 'b.csv', invented(2));
		await takeFrom(here, there);
		for (const db of [here, there]) await db.batches.toCollection().modify({ contentHash: undefined });
		const hashes = async (db: WorkspaceDatabase) =>
			(await copyOfWorkspace(signal, db)).batches.map(({ head }) => [head.file, head.contentHash]);
		expect(await hashes(there)).toContainEqual((await hashes(here))[0]);
		expect((await takeFrom(here, there)).batches).toEqual([]);
	});

	it('bring what was chosen for days that were there, and names of accounts, before or after', async () => {
		const rows = 'timestamp,event,pin_id\n2024-05-01,save,p\n2024-05-02,save,q\n';
		await importInto(here, 'a.csv', rows);
		await takeFrom(here, there);
		const second = await importInto(there, 'b.csv', `${rows}2024-05-02,save,r\n`);
		await chooseSameDays(there, pause, second, 'leave_out');
		const report = await storeSaid(there, { facts: [fact('2024-06-01', 'saves', 3)] });
		await nameProfile(there, report.id, 'Shop');
		await takeFrom(there, here);
		expect((await expectEqual()).events).toHaveLength(4);
		await chooseSameDays(here, pause, (await liveBatches(here))[1]!.id, 'replace');
		await nameProfile(here, (await liveBatches(here))[2]!.id, 'Store');
		await takeFrom(here, there);
		await expectEqual();
		expect((await liveBatches(there)).at(-1)!.report?.profile).toBe('Store');
	});

	it('stand where their stamps put them: what is between them and what is chosen for it counts anew', async () => {
		const rows = (...pins: string[]) =>
			`timestamp,event,pin_id,pin_title\n${pins.map((pin) => `2024-05-01,save,${pin},of ${pins.length}`).join('\n')}\n`;
		await importInto(there, 'first.csv', rows('p', 'q'));
		const second = await importInto(here, 'second.csv', rows('p', 'q', 'r'));
		await chooseSameDays(here, pause, second, 'leave_out');
		await takeFrom(there, here);
		await takeFrom(here, there);
		const { events, imports } = await expectEqual();
		expect(imports.map(({ file }) => file)).toEqual(['first.csv', 'second.csv']);
		expect(events).toHaveLength(4);
		expect((await liveBatches(here))[1]!.hidden?.leftOut).toBe(2);
	});

	it('that were undone here stay undone, and go where they are undone elsewhere', async () => {
		const id = await importInto(here, 'a.csv', invented(1));
		await importInto(here, 'b.csv', invented(2));
		await takeFrom(here, there);
		await undoBatch(here, pause, id);
		expect(await takeFrom(there, here)).toMatchObject({ batches: [], undone: 0 });
		expect(await takeFrom(here, there)).toMatchObject({ batches: [], undone: 1 });
		expect((await expectEqual()).imports.map(({ file }) => file)).toEqual(['b.csv']);
		await importInto(there, 'again.csv', invented(1));
		expect((await takeFrom(there, here)).batches).toMatchObject([{ generation: 2 }]);
		await expectEqual();
	});

	it('count once where both read the same file: the later reading', async () => {
		const bytes = utf8('timestamp,event,pin_id\n2024-05-01,save,p\n');
		await importInto(here, 'here.csv', bytes);
		await importInto(there, 'there.csv', bytes);
		await there.batches.toCollection().modify((batch) => {
			Object.assign(batch, { importedAt: batch.importedAt + 5 });
		});
		expect((await takeFrom(here, there)).batches).toEqual([]);
		expect((await takeFrom(there, here)).batches).toHaveLength(1);
		expect((await expectEqual()).imports.map(({ file }) => file)).toEqual(['there.csv']);
	});

	it('leave nothing where they are given up, and are taken in by the next try', async () => {
		await importInto(there, 'b.csv', invented(2));
		await importInto(here, 'a.csv', invented(1));
		const before = await seen(here);
		const copy = await copyOfWorkspace(signal, there);
		const cut = copy.batches.map(({ head, pieces }) => ({
			head,
			pieces: async function* () {
				let left = 2;
				for await (const piece of pieces()) if (left-- > 0) yield piece;
			}
		}));
		const { refused } = await takeIn(signal, here, pause, { ...copy, batches: cut });
		expect(refused).toMatchObject([{ head: { file: 'b.csv' }, problem: { code: 'backup_damaged' } }]);
		expect(await seen(here)).toEqual(before);
		expect(await here.segments.count()).toBe(1);
		await takeFrom(there, here);
		await takeFrom(here, there);
		await expectEqual();
	});

	it('are stored several at once where they are small, and can still be undone one by one', async () => {
		for (const seed of [1, 2, 3, 4]) await importInto(there, `${seed}.csv`, invented(seed));
		let transactions = 0;
		here.batches.hook('creating', () => void transactions++);
		const writes: unknown[] = [];
		const original = here.transaction.bind(here) as (...args: unknown[]) => unknown;
		Object.assign(here, {
			transaction: (mode: string, ...rest: unknown[]) => {
				if (mode === 'rw') writes.push(rest);
				return original(mode, ...rest);
			}
		});
		await takeFrom(there, here);
		expect([transactions, writes.length]).toEqual([4, 1]);
		await expectEqual();
		for (const { id } of [...(await liveBatches(here))].reverse()) {
			await undoBatch(here, pause, id);
			for (const left of await liveBatches(here)) expect(await isReadable(here, left)).toBe(true);
			await takeFrom(here, there);
			await expectEqual();
		}
		expect(await here.texts.count()).toBe(0);
	});

	it('that come with readings of the same file count once, though none is stored yet', async () => {
		const bytes = utf8('timestamp,event,pin_id\n2024-05-01,save,p\n');
		await importInto(there, 'first.csv', bytes);
		const copy = await copyOfWorkspace(signal, there);
		const again = new WorkspaceDatabase('again');
		await again.open();
		await importHanded('again', [{ name: 'second.csv', bytes, modifiedMs: 1_000 }]);
		await again.batches.toCollection().modify((batch) => {
			Object.assign(batch, { importedAt: batch.importedAt + 5_000 });
		});
		const second = await copyOfWorkspace(signal, again);
		await takeIn(signal, here, pause, { items: [], batches: [...copy.batches, ...second.batches] });
		expect((await liveBatches(here)).map(({ file }) => file)).toEqual(['second.csv']);
		again.close();
	});

	it('that are sample data stay where they were made', async () => {
		await importInto(there, 'b.csv', invented(2));
		await there.batches.toCollection().modify({ isSample: true });
		expect((await takeFrom(there, here)).batches).toEqual([]);
	});
});

it('the newest of several versions of an item counts, in whatever order they come', async () => {
	const version = (changedAt: number) =>
		({
			of: 'notes',
			item: { id: 'n', changedAt, from: '2024-05-01', to: '2024-05-01', text: `${changedAt}` }
		}) as const;
	for (const [order, id] of [
		[[3, 2], 'here'],
		[[2, 3], 'there']
	] as const) {
		const db = id === 'here' ? here : there;
		await db.notes.put(version(1).item);
		await takeIn(signal, db, pause, { items: order.map(version), batches: [] });
		expect(await db.notes.toArray()).toEqual([version(3).item]);
	}
});
