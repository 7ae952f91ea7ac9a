import type { InsightsSnapshot } from '../../src/lib/model/insights';
import { liveBatches, readRejectedRows } from '../../src/lib/store/batches';
import { databaseName, type WorkspaceDatabase } from '../../src/lib/store/database';
import { noteMadeExport, readMadeExports } from '../../src/lib/store/export-log';
import { ImportSession } from '../../src/lib/store/import-session';
import { saveMapping } from '../../src/lib/store/mappings';
import { changeOwnWords, readLabels, readOwnWords } from '../../src/lib/store/own-words';
import { nameProfile } from '../../src/lib/store/reports';
import { chooseSameDays } from '../../src/lib/store/same-days';
import { undoBatch } from '../../src/lib/store/undo-batch';
import { readMarks } from '../../src/lib/store/undo-marks';
import { importHanded } from './imported-files';
import { inventFile } from './invented-file';
import { openFilter, openQuery } from './memory-workspace';
import { storeSaid } from './report-contents';
import { fact } from './reported-answer';
import { answerWithReports, exportWithReports } from './stored-report';
import { stage } from './stored-workspace';

/** A workspace that holds one of everything that can be kept, and all that is to be seen of it. */

const pause = () => {};
const invented = (seed: number) =>
	inventFile({ rows: 60, seed, from: '2024-05-01', to: '2024-06-30', order: 'none', badEvery: 40 });
const INSIGHTS: InsightsSnapshot = {
	audience: 'total',
	day: '2024-05-20',
	size: 5,
	isUpTo: false,
	rows: [{ section: 'age', name: '25-34', category: '', share: 0.31, affinity: null }]
};
const OWN_COLUMN = 'timestamp,event,pin_id,Campaign\n2024-05-03,save,p,spring\n2024-05-04,save,q,autumn\n';

/** Fills an empty workspace. */
export async function storeOneOfEverything(db: WorkspaceDatabase): Promise<void> {
	const workspace = db.name.slice(databaseName('').length);
	const importFile = async (name: string, bytes: Uint8Array | string) => {
		const [report] = await importHanded(workspace, [{ name, bytes, modifiedMs: 1_000 }]);
		return report!.batchId!;
	};
	await importFile('a.csv', invented(1));
	const undone = await importFile('undone.csv', invented(2));
	await importFile('b.csv', invented(3));
	// Days that were there before: some rows left out, some replaced.
	const head = 'timestamp,event,pin_id,pin_title\n';
	const rows = '2024-05-02,save,p,P\n2024-05-03,save,q,Q\n';
	await importFile('days.csv', head + rows);
	const again = await importFile('again.csv', `${head}${rows}2024-05-03,save,r,R\n`);
	await chooseSameDays(db, pause, again, 'leave_out');
	const instead = await importFile('instead.csv', `${head}2024-05-02,save,p,P\n2024-06-03,save,r,R\n`);
	await chooseSameDays(db, pause, instead, 'replace');
	const { commit } = await stage(
		db,
		await ImportSession.open(db),
		new TextEncoder().encode(OWN_COLUMN),
		'own.csv',
		0,
		['campaign']
	);
	await commit();
	const said = await storeSaid(db, {
		facts: [fact('2024-07-01', 'saves', 3, { subject: { kind: 'pin', id: 'reported' } })],
		pins: [{ pinId: 'listed', title: 'ä"', boardId: '1' }],
		boards: [{ id: '1', name: 'Shelves' }],
		insights: [INSIGHTS]
	});
	await nameProfile(db, said.id, 'Shop');
	await importFile('labels.csv', 'label,pin_id\nspring,listed\nspring,reported\n');
	const sample = await importFile('sample.csv', invented(4));
	await db.batches.update(sample, { isSample: true });
	await undoBatch(db, pause, undone);
	await saveMapping(db, 'a|b', { kind: 'figures' } as unknown as Parameters<typeof saveMapping>[2]);
	await noteMadeExport(db, { what: 'events', route: '/', search: '', file: 'events.csv', madeAt: 1 });
	const text = { from: '2024-05-01', to: '2024-05-02', text: 'Sale "ä"' };
	for (const id of ['kept', 'gone']) await changeOwnWords(db, 1_000, { kind: 'notes', id, text });
	await changeOwnWords(db, 2_000, { kind: 'delete', of: 'notes', id: 'gone' });
	const view = { name: 'v', route: '/', search: '?split=device', isFirstPage: true } as const;
	await changeOwnWords(db, 1_000, { kind: 'views', id: 'v', text: view });
	const label = { name: 'by hand', words: 'w', createdFrom: null, createdTo: null, pinIds: ['p'] };
	await changeOwnWords(db, 1_000, { kind: 'labels', id: 'l', text: label });
}

/** Figures, lists and exports of a workspace over some days, and the rows that its imports rejected. */
export async function shownOver(db: WorkspaceDatabase, from: string, to: string) {
	const query = openQuery({ filter: openFilter({ from, to }), split: 'account' });
	const batches = await liveBatches(db);
	return {
		answer: await answerWithReports(db, query),
		events: await exportWithReports(db, 'events', query),
		reported: await exportWithReports(db, 'reported', query),
		directory: await exportWithReports(db, 'directory', query),
		insights: await exportWithReports(db, 'insights', query),
		rejected: await Promise.all(batches.map((batch) => readRejectedRows(db, batch)))
	};
}

/** What people see of a workspace: figures, lists, exports, imports, their own words and what was decided. */
export async function seenOf(db: WorkspaceDatabase) {
	const batches = await liveBatches(db);
	return {
		...(await shownOver(db, '2024-05-01', '2024-07-02')),
		words: await readOwnWords(db),
		labels: await readLabels(db),
		madeExports: await readMadeExports(db),
		imports: batches.map((batch) => ({
			...{ file: batch.file, accepted: batch.accepted, rejected: batch.rejected, stamp: batch.stamp },
			...{ columns: batch.columns, own: batch.own, isSample: batch.isSample, sameDays: batch.sameDays },
			...{ leftOut: batch.hidden?.leftOut, replaced: batch.hidden?.replaced },
			...{ importedAt: batch.importedAt, generation: batch.generation, profile: batch.report?.profile }
		})),
		choices: await db.choices.toArray(),
		marks: await readMarks(db),
		deletions: (await db.notes.toArray()).filter((note) => 'isDeleted' in note)
	};
}

/** The same as it comes back from JSON. */
export function asJson(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value));
}
