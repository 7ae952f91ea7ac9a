import 'fake-indexeddb/auto';
import { afterEach, expect, it } from 'vitest';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { liveBatches } from '../../../../src/lib/store/batches';
import { undoBatch } from '../../../../src/lib/store/undo-batch';
import { importHanded, specimen } from '../../../support/imported-files';

const WORKSPACE = 'undone';
const EVENTS = { name: 'a.csv', bytes: 'timestamp,event,pin_id\n2026-05-01,impression,101\n' };
const TABLE = { name: 'b.csv', bytes: specimen('overview-long-range.csv') };
const WORKBOOK = { name: 'c.xlsx', bytes: specimen('overview-workbook.xlsx') };
const HANDED = [EVENTS, TABLE, WORKBOOK];

afterEach(() => new WorkspaceDatabase(WORKSPACE).delete());

async function undoAll(): Promise<void> {
	const db = new WorkspaceDatabase(WORKSPACE);
	for (const { id } of await liveBatches(db)) await undoBatch(db, async () => {}, id);
	db.close();
}

const outcomes = async (isByHand: boolean) => {
	const reports = await importHanded(WORKSPACE, HANDED, null, isByHand);
	return reports.map(({ outcome, batchId }) => `${outcome}${batchId === null ? ', undone' : ''}`);
};

it('leaves out what comes by itself and was undone, until it is imported again by hand', async () => {
	const imported = await outcomes(false);
	expect(imported.every((each) => each === 'imported')).toBe(true);
	expect(imported.length).toBeGreaterThanOrEqual(3);
	expect(await outcomes(false)).toEqual(imported.map(() => 'already_there'));
	await undoAll();
	expect(await outcomes(false)).toEqual(imported.map(() => 'already_there, undone'));
	expect(await outcomes(true)).toEqual(imported);
	expect(await outcomes(false)).toEqual(imported.map(() => 'already_there'));
});
