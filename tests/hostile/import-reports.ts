import 'fake-indexeddb/auto';
import { readArchive } from '../../src/lib/import/archive/read-archive';
import { factsOf } from '../../src/lib/columns/fact-columns';
import type { ByteSource } from '../../src/lib/import/byte-source';
import type { PackedFile } from '../../src/lib/import/containers/unpack';
import { readWorkbook } from '../../src/lib/import/workbook/read-workbook';
import type { FileReport } from '../../src/lib/model/import-report';
import { dayNumber } from '../../src/lib/model/calendar';
import { liveBatches } from '../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../src/lib/store/database';
import { ImportSession } from '../../src/lib/store/import-session';
import { readFactBatches } from '../../src/lib/store/reports';
import { importFile } from '../../src/lib/worker/import/import-file';
import { RunProgress } from '../../src/lib/worker/import/import-progress';
import { parquetTableHere } from '../support/parquet-table-here';

/** Files of reported figures, names and insights, imported by the worker's own code into a store that is thrown away. */

/** So many files share a store: opening one takes longer than reading most files. */
const FILES_PER_STORE = 100;

interface Store {
	readonly db: WorkspaceDatabase;
	readonly session: ImportSession;
	files: number;
}

let stores = 0;
let current: Store | null = null;

async function store(): Promise<Store> {
	if (current && current.files < FILES_PER_STORE) return current;
	await current?.db.delete();
	const db = new WorkspaceDatabase(`hostile ${stores++}`);
	await db.open();
	return (current = { db, session: await ImportSession.open(db), files: 0 });
}

/**
 * Imports a file; what is stored of it has to be figures of days that exist.
 * @throws Error where it is not
 */
export async function importReports(file: PackedFile): Promise<readonly FileReport[]> {
	const own = await store();
	own.files++;
	const run = {
		signal: new AbortController().signal,
		session: own.session,
		threads: {
			parquetTable: (_: AbortSignal, source: ByteSource) => parquetTableHere(source),
			readerOf: () => {
				throw new Error('no sheet of these files holds events');
			}
		},
		workbooks: { sheets: readWorkbook, archive: readArchive },
		answered: null,
		savedMapping: async () => null,
		isByHand: true,
		progress: new RunProgress([file.source.byteLength], () => {})
	};
	const reports = await importFile(run, file, false);
	const ids = new Set(reports.flatMap(({ outcome, batchId }) => (outcome === 'imported' ? [batchId] : [])));
	const batches = (await liveBatches(own.db)).filter(({ id }) => ids.has(id));
	if (batches.length !== ids.size)
		throw new Error(`${ids.size} batches were told, ${batches.length} are stored`);
	for (const { blocks } of await readFactBatches(own.db, batches)) {
		for (const { value, from, to, metric } of blocks.flatMap((block) => [...factsOf(block)])) {
			if (!Number.isFinite(value) || value < 0) throw new Error(`${metric} is ${value}`);
			if (dayNumber(from) === null || dayNumber(to) === null || from > to)
				throw new Error(`${metric} is of ${from} to ${to}`);
		}
	}
	return reports;
}
