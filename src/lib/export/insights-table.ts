import { newestSnapshots, type InsightsRow, type InsightsSnapshot } from '../model/insights';
import { unlessEmpty, type Column, type Row, type Table } from './table';

const COLUMNS: readonly Column[] = [
	{ name: 'audience', type: 'text' },
	{ name: 'day', type: 'day' },
	{ name: 'size', type: 'number' },
	{ name: 'section', type: 'text' },
	{ name: 'name', type: 'text' },
	{ name: 'share', type: 'share' },
	{ name: 'affinity', type: 'number' }
];

/**
 * Audience insights: a row a share, by day and audience, in the order of the file.
 * @param snapshots in the order of their import
 * @returns null where there is no share
 */
export function insightsTable(snapshots: readonly InsightsSnapshot[]): Table | null {
	return unlessEmpty({ columns: COLUMNS, rows: sharesOf(snapshots) });
}

function* sharesOf(snapshots: readonly InsightsSnapshot[]): Generator<Row> {
	for (const { audience, day, size, rows } of newestSnapshots(snapshots)) {
		for (const { section, name, share, affinity } of withoutRepeats(rows))
			yield [audience, day, size, section, name, share, affinity];
	}
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
