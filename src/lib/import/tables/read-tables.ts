import type { Mapping, TablePreview } from '../../model/mapping';
import { mappingFaults } from '../../model/mapping';
import { nameKey } from '../../model/metric-names';
import { ProblemError } from '../../model/problem';
import type { ReportContext, ReportRead } from '../formats/format';
import { MAX_COLUMNS } from '../header';
import { FactCollector } from '../reported/fact-collector';
import { columnReports, mappingOf } from './column-reports';
import { guessEvents } from './guess-events';
import { withJsonCells } from './json-cells';
import { profileOf, type TableProfile } from './profile';
import { cellText, type Table } from './table';
import { TableFacts } from './table-facts';
import { readingOf, type TableReading } from './table-reading';

interface Prepared {
	readonly table: Table;
	readonly reading: TableReading;
}

/** An id of a Pin in a file's name. */
const PIN_IN_NAME = /(?<!\d)\d{15,20}(?!\d)/;

/**
 * Reads the tables of one file. Those that hold nothing to read are passed over where another one does.
 * @throws ProblemError where nothing in it is a table, or it cannot be read to its end; AbortError on abort
 */
export async function readTables(
	signal: AbortSignal,
	tables: readonly Table[],
	context: ReportContext
): Promise<ReportRead> {
	const { answers, file } = context;
	const changedMs = context.modifiedMs ?? context.importedAtMs;
	const pinId = answers.pinId ?? PIN_IN_NAME.exec(file)?.[0] ?? null;
	const prepared: Prepared[] = [];
	for (const table of tables) prepared.push(await prepare(signal, table, context, pinId));
	const readable = prepared.filter(({ reading }) => !reading.lacks.includes('mapping'));
	const wanted =
		readable.length > 0 && readable.some(holdsSomething) ? readable.filter(holdsSomething) : prepared;
	if (wanted.length === 0) throw new ProblemError({ code: 'no_known_figures', found: [] });
	for (const what of ['mapping', 'pin', 'days'] as const) {
		if (wanted.some(({ reading }) => reading.lacks.includes(what))) return { outcome: `needs_${what}` };
	}
	const collector = new FactCollector();
	collector.title = wanted[0]?.table.preamble[0] ?? '';
	for (const { table, reading } of wanted) {
		const own = table.lacksPin ? pinId : null;
		await new TableFacts(table, reading, { pinId: own, changedMs }, collector).read(signal);
	}
	const columns = wanted.flatMap(({ table, reading }) => columnReports(table, reading));
	return { outcome: 'read', contents: collector.result(), columns };
}

function holdsSomething({ reading: { columns, isOfBoards } }: Prepared): boolean {
	return (
		isOfBoards ||
		columns.some((own) => own?.kind === 'metric' || (own?.kind === 'role' && own.role === 'pin_id'))
	);
}

async function prepare(
	signal: AbortSignal,
	table: Table,
	{ file, answers, savedMapping }: ReportContext,
	pinId: string | null
): Promise<Prepared> {
	const columns = table.columns.length;
	if (columns > MAX_COLUMNS)
		throw new ProblemError({ code: 'too_many_columns', columns, limit: MAX_COLUMNS });
	let profile = await profileOf(signal, table);
	const expanded = withJsonCells(table, profile);
	if (expanded) {
		table = expanded;
		profile = await profileOf(signal, table);
	}
	const saved = answers.mapping ?? (await savedMapping(headerSignature(table.columns)));
	const fits = saved?.kind === 'figures' && saved.roles.length === table.columns.length;
	const reading = readingOf(table, profile, {
		file,
		mapping: fits ? saved : null,
		days: answers.days,
		pinId
	});
	return { table, reading };
}

/** A text that is equal for tables with the same columns. */
export function headerSignature(names: readonly string[]): string {
	return names.map(nameKey).join('|');
}

/** The first rows of a table, with what a mapping makes of each. */
export async function previewOfTable(
	signal: AbortSignal,
	table: Table,
	file: string,
	mapping: Mapping | null,
	isSaved: boolean
): Promise<TablePreview> {
	const profile = await profileOf(signal, table);
	const isFigures = mapping === null || mapping.kind === 'figures';
	const reading = readingOf(table, profile, {
		file,
		mapping: isFigures ? mapping : null,
		days: null,
		pinId: null
	});
	const own = mapping ?? guessEvents(table, profile) ?? mappingOf(table, reading);
	const faults = mappingFaults(own);
	const isReady = faults.missing.length + faults.twice.length === 0;
	const rows = await previewRows(signal, table, reading, profile, own.kind === 'figures' && isReady);
	return { names: table.columns, mapping: own, isSaved, ...faults, rows, dateReadings: reading.dateReadings };
}

/** What each of the first rows becomes, by reading it alone. */
async function previewRows(
	signal: AbortSignal,
	table: Table,
	reading: TableReading,
	profile: TableProfile,
	isReady: boolean
): Promise<TablePreview['rows']> {
	const rows: TablePreview['rows'][number][] = [];
	for (const row of profile.first) {
		const cells = table.columns.map((_, i) => cellText(row.cells[i]));
		if (!isReady) {
			rows.push({ cells, figures: null, rejection: null });
			continue;
		}
		const collector = new FactCollector();
		const alone: Table = {
			...plainTable(table),
			rows: async function* () {
				yield [row];
			}
		};
		await new TableFacts(alone, reading, { pinId: null, changedMs: 0 }, collector).read(signal);
		const { facts, rejections } = collector.result();
		rows.push({ cells, figures: facts.values.length, rejection: rejections[0] ?? null });
	}
	return rows;
}

function plainTable({ name, columns, preamble, delimiter, isLevels, lacksPin }: Table): Omit<Table, 'rows'> {
	return { name, columns, preamble, delimiter, isLevels, lacksPin };
}
