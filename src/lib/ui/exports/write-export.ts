import { formatLocale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/generated/messages.js';
import {
	MOST_WORKBOOK_EVENTS,
	type ExportChoice,
	type ExportFile,
	type WorkbookWords
} from '$lib/model/made-export';
import { OWN_CSV_KINDS } from '$lib/model/own-words';
import { EXPORT_KINDS, KINDS_WITHOUT_DAYS, type ExportKind, type Query } from '$lib/model/query';
import { wholeSpan } from '$lib/model/reported';
import { writeAddress, type ViewState } from '$lib/view/address';
import { snapshotKeys } from '$lib/view/audience-address';
import { exportFileName } from '$lib/view/file-name';
import { filterRows, filtersJson, filtersOf, type WrittenFilters } from '$lib/view/filters-json';
import { formatCount } from '$lib/view/format';
import { comparisonQuery } from '$lib/view/query';
import type { DayRange } from '$lib/view/range';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { downloadBlob } from '../download';
import { EXPORT_LABELS } from '../labels';

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
	const file = exportFileName(what, written.days ?? query.filter);
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
	if (what !== 'everything' && what !== 'workbook') return csv(what);
	const kinds = hasDays ? EXPORT_KINDS : KINDS_WITHOUT_DAYS;
	const filters = filtersOf(query, compared, writeAddress(view));
	if (what === 'workbook') {
		const asked = { kinds, query, compared: daysOf(compared), words: wordsOf(filters) };
		const blob = await client.workbook(signal, asked, ({ kind, fraction }) => tell(kind, fraction));
		return { blob, days: null };
	}
	const entries = [];
	for (const kind of kinds) {
		const written = await csv(kind);
		if (written) entries.push({ name: `${kind}.csv`, blob: written.blob });
	}
	for (const kind of OWN_CSV_KINDS) {
		const blob = await client.ownCsv(kind);
		if (blob) entries.push({ name: `${kind}.csv`, blob });
	}
	entries.push({ name: 'filters.json', blob: new Blob([filtersJson(filters)]) });
	const bytes = entries.reduce((sum, { blob }) => sum + blob.size, 0);
	const blob = await client.zip(signal, entries, (done) => tell(null, done / bytes));
	return { blob, days: null };
}

function daysOf(compared: DayRange | null): DayRange | null {
	return compared && { from: compared.from, to: compared.to };
}

function wordsOf(filters: WrittenFilters): WorkbookWords {
	const kinds = EXPORT_KINDS.map((kind) => [kind, EXPORT_LABELS[kind]()]);
	const sheets = Object.fromEntries(kinds) as Record<ExportKind, string>;
	return {
		sheets: { ...sheets, notes: m.notes(), labels: m.labels(), filters: m.filters() },
		filters: filterRows(filters),
		tooManyEvents: m.workbook_too_many_events({ n: formatCount(formatLocale(), MOST_WORKBOOK_EVENTS) })
	};
}
