import { generateEventFile } from '../../src/lib/import/sample';
import type { ByteSource } from '../../src/lib/import/byte-source';
import { MemoryWorkspace, bufferSource, openQuery } from '../support/memory-workspace';
import { inventFile } from '../support/invented-file';
import { oddEvents } from './odd-events';

/** What the cluster holds, and the local engine beside it: generated events, and some that are mean. */

const GENERATED_EVENTS = Number(process.env.CLICKHOUSE_TEST_EVENTS ?? 1_000_000);
export const LAST_DAY = '2024-11-30';

/** The files, in the order in which they are imported. */
export async function eventFiles(): Promise<readonly Uint8Array[]> {
	const parts: Uint8Array[] = [];
	for await (const part of generateEventFile({ events: GENERATED_EVENTS, days: 365, lastDay: LAST_DAY }))
		parts.push(part.slice());
	return [
		new Uint8Array(Buffer.concat(parts)),
		inventFile({ rows: 4_000, seed: 5, from: '2024-03-20', to: '2024-11-05', order: 'none' }),
		oddEvents()
	];
}

/** They as the local engine holds them. */
export async function localWorkspace(files: readonly Uint8Array[]): Promise<MemoryWorkspace> {
	const workspace = new MemoryWorkspace();
	for (const bytes of files) {
		const source: ByteSource = bufferSource(bytes);
		await workspace.import(source, 2);
	}
	return workspace;
}

/** They as they are handed off: the export of all events, whose Pins have the attributes that count. */
export function handedOff(workspace: MemoryWorkspace): Promise<Uint8Array> {
	return workspace.exportCsv('events', openQuery());
}
