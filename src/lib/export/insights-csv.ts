import { csvRow, csvText } from '../model/csv-cell';
import { newestSnapshots, type InsightsRow, type InsightsSnapshot } from '../model/insights';
import { CsvFile } from './csv-file';
import { plainNumber } from './plain-number';

/**
 * Audience insights as CSV: a row a share, by day and audience, in the order of the file.
 * @param snapshots in the order of their import
 * @returns null where there is no share
 */
export function insightsCsv(snapshots: readonly InsightsSnapshot[]): Blob | null {
	const file = new CsvFile();
	file.write(csvRow(['audience', 'day', 'size', 'section', 'name', 'share', 'affinity']));
	const filled = newestSnapshots(snapshots).filter(({ rows }) => rows.length > 0);
	for (const { audience, day, size, rows } of filled) {
		const head = [audience, day, size === null ? '' : plainNumber(size)];
		for (const { section, name, share, affinity } of withoutRepeats(rows)) {
			const figures = [plainNumber(share), affinity === null ? '' : plainNumber(affinity)];
			file.write(csvRow([...head, section, csvText(name), ...figures]));
		}
	}
	return filled.length === 0 ? null : file.finish();
}

/** Files repeat a category with each of its interests. */
function withoutRepeats(rows: readonly InsightsRow[]): InsightsRow[] {
	const categories = new Set<string>();
	return rows.filter(({ section, name, category }) => {
		const isRepeated = section === 'interest' && category === '' && categories.has(name);
		if (section === 'interest' && category === '') categories.add(name);
		return !isRepeated;
	});
}
