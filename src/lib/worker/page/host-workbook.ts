import type { HostEngine } from '../../clickhouse/engine';
import { writeWorkbook } from '../../export/workbook/write-workbook';
import type { WorkbookProgress, WorkbookRequest } from '../../model/made-export';
import { nextTurn } from '../threads/turn';
import { eventsFromHost, tableFromHost } from './host-exports';

/** The workbook of an export, from what a host answers. Fetched when the first one is wanted. */
export function workbookFromHost(
	signal: AbortSignal,
	engine: HostEngine,
	{ kinds, query, compared, words }: WorkbookRequest,
	tell: (progress: WorkbookProgress) => void
): Promise<Blob> {
	const before = compared && { ...query, filter: { ...query.filter, ...compared } };
	const pace = async () => {
		await nextTurn();
		signal.throwIfAborted();
	};
	const source = {
		table: async (kind: Parameters<typeof tableFromHost>[2] | 'notes' | 'labels') =>
			kind === 'notes' || kind === 'labels' ? null : tableFromHost(signal, engine, kind, query, before),
		events: (most: number) => eventsFromHost(signal, engine, query, most)
	};
	return writeWorkbook(pace, source, kinds, words, tell);
}
