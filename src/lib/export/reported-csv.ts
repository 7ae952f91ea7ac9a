import { csvRow, csvText } from '../model/csv-cell';
import { NATIVE_DIMENSIONS } from '../model/event';
import { MICROS_PER_UNIT, additionOf, type FactMetric } from '../model/fact-metric';
import { METRICS, METRIC_IDS } from '../model/metric';
import { ADS_LEVELS, adsLabel, type Fact, type FactSource } from '../model/reported';
import { CsvFile } from './csv-file';
import { decimal } from './events-csv';
import { plainNumber } from './plain-number';

/** Every reported figure, as CSV. Several values of a filter are joined by bars; an empty one lets all pass. */

const COLUMNS = [
	'metric',
	'value',
	'from',
	'to',
	'subject',
	'subject_id',
	...NATIVE_DIMENSIONS,
	'estimate',
	'in_force',
	'exported_at',
	'file',
	'report',
	'kind',
	'currency',
	...ADS_LEVELS,
	'profile'
] as const;

/** A reported figure, or what came between two levels, and whether it counts: no later export has the same one. */
export interface ReportedRow {
	readonly fact: Fact;
	readonly counts: boolean;
	readonly source: FactSource;
}

/** @returns null where there is no figure */
export function reportedCsv(rows: Iterable<ReportedRow>): Blob | null {
	const file = new CsvFile();
	file.write(csvRow(COLUMNS));
	let isEmpty = true;
	for (const row of rows) {
		file.write(csvRow(cellsOf(row)));
		isEmpty = false;
	}
	return isEmpty ? null : file.finish();
}

function cellsOf({ fact, counts, source }: ReportedRow): string[] {
	const { subject, filters, ads, from, to } = fact;
	const { name, per } = NAMED.get(fact.metric) ?? { name: fact.metric, per: 1 };
	return [
		name,
		additionOf(fact.metric) === 'money' ? money(fact.value) : plainNumber(fact.value / per),
		from,
		to,
		subject.kind,
		subject.kind === 'account' ? '' : csvText(subject.id),
		...NATIVE_DIMENSIONS.map((dimension) => csvText((filters[dimension] ?? []).join('|'))),
		fact.isEstimate ? 'yes' : 'no',
		counts ? 'yes' : 'no',
		new Date(source.exportedAt).toISOString(),
		csvText(source.file),
		source.format,
		fact.kind,
		csvText(fact.currency),
		...ADS_LEVELS.map((level) => csvText(adsLabel(ads[level]))),
		csvText(fact.profile || source.profile)
	];
}

const MONEY_DIGITS = Math.round(Math.log10(MICROS_PER_UNIT));

/** Digit by digit: a quotient could not tell large amounts to the last millionth. */
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
