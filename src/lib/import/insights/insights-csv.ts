import type { ReportContents } from '../../columns/report-contents';
import type { Day } from '../../model/calendar';
import type { InsightsRow, InsightsSection } from '../../model/insights';
import { ProblemError } from '../../model/problem';
import { isBlankCell } from '../tables/is-blank-cell';
import { FactCollector, type RowFault } from '../reported/fact-collector';
import { delimiterOf, readTextRows, type TextRow } from '../reported/text-rows';
import { audienceNamed, columnNamed } from './insights-names';
import {
	readAffinity,
	readInsightsDay,
	readShare,
	readSize,
	shareStyleOf,
	type ShareStyle
} from './insights-numbers';
import { InsightsRows } from './insights-rows';
import { headValue, insightsPartsOf, type InsightsPart, type InsightsTable } from './insights-tables';

/** Where a level of a table (a category, an interest, a value of another section) has its cells; -1 for nowhere. */
interface Level {
	readonly isCategory: boolean;
	readonly name: number;
	readonly share: number;
	readonly affinity: number;
}

/**
 * Reads Audience insights as Pinterest exports them. A row is a line of a known section's table; sections that are not
 * known are left out by name.
 * @param day where a head has no date
 * @throws ProblemError unknown_audience, insights_day, empty_insights; unclosed_quote
 */
export function readInsightsCsv(text: string, day: Day | null): ReportContents {
	const lines = text.replace(/^\uFEFF/, '');
	const [line = '', named] = /^"?sep=(.)"?[ \t]*(?=[\r\n])/i.exec(lines) ?? [];
	// The line is left blank, so that later ones keep their numbers.
	const body = lines.slice(line.length);
	const delimiter = named ?? delimiterOf(/\S.*/.exec(body)?.[0] ?? '');
	const parts = insightsPartsOf(readTextRows(body, delimiter));
	const collector = new FactCollector();
	const style = styleOf(parts, delimiter);
	for (const part of parts) readPart(collector, part, style, day);
	const contents = collector.result();
	if (contents.insights.length === 0 && contents.rejected === 0)
		throw new ProblemError({ code: 'empty_insights' });
	return contents;
}

function styleOf(parts: readonly InsightsPart[], delimiter: string): ShareStyle {
	const shares: string[] = [];
	const others: string[] = [];
	for (const table of parts.flatMap(({ tables }) => tables)) {
		if (table.section === null) continue;
		const levels = levelsOf(table);
		for (const { cells } of table.rows) {
			for (const { share, affinity } of levels) {
				shares.push(cells[share] ?? '');
				others.push(cells[affinity] ?? '');
			}
		}
	}
	return shareStyleOf(shares, others, delimiter);
}

function readPart(
	collector: FactCollector,
	part: InsightsPart,
	style: ShareStyle,
	fallback: Day | null
): void {
	const name = headValue(part, 'audience');
	const audience = audienceNamed(name);
	if (audience === null) throw new ProblemError({ code: 'unknown_audience', audience: name });
	const date = headValue(part, 'date');
	const day = date === '' ? fallback : readInsightsDay(date);
	if (day === null) throw new ProblemError({ code: 'insights_day', day: date });
	const sizeText = headValue(part, 'size');
	const { size, isUpTo } = readSize(sizeText);
	if (size === null && !isBlankCell(sizeText)) collector.leaveOut(sizeText);
	for (const [label, value] of part.head) if (value !== '') collector.settings.push({ name: label, value });

	const rows = new InsightsRows();
	for (const table of part.tables) {
		if (table.section === null) collector.leaveOut(table.title);
		else new SectionReader(collector, table, table.section, style).readInto(rows);
	}
	if (rows.rows.length > 0) collector.insights.push({ audience, day, size, isUpTo, rows: rows.rows });
}

/** Reads the table of a section. */
class SectionReader {
	readonly #collector: FactCollector;
	readonly #table: InsightsTable;
	readonly #section: InsightsSection;
	readonly #style: ShareStyle;
	readonly #levels: readonly Level[];
	/** Of the row above: a category may stand on the first line of its interests only. */
	#category = '';

	constructor(collector: FactCollector, table: InsightsTable, section: InsightsSection, style: ShareStyle) {
		this.#collector = collector;
		this.#table = table;
		this.#section = section;
		this.#style = style;
		this.#levels = levelsOf(table);
	}

	readInto(rows: InsightsRows): void {
		for (const row of this.#table.rows) {
			const read = this.#read(row);
			const contradicting = 'reason' in read ? null : rows.add(read);
			const fault = contradicting
				? { column: this.#table.title, reason: 'unknown_value' as const, value: contradicting.name }
				: 'reason' in read
					? read
					: null;
			if (fault) this.#collector.reject(row.line, fault, row.cells, this.#table.columns);
			else this.#collector.accept();
		}
	}

	#read({ cells }: TextRow): InsightsRow[] | RowFault {
		const found: InsightsRow[] = [];
		for (const level of this.#levels) {
			const name = cells[level.name] ?? '';
			if (level.isCategory && name !== '') this.#category = name;
			const share = readShare(cells[level.share] ?? '', this.#style);
			if (typeof share === 'string') return this.#fault(cells, level.share, share);
			const affinity = readAffinity(cells[level.affinity] ?? '', this.#style);
			if (typeof affinity === 'string') return this.#fault(cells, level.affinity, affinity);
			if (share === null) continue;
			if (name === '') return this.#fault(cells, level.name, 'missing_value');
			const category = level.isCategory ? '' : this.#category;
			found.push({ section: this.#section, name, category, share, affinity });
		}
		return found;
	}

	#fault(cells: readonly string[], index: number, reason: RowFault['reason']): RowFault {
		return { column: this.#table.columns[index] ?? this.#table.title, reason, value: cells[index] ?? '' };
	}
}

/**
 * The levels of a table. Header names repeat, one set of columns per level: the first share is that of the first level.
 * With fewer shares than levels they are those of the last ones.
 */
function levelsOf({ section, columns }: InsightsTable): Level[] {
	const kinds = columns.map(columnNamed);
	const placesOf = (kind: string) => kinds.flatMap((found, index) => (found === kind ? [index] : []));
	const names = kinds.flatMap((kind, index) => (kind === 'category' || kind === 'name' ? [index] : []));
	if (names.length === 0 || section !== 'interest') names.splice(0, Infinity, names[0] ?? 0);
	const shares = placesOf('share');
	const affinities = placesOf('affinity');
	if (shares.length === 0) shares.push((names[0] ?? 0) + 1);
	const levels = names.map((name, index): Level => {
		const fromEnd = names.length - index;
		return {
			isCategory: kinds[name] === 'category',
			name,
			share: shares.at(-fromEnd) ?? -1,
			affinity: section === 'interest' ? (affinities.at(-fromEnd) ?? -1) : -1
		};
	});
	// A category is known before its interests, whichever stands first.
	return levels.sort((a, b) => Number(b.isCategory) - Number(a.isCategory));
}
