import { Dexie } from 'dexie';
import { afterEach, beforeEach } from 'vitest';
import { WorkspaceDatabase } from '../../src/lib/store/database';

/** The database of the test that runs, where its file has said `databaseForEachTest()`. */
export let db: WorkspaceDatabase;

/** Gives each test of the file that calls this a database of its own, empty at first. */
export function databaseForEachTest(): void {
	beforeEach(async () => {
		db = new WorkspaceDatabase('under test');
		await db.open();
	});

	afterEach(async () => {
		db.close();
		await Dexie.delete(db.name);
	});
}
