import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteBatch, readCatalogue } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { utf8 } from '../../support/memory-workspace';
import { stage } from '../../support/stored-workspace';

let db: WorkspaceDatabase;

beforeEach(async () => {
	db = new WorkspaceDatabase('known subjects');
	await db.open();
});

afterEach(async () => {
	db.close();
	await Dexie.delete(db.name);
});

async function importRows(...rows: string[]): Promise<number> {
	const bytes = utf8(['timestamp,event,pin_id,board', ...rows].join('\n'));
	return (await (await stage(db, await ImportSession.open(db), bytes)).commit()).id;
}

/** Whether a page could be about them. */
async function known(pins: readonly string[], boards: readonly string[]) {
	const catalogue = await readCatalogue(db);
	return {
		pins: pins.filter((id) => catalogue.isLive(catalogue.pinNumber(id))),
		boards: boards.filter((name) => catalogue.hasBoard(name))
	};
}

describe('the Pins and boards that are known', () => {
	it('are those of what is stored', async () => {
		await importRows('2026-06-01,save,p1,Light', '2026-06-01,save,p2,Dark');
		expect(await known(['p1', 'p2', 'p3'], ['Light', 'Dark', 'Other', ''])).toEqual({
			pins: ['p1', 'p2'],
			boards: ['Light', 'Dark']
		});
	});

	it('know of no board where a Pin is on none', async () => {
		await importRows('2026-06-01,save,p1,');
		expect(await known([], [''])).toEqual({ pins: [], boards: [''] });
	});

	it('are none any more once their import is undone, though later numbers stay', async () => {
		const first = await importRows('2026-06-01,save,p1,Light');
		await importRows('2026-06-02,save,p2,Dark');
		await deleteBatch(db, first);
		expect(await known(['p1', 'p2'], ['Light', 'Dark', ''])).toEqual({ pins: ['p2'], boards: ['Dark'] });
	});
});
