import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readArchive } from '../../src/lib/import/archive/read-archive';
import { readWorkbook } from '../../src/lib/import/workbook/read-workbook';
import type { FileAnswers, FileReport } from '../../src/lib/model/import-report';
import { importSources } from '../../src/lib/worker/import/import-sources';
import { readParquetTablesHere } from '../../src/lib/worker/import/part-threads';
import { readWorkbooksHere } from '../../src/lib/worker/import/workbook-thread';
import { writeAlone } from '../../src/lib/worker/locks/write-lock';
import { parquetTableHere } from './parquet-table-here';

/** Files imported as the import worker does it, in one thread of Node. */

writeAlone();
readWorkbooksHere({ workbook: readWorkbook, archive: readArchive });
readParquetTablesHere(parquetTableHere);

export interface HandedOver {
	readonly name: string;
	readonly bytes: Uint8Array | string;
	/** When it was last changed, in milliseconds since 1970. */
	readonly modifiedMs?: number;
}

/** Imports files into a workspace, in one run. */
export async function importHanded(
	workspace: string,
	files: readonly HandedOver[],
	answered: { readonly entry: string; readonly answers: Partial<FileAnswers> } | null = null,
	isByHand = true
): Promise<readonly FileReport[]> {
	const sources = files.map(({ name, bytes, modifiedMs = 0 }) => ({
		name,
		blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
		modifiedMs,
		isSample: false
	}));
	const answers = { days: null, pinId: null, mapping: null, ...answered?.answers };
	const target = {
		workspace,
		entryUrl: '',
		answered: answered && { entry: answered.entry, answers },
		isByHand
	};
	const { files: reports } = await importSources(new AbortController().signal, target, sources, () => {});
	return reports;
}

/** The bytes of a specimen. */
export function specimen(name: string): Uint8Array {
	return readFileSync(fileURLToPath(new URL(`../fixtures/specimens/${name}`, import.meta.url)));
}
