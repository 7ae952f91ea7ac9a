import {
	guessMapping,
	headerSignature,
	mappedHeader,
	previewTable,
	readMappedTable,
	readTable
} from '../import/mapping';
import { delimiterOf } from '../import/reported/text-rows';
import type { Mapping, TablePreview } from '../model/mapping';
import { WorkspaceDatabase } from '../store/database';
import { readMapping, saveMapping } from '../store/mappings';
import type { FactReader } from './report-import';

/** Tables whose columns somebody has to name: what they hold, and what they become. */

/** A table is looked at by its start. */
const PREVIEW_BYTES = 1 << 18;

/** @param mapping null for the one that was saved for such a header, or else a guess */
export async function previewOf(
	workspace: string,
	file: Blob,
	mapping: Mapping | null
): Promise<TablePreview> {
	const { names, rows } = readTable(await startOf(file));
	const saved = await withDatabase(workspace, (db) => readMapping(db, headerSignature(names)));
	return previewTable(names, rows, mapping ?? saved ?? guessMapping(names, rows), saved !== null);
}

/** Keeps a mapping for tables with the same header. */
export async function keepMapping(workspace: string, file: Blob, mapping: Mapping): Promise<void> {
	const { names } = readTable(await startOf(file));
	await withDatabase(workspace, (db) => saveMapping(db, headerSignature(names), mapping));
}

/** What makes facts of a table of figures. */
export function mappedReader(mapping: Mapping): FactReader {
	return { name: 'mapped_table', read: (text) => readMappedTable(text, mapping) };
}

/** A table of events as an event file: with another header. */
export async function mappedEvents(file: Blob, mapping: Mapping): Promise<Blob> {
	const head = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
	const start = head.findIndex((byte) => byte !== 10 && byte !== 13);
	const end = head.findIndex((byte, at) => at > start && (byte === 10 || byte === 13));
	const header = new TextDecoder().decode(head.subarray(0, end < 0 ? head.length : end)).trim();
	return new Blob([mappedHeader(mapping, delimiterOf(header)), end < 0 ? '' : file.slice(end)]);
}

/** The first whole rows of a table. */
async function startOf(file: Blob): Promise<string> {
	const text = await file.slice(0, PREVIEW_BYTES).text();
	return file.size <= PREVIEW_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
}

async function withDatabase<T>(workspace: string, work: (db: WorkspaceDatabase) => Promise<T>): Promise<T> {
	const db = new WorkspaceDatabase(workspace);
	try {
		return await work(db);
	} finally {
		db.close();
	}
}
