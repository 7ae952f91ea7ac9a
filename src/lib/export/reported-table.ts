import { NATIVE_DIMENSIONS } from '../model/event';
import { MICROS_PER_UNIT, additionOf, type FactMetric } from '../model/fact-metric';
import { METRICS, METRIC_IDS } from '../model/metric';
import { ADS_LEVELS, adsLabel, type Fact, type FactSource } from '../model/reported';
import { decimal } from './event-cells';
import { columnsOf, unlessEmpty, type Column, type Row, type Table } from './table';

/** Every reported figure. Several values of a filter are joined by bars; an empty one lets all pass. */

const COLUMNS: readonly Column[] = [
	{ name: 'metric', type: 'text' },
	{ name: 'value', type: 'number' },
	...columnsOf('day', ['from', 'to']),
	{ name: 'subject', type: 'text' },
	{ name: 'subject_id', type: 'id' },
	...columnsOf('text', [...NATIVE_DIMENSIONS, 'estimate', 'in_force']),
	{ name: 'exported_at', type: 'stamp' },
	...columnsOf('text', ['file', 'report', 'kind', 'currency', ...ADS_LEVELS, 'profile'])
];

/** A reported figure, or what came between two levels, and whether it counts: no later export has the same one. */
export interface ReportedRow {
	readonly fact: Fact;
	readonly counts: boolean;
	readonly source: FactSource;
}

/** @returns null where there is no figure */
export function reportedTable(reported: Iterable<ReportedRow>): Table | null {
	return unlessEmpty({ columns: COLUMNS, rows: rowsOf(reported) });
}

function* rowsOf(reported: Iterable<ReportedRow>): Generator<Row> {
	for (const row of reported) yield cellsOf(row);
}

function cellsOf({ fact, counts, source }: ReportedRow): Row {
	const { subject, filters, ads, from, to } = fact;
	const { name, per } = NAMED.get(fact.metric) ?? { name: fact.metric, per: 1 };
	return [
		name,
		additionOf(fact.metric) === 'money' ? money(fact.value) : fact.value / per,
		from,
		to,
		subject.kind,
		subject.kind === 'account' ? '' : subject.id,
		...NATIVE_DIMENSIONS.map((dimension) => (filters[dimension] ?? []).join('|')),
		fact.isEstimate ? 'yes' : 'no',
		counts ? 'yes' : 'no',
		new Date(source.exportedAt).toISOString(),
		source.file,
		source.format,
		fact.kind,
		fact.currency,
		...ADS_LEVELS.map((level) => adsLabel(ads[level])),
		fact.profile || source.profile
	];
}

const MONEY_DIGITS = Math.round(Math.log10(MICROS_PER_UNIT));

/** Digit by digit: a quotient would not be exact to the last millionth for large amounts. */
function money(micros: number): string {
	return micros < 0 ? `-${decimal(-micros, MONEY_DIGITS)}` : decimal(micros, MONEY_DIGITS);
}

/** What a reported metric is called in exports, and in which unit it stands there: as the metrics that are made of it. */
const NAMED: ReadonlyMap<FactMetric, { readonly name: string; readonly per: number }> = new Map(
	METRIC_IDS.flatMap((name) => {
		const { formula } = METRICS[name];
		return formula.kind === 'amount' ? [[formula.of, { name, per: formula.per }] as const] : [];
	})
);
