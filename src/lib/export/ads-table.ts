import type { AdsFigure, AdsRow, AdsTables } from '../model/ads';
import { ADS_METRICS, METRICS, type AdsMetric } from '../model/metric';
import { ADS_LEVELS } from '../model/reported';
import { metricColumnType } from './figure-tables';
import { columnsOf, unlessEmpty, type Column, type Row, type Table } from './table';

const COLUMNS: readonly Column[] = [
	...columnsOf('text', ['level', ...ADS_LEVELS, 'currency']),
	...ADS_METRICS.map((name) => ({ name, type: metricColumnType(name) }))
];

/**
 * Campaigns, ad groups and ads with their figures, each followed by what is in it. A row whose money is in several
 * currencies has a line for each: what is no money stands in the first of them.
 * @returns null where no report has any
 */
export function adsTable({ rows }: Pick<AdsTables, 'rows'>): Table | null {
	return unlessEmpty({ columns: COLUMNS, rows: linesOf(rows) });
}

function* linesOf(rows: readonly AdsRow[]): Generator<Row> {
	for (const row of rows) {
		const names = namesOf(row, rows);
		const path = ADS_LEVELS.map((level) => names[level] ?? '');
		let isFirst = true;
		for (const currency of currenciesOf(row)) {
			const figures = ADS_METRICS.map((metric) => {
				const figure = row.figures[metric];
				if (isOfCurrency(metric)) return amountIn(figure, currency);
				return isFirst ? figure.value : null;
			});
			yield [row.level, ...path, currency, ...figures];
			isFirst = false;
		}
	}
}

/** What a row is called, and what it is in. */
function namesOf(row: AdsRow, rows: readonly AdsRow[]): Partial<Record<AdsRow['level'], string>> {
	const outer = row.parent === null ? {} : namesOf(rows[row.parent]!, rows);
	return { ...outer, [row.level]: row.name };
}

/** The currencies of a row's money, that of most spend first; '' where it has none. */
function currenciesOf({ figures }: AdsRow): readonly string[] {
	const found = new Set<string>();
	for (const metric of ADS_METRICS.filter(isOfCurrency)) {
		const { value, currency, others } = figures[metric];
		if (value !== null) found.add(currency);
		for (const other of others) found.add(other.currency);
	}
	return found.size === 0 ? [''] : [...found];
}

/** Whether a metric is of one currency: money, or a ratio of money. */
function isOfCurrency(metric: AdsMetric): boolean {
	const { unit } = METRICS[metric];
	return unit === 'money' || unit === 'multiple';
}

function amountIn({ value, currency, others }: AdsFigure, wanted: string): number | null {
	if (value !== null && currency === wanted) return value;
	return others.find((other) => other.currency === wanted)?.value ?? null;
}
