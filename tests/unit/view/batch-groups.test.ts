import { describe, expect, it } from 'vitest';
import type { BatchSummary } from '../../../src/lib/model/import-report';
import { batchGroups } from '../../../src/lib/view/batch-groups';

const START = Date.UTC(2026, 10, 24, 9);

function batch(id: number, seconds: number, some: Partial<BatchSummary> = {}): BatchSummary {
	return {
		...{ id, file: `${id}.csv`, importedAt: START + seconds * 1_000, isSample: false },
		...{ accepted: 10, rejected: 1, firstMs: null, lastMs: null, report: null },
		...{ leftOut: 0, replaced: 0, sameDays: 'add', fileBytes: 1_000, storedBytes: 100 },
		...some
	} as BatchSummary;
}

const idsOf = (batches: readonly BatchSummary[]) =>
	batchGroups(batches).map((group) => group.batches.map(({ id }) => id));

describe('batches', () => {
	it('that follow each other within seconds are one group, the newest first', () => {
		expect(idsOf([batch(1, 0), batch(2, 1), batch(3, 5), batch(4, 60), batch(5, 61)])).toEqual([
			[5, 4],
			[3, 2, 1]
		]);
	});

	it('stay together where a large file took its time', () => {
		expect(idsOf([batch(1, 0, { fileBytes: 100_000_000 }), batch(2, 25)])).toEqual([[2, 1]]);
		expect(idsOf([batch(1, 0), batch(2, 25)])).toEqual([[2], [1]]);
	});

	it('are added up', () => {
		expect(batchGroups([batch(1, 0), batch(2, 1)])).toMatchObject([
			{ accepted: 20, rejected: 2, fileBytes: 2_000, storedBytes: 200, importedAt: START + 1_000 }
		]);
	});

	it('of the sample are on their own', () => {
		expect(idsOf([batch(1, 0), batch(2, 1, { isSample: true })])).toEqual([[2], [1]]);
	});

	it('are each in one group, however they are ordered', () => {
		const all = [batch(3, 9), batch(1, 0), batch(2, 0)];
		expect(idsOf(all)).toEqual([[3], [2, 1]]);
		expect(batchGroups([])).toEqual([]);
	});
});
