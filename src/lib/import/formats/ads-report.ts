import { PLAIN_FIGURE } from '../../model/reported';
import type { ReportContents } from '../../columns/report-contents';
import type { Day } from '../../model/calendar';
import type { Dimension } from '../../model/event';
import { ProblemError } from '../../model/problem';
import type { Fact } from '../../model/reported';
import { isBlank, pinIdIn, readDay, readFigure } from '../reported/cells';
import { FactCollector, type RowFault } from '../reported/fact-collector';
import { dimensionNamed, valueNamed } from '../reported/filter-names';
import { isDateName, metricNamed, plainName, type NamedMetric } from '../reported/metric-names';
import { delimiterOf, isEmptyRow, readTextRows, type TextRow } from '../reported/text-rows';
import type { FactFormat } from './format';

/**
 * A report of the Ads Manager: columns as its maker chose them, one row a day and campaign (or group, or advertisement),
 * and a last row of totals that is no row. What was paid for and what it earned on top are both paid content.
 */
export const adsReport: FactFormat = {
	gives: 'facts',
	name: 'ads_report',
	recognises: ({ text }) => {
		const header = /[^\r\n]*\S[^\r\n]*/.exec(text)?.[0] ?? '';
		const names = header.split(delimiterOf(header)).map((name) => name.replace(/^["\s\uFEFF]+|["\s]+$/g, ''));
		return (
			names.some(isDateName) &&
			names.some((name) => /^(?:campaign|ad ?group|ad (?:name|id|status))\b/i.test(name)) &&
			figureColumns(names).size > 0
		);
	},
	read: readAdsReport
};

const PIN_NAMES = ['organicpinid', 'promotedpinid', 'pinid'];
/** Columns that tell rows apart and are no figures. */
const LABELS = /^(?:campaign|adgroup|ad(?:name|id|status)$)/;

/** @throws ProblemError no_known_figures, unclosed_quote */
export function readAdsReport(text: string): ReportContents {
	const header = /[^\r\n]*\S[^\r\n]*/.exec(text)?.[0] ?? '';
	const rows = readTextRows(text.replace(/^\uFEFF/, ''), delimiterOf(header)).filter(
		(row) => !isEmptyRow(row)
	);
	const columns = rows[0]?.cells ?? [];
	const figures = figureColumns(columns);
	if (figures.size === 0)
		throw new ProblemError({ code: 'no_known_figures', found: columns.filter(Boolean) });

	const collector = new FactCollector();
	const plain = columns.map(plainName);
	const reader = {
		columns,
		figures,
		date: columns.findIndex(isDateName),
		pin: PIN_NAMES.map((name) => plain.indexOf(name)).find((index) => index >= 0) ?? -1,
		dimensions: columns.flatMap((name, index) => {
			const dimension = dimensionNamed(name);
			return dimension && dimension !== 'content_type' ? [{ dimension, index }] : [];
		})
	};
	const isRead = (index: number) =>
		index === reader.date ||
		index === reader.pin ||
		figures.has(index) ||
		reader.dimensions.some((column) => column.index === index) ||
		LABELS.test(plain[index] ?? '');
	columns.forEach((name, index) => {
		if (!isRead(index)) collector.leaveOut(name);
	});

	const days: Day[] = [];
	for (const row of rows.slice(1)) {
		if (isTotal(row, reader.date)) continue;
		const read = readRow(row, reader);
		if ('fault' in read) collector.reject(row.line, read.fault, row.cells, columns);
		else {
			days.push(read.day);
			collector.accept(read.facts);
		}
	}
	return collector.result(days);
}

interface AdsColumns {
	readonly columns: readonly string[];
	readonly figures: ReadonlyMap<number, NamedMetric>;
	readonly date: number;
	readonly pin: number;
	readonly dimensions: readonly { readonly dimension: Dimension; readonly index: number }[];
}

/**
 * The columns that are read, by their place. Where a metric has columns for what was paid and what was earned, a third
 * column for both would count everything twice.
 */
function figureColumns(names: readonly string[]): Map<number, NamedMetric> {
	const found = names.flatMap((name, index) => {
		const part = /^(paid|earned)\s+/i.exec(name);
		const named = metricNamed(name.replace(/^(?:paid|earned|total)\s+/i, '')) ?? metricNamed(name);
		return named ? [{ index, named, part: part !== null }] : [];
	});
	const isInParts = (metric: string) => found.some(({ named, part }) => part && named.metric === metric);
	const columns = new Map<number, NamedMetric>();
	const taken = new Set<string>();
	for (const { index, named, part } of found) {
		if (!part && (isInParts(named.metric) || taken.has(named.metric))) continue;
		taken.add(named.metric);
		columns.set(index, named);
	}
	return columns;
}

function isTotal({ cells }: TextRow, date: number): boolean {
	return [cells[0] ?? '', cells[date] ?? ''].some((cell) => /^(?:grand )?totals?$|^summa$/i.test(cell));
}

function readRow(
	{ cells }: TextRow,
	{ columns, figures, date, pin, dimensions }: AdsColumns
): { fault: RowFault } | { day: Day; facts: Fact[] } {
	const fault = (index: number, reason: RowFault['reason']) => ({
		fault: { column: columns[index] ?? null, reason, value: cells[index] ?? '' }
	});
	if (cells.slice(columns.length).some((cell) => cell !== '')) {
		return { fault: { column: null, reason: 'too_many_fields', value: '' } };
	}
	const day = readDay(cells[date] ?? '');
	if (typeof day !== 'string') return fault(date, day.reason);
	const id = pin < 0 ? null : pinIdIn(cells[pin] ?? '');
	if (pin >= 0 && id === null)
		return fault(pin, isBlank(cells[pin] ?? '') ? 'missing_value' : 'unknown_value');
	const filters: Partial<Record<Dimension, readonly string[]>> = { content_type: ['paid'] };
	for (const { dimension, index } of dimensions) {
		const values = valueNamed(dimension, cells[index] ?? '');
		if (values === null) return fault(index, 'unknown_value');
		if (values.length > 0) filters[dimension] = values;
	}
	const facts: Fact[] = [];
	for (const [index, named] of figures) {
		const cell = cells[index] ?? '';
		if (isBlank(cell)) continue;
		const value = readFigure(cell, named);
		if (typeof value !== 'number') return fault(index, value);
		facts.push({
			metric: named.metric,
			value,
			from: day,
			to: day,
			subject: id === null ? { kind: 'account' } : { kind: 'pin', id },
			filters,
			...PLAIN_FIGURE,
			isEstimate: false
		});
	}
	return { day, facts };
}
