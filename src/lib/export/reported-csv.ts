import { csvRow, csvText } from '../model/csv-cell';
import { DIMENSIONS } from '../model/event';
import type { FactBatch, Fact } from '../model/reported';
import { CsvFile } from './csv-file';

/** Every reported figure, as CSV. Several values of a filter are joined by bars; an empty one lets all pass. */

const COLUMNS = [
	'metric',
	'value',
	'from',
	'to',
	'subject',
	'subject_id',
	...DIMENSIONS,
	'estimate',
	'in_force',
	'exported_at',
	'file',
	'report'
] as const;

const MS_PER_MINUTE = 60_000;

/**
 * @param batches in the order of their import
 * @param isInForce whether a figure counts: no later export has the same one
 */
export function reportedCsv(batches: readonly FactBatch[], isInForce: (fact: Fact) => boolean): Blob {
	const file = new CsvFile();
	file.write(csvRow(COLUMNS));
	for (const { facts, exportedAt, file: name, format } of batches) {
		const source = [new Date(exportedAt).toISOString(), csvText(name), format];
		for (const fact of facts) {
			const { subject, filters, from, to } = fact;
			file.write(
				csvRow([
					...figureCells(fact),
					from,
					to,
					subject.kind,
					subject.kind === 'account' ? '' : csvText(subject.id),
					...DIMENSIONS.map((dimension) => csvText((filters[dimension] ?? []).join('|'))),
					fact.isEstimate ? 'yes' : 'no',
					isInForce(fact) ? 'yes' : 'no',
					...source
				])
			);
		}
	}
	return file.finish();
}

/** The metric by the name that other exports have, and its value in their unit. */
function figureCells({ metric, value }: Fact): [string, string] {
	return metric === 'watch_ms'
		? ['total_watch_minutes', String(value / MS_PER_MINUTE)]
		: [metric, String(value)];
}
