import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeBackup } from '../../../../src/lib/store/backup/backup';
import { liveBatches } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { writeAlone } from '../../../../src/lib/worker/locks/write-lock';
import { mergeBackup } from '../../../../src/lib/worker/files/merge-backup';
import { backupFile, seenBefore } from '../../../support/backup-file';
import { importHanded } from '../../../support/imported-files';
import { asJson, seenOf, storeOneOfEverything } from '../../../support/whole-workspace';

/** A backup merged into a workspace, whichever version made it. */

writeAlone();
const { signal } = new AbortController();
let here: WorkspaceDatabase;

beforeEach(async () => {
	here = new WorkspaceDatabase('here');
	await here.open();
});

afterEach(async () => {
	here.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

/** What is left of a workspace where neither its sample data nor its list of exports came along. */
function withoutLocal(seen: unknown) {
	const { imports, labels, words, choices, marks, directory, insights, reported } = seen as Awaited<
		ReturnType<typeof seenOf>
	>;
	return {
		...{ labels, words, choices, marks, directory, insights, reported },
		imports: imports.filter(({ isSample }) => !isSample)
	};
}

async function merge(backup: Blob, passphrase = '') {
	const progress: number[] = [];
	const report = await mergeBackup(signal, { backup, passphrase, workspace: 'here' }, (fraction) =>
		progress.push(fraction)
	);
	expect(progress.at(-1)).toBe(1);
	expect(progress).toEqual(progress.toSorted((a, b) => a - b));
	return report;
}

it.each([
	['of an earlier form', () => backupFile('tables'), ''],
	['of an earlier form with a passphrase', () => backupFile('tables-sealed'), 'three plain words']
])('%s brings all that travels, once', async (_, backup, passphrase) => {
	const { files, refused } = await merge(backup(), passphrase);
	expect([files.length, refused]).toEqual([8, []]);
	expect(withoutLocal(asJson(await seenOf(here)))).toEqual(withoutLocal(seenBefore()));
	expect(await merge(backup(), passphrase)).toMatchObject({ files: [], items: 0, undone: 0, refused: [] });
	expect(await Dexie.getDatabaseNames()).not.toContain('tackboard-merging');
});

it('brings all that travels, once, and makes no other database for it', async () => {
	const there = new WorkspaceDatabase('there');
	await there.open();
	await storeOneOfEverything(there);
	const backup = await writeBackup(signal, there, { workspace: '', passphrase: '' }, () => {});
	const names = await Dexie.getDatabaseNames();
	expect((await merge(backup)).files).toHaveLength(8);
	expect(withoutLocal(await seenOf(here))).toEqual(withoutLocal(await seenOf(there)));
	expect(await merge(backup)).toMatchObject({ files: [], items: 0, undone: 0, refused: [] });
	expect(await Dexie.getDatabaseNames()).toEqual(names);
	there.close();
});

it('keeps what is here, and changes nothing where the backup is damaged', async () => {
	const text = 'timestamp,event,pin_id\n2024-05-05,save,own\n';
	await importHanded('here', [{ name: 'own.csv', bytes: text, modifiedMs: 1_000 }]);
	const backup = backupFile('tables');
	await expect(merge(backup.slice(0, backup.size - 1))).rejects.toMatchObject({
		problem: { code: 'backup_damaged' }
	});
	expect((await liveBatches(here)).map(({ file }) => file)).toEqual(['own.csv']);
	await merge(backup);
	expect(await liveBatches(here)).toHaveLength(9);
});
