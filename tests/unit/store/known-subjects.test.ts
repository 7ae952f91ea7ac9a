import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { deleteBatch, readCatalogue } from '../../../src/lib/store/batches';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { utf8 } from '../../support/memory-workspace';
import { storeFile } from '../../support/stored-workspace';

databaseForEachTest();

const importRows = (...rows: string[]) =>
	storeFile(db, utf8(['timestamp,event,pin_id,board', ...rows].join('\n')));

/** Whether a page could be about them. */
async function known(pins: readonly string[], boards: readonly string[]) {
	const catalogue = await readCatalogue(db);
	return {
		pins: pins.filter((id) => catalogue.isKnown(catalogue.pinNumber(id))),
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
