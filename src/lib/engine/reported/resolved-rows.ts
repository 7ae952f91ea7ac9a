import { factAt, type FactColumns } from '../../columns/fact-columns';
import { dayFromNumber } from '../../model/calendar';
import type { Fact, FactSource } from '../../model/reported';
import type { CountedFacts } from './counted-facts';

/** A figure or level with where it is from. */
export interface ResolvedRow {
	readonly fact: Fact;
	readonly batchId: number;
	/** Whether no later export has the same one. */
	readonly counts: boolean;
	/** Whether it follows from two levels, of which the later is of the batch. */
	readonly isDerived: boolean;
}

/** Every fact of every batch in the order of import, and after those of a batch what follows from its levels. */
export function* resolvedRows({ batches, counts, derived }: CountedFacts): Generator<ResolvedRow> {
	let row = 0;
	let next = 0;
	for (const { batchId, profile, blocks } of batches) {
		const named = (fact: Fact): Fact => (fact.profile === '' && profile !== '' ? { ...fact, profile } : fact);
		const firstRow = row;
		for (const block of blocks) {
			for (let i = 0; i < block.values.length; i++, row++) {
				yield { fact: named(factAt(block, i)), batchId, counts: counts[row] === 1, isDerived: false };
			}
		}
		for (; next < derived.length && derived[next]!.row < row; next++) {
			const { row: later, from, to, value, isEstimate, counts } = derived[next]!;
			const level = factOfRow(blocks, later - firstRow);
			const days = { from: dayFromNumber(from), to: dayFromNumber(to) };
			const fact = named({ ...level, ...days, kind: 'figure', value, isEstimate });
			yield { fact, batchId, counts, isDerived: true };
		}
	}
}

/** The batch that a row is of. */
export function sourceOfRow({ batches, derived }: CountedFacts, row: number): FactSource {
	let left = row < 0 ? derived[-1 - row]!.row : row;
	for (const batch of batches) {
		const count = batch.blocks.reduce((sum, { values }) => sum + values.length, 0);
		if (left < count) return batch;
		left -= count;
	}
	throw new Error(`no batch has row ${row}`);
}

function factOfRow(blocks: readonly FactColumns[], row: number): Fact {
	for (const block of blocks) {
		if (row < block.values.length) return factAt(block, row);
		row -= block.values.length;
	}
	throw new Error('no such row');
}
