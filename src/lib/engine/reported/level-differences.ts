import { ESTIMATE } from '../../columns/fact-columns';
import { isAdditive } from '../../model/fact-metric';
import { HEADS, metricOfHead, type CountedColumns } from './counted-columns';
import type { DerivedFigure } from './counted-facts';
import { emptyEntries, type FactEntries } from './fact-entries';
import { ENTRIES_PER_TURN } from './radix-order';

/** Figures with those that follow from two levels of the same metric before them; none where a level falls. */
export function* withDifferences(
	levels: CountedColumns,
	read: FactEntries,
	pairOfAbout: Uint32Array,
	figures: FactEntries
): Generator<void, { derived: DerivedFigure[]; entries: FactEntries }> {
	if (levels.values.length === 0) return { derived: [], entries: figures };
	const rankOfRow = new Map<number, number>();
	for (let i = 0; i < read.length; i++) rankOfRow.set(read.row[i] as number, read.rank[i] as number);
	const found: { derived: DerivedFigure; head: number; about: number; rank: number }[] = [];
	for (let head = 0; head < HEADS; head++) {
		const [start, end] = [levels.headStarts[head] as number, levels.headStarts[head + 1] as number];
		if (start === end || !isAdditive(metricOfHead(head))) continue;
		const before = new Map<number, number>();
		for (let entry = start; entry < end; entry++) {
			const about = levels.about[entry] as number;
			const earlier = before.get(about);
			before.set(about, entry);
			if (entry % ENTRIES_PER_TURN === 0) yield;
			if (earlier === undefined) continue;
			const value = (levels.values[entry] as number) - (levels.values[earlier] as number);
			if (value < 0) continue;
			const row = levels.row[entry] as number;
			const isEstimate = ((levels.flags[entry]! | levels.flags[earlier]!) & ESTIMATE) !== 0;
			const from = (levels.from[earlier] as number) + 1;
			const to = levels.from[entry] as number;
			const derived = { row, from, to, value, isEstimate, counts: false };
			found.push({ derived, head, about, rank: rankOfRow.get(row)! });
		}
	}
	found.sort((a, b) => a.derived.row - b.derived.row);
	const entries = emptyEntries(found.length + figures.length);
	found.forEach(({ derived, head, about, rank }, i) => {
		entries.head[i] = head;
		entries.from[i] = derived.from;
		entries.to[i] = derived.to;
		entries.pair[i] = pairOfAbout[about] as number;
		entries.values[i] = derived.value;
		entries.flags[i] = derived.isEstimate ? ESTIMATE : 0;
		entries.row[i] = -1 - i;
		entries.rank[i] = rank;
	});
	for (const column of ['head', 'from', 'to', 'pair', 'values', 'flags', 'row', 'rank'] as const) {
		entries[column].set(figures[column], found.length);
	}
	return { derived: found.map(({ derived }) => derived), entries };
}
