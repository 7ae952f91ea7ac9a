import type { ExportChoice, ExportFile } from '$lib/model/made-export';
import { OWN_CSV_KINDS } from '$lib/model/own-words';
import { EXPORT_KINDS, KINDS_WITHOUT_DAYS, type ExportKind, type Query } from '$lib/model/query';
import { wholeSpan } from '$lib/model/reported';
import { writeAddress, type ViewState } from '$lib/view/address';
import { snapshotKeys } from '$lib/view/audience-address';
import { exportFileName } from '$lib/view/file-name';
import { filtersJson } from '$lib/view/filters-json';
import { comparisonQuery } from '$lib/view/query';
import type { DayRange } from '$lib/view/range';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { downloadBlob } from '../download';

/** Writes what the filters select as a file. Fetched when the first export is made. */

/** What is to be written. */
export interface ExportRequest {
	readonly what: ExportChoice;
	readonly query: Query;
	readonly view: ViewState;
	/** Whether anything that is stored has figures of days. */
	readonly hasDays: boolean;
	/** Draws the chart; null where there is none. */
	readonly drawChart: (() => Promise<Blob>) | null;
}

/** Told of the file of an archive that is being written, null while they are packed; and how far it is, from 0 to 1. */
type Tell = (part: ExportKind | null, fraction: number | null) => void;

/** The file that was handed to the browser, and the query part of the address that makes it again. */
export interface HandedExport {
	readonly file: string;
	readonly search: string;
}

/**
 * Writes an export and hands it to the browser.
 * @returns null where nothing is stored that it would be made of
 */
export async function handExport(
	signal: AbortSignal,
	client: WorkspaceClient,
	request: ExportRequest,
	tell: Tell
): Promise<HandedExport | null> {
	const { what, query, view } = request;
	const written = await write(signal, client, request, tell);
	if (written === null) return null;
	const extension = what === 'chart' ? 'png' : what === 'everything' ? 'zip' : 'csv';
	const file = exportFileName(what, written.days ?? query.filter, extension);
	downloadBlob(written.blob, file);
	// Snapshots are of days of their own.
	const { from, to } = (what === 'insights' && written.days) || query.filter;
	return { file, search: writeAddress({ ...view, from, to }) };
}

async function write(
	signal: AbortSignal,
	client: WorkspaceClient,
	{ what, query, view, hasDays, drawChart }: ExportRequest,
	tell: Tell
): Promise<ExportFile | null> {
	if (what === 'chart') {
		const picture = await drawChart?.();
		return picture ? { blob: picture, days: null } : null;
	}
	if (what === 'insights') {
		const keys = snapshotKeys(view.audience);
		const blob = await client.insightsCsv(signal, keys);
		return blob && { blob, days: wholeSpan(keys.map(({ day }) => ({ from: day, to: day }))) };
	}
	const compared = comparisonQuery(view, query)?.filter ?? null;
	const csv = (kind: ExportKind) => {
		tell(kind, null);
		return client.exportCsv(signal, kind, query, daysOf(compared), (fraction) => tell(kind, fraction));
	};
	if (what !== 'everything') return csv(what);
	const entries = [];
	for (const kind of hasDays ? EXPORT_KINDS : KINDS_WITHOUT_DAYS) {
		const written = await csv(kind);
		if (written) entries.push({ name: `${kind}.csv`, blob: written.blob });
	}
	for (const kind of OWN_CSV_KINDS) {
		const blob = await client.ownCsv(kind);
		if (blob) entries.push({ name: `${kind}.csv`, blob });
	}
	const filters = filtersJson(query, compared, writeAddress(view));
	entries.push({ name: 'filters.json', blob: new Blob([filters]) });
	const bytes = entries.reduce((sum, { blob }) => sum + blob.size, 0);
	const blob = await client.zip(signal, entries, (done) => tell(null, done / bytes));
	return { blob, days: null };
}

function daysOf(compared: DayRange | null): DayRange | null {
	return compared && { from: compared.from, to: compared.to };
}
