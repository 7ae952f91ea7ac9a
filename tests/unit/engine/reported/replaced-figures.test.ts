import { describe, expect, it } from 'vitest';
import { replacedFigures } from '../../../../src/lib/engine/reported/replaced-figures';
import type { Fact, FactBatch } from '../../../../src/lib/model/reported';
import { batchesOf, blocksOf, fact, resolved } from '../../../support/reported-answer';

const DAYS = ['2026-09-01', '2026-09-02', '2026-09-03'];
const saves = (values: readonly number[], more: Partial<Fact> = {}) =>
	values.map((value, i) => fact(DAYS[i]!, 'saves', value, more));

function replacedBy(...imports: Fact[][]) {
	const batches = batchesOf(...imports);
	return replacedFigures(resolved(batches.slice(0, -1)), blocksOf(batches.at(-1) as FactBatch));
}

describe('the figures that an import replaces', () => {
	it('are told per file, where they differ', () => {
		expect(replacedBy(saves([1, 2, 3]), saves([1, 5, 6]))).toEqual([{ file: 'file 1', figures: 2 }]);
		expect(replacedBy(saves([1, 2, 3]), saves([1, 2, 3]))).toEqual([]);
		expect(replacedBy(saves([1]), saves([9, 8]).slice(1), saves([3, 4]))).toEqual([
			{ file: 'file 1', figures: 1 },
			{ file: 'file 2', figures: 1 }
		]);
	});

	it('are none of those that were replaced before, and none where the import is the older export', () => {
		expect(replacedBy(saves([1]), saves([2]), saves([3]))).toEqual([{ file: 'file 2', figures: 1 }]);
		const [first, second] = batchesOf(saves([1]), saves([2])) as [FactBatch, FactBatch];
		expect(replacedFigures(resolved([{ ...first, exportedAt: 9_999 }]), blocksOf(second))).toEqual([]);
	});

	it('are none of other subjects, filters, campaigns or named accounts', () => {
		const others: Partial<Fact>[] = [
			{ subject: { kind: 'pin', id: '11111' } },
			{ filters: { device: ['mobile'] } },
			{ ads: { campaign: { id: '7', name: '' } } },
			{ profile: 'Elm' }
		];
		for (const other of others) {
			expect(replacedBy(saves([1], { profile: 'Oak' }), saves([2], { profile: 'Oak', ...other }))).toEqual(
				[]
			);
		}
	});

	it('are those of an account without a name where there is one only', () => {
		expect(replacedBy(saves([1]), saves([2], { profile: 'Oak' }))).toHaveLength(1);
		expect(replacedBy(saves([1], { profile: 'Oak' }), saves([2]))).toHaveLength(1);
		const both = [...saves([1], { profile: 'Oak' }), ...saves([1], { profile: 'Elm' })];
		expect(replacedBy(both, saves([2]))).toEqual([]);
	});

	it('are those of a campaign by name where the import tells its id, and the other way round', () => {
		const named = (id: string, name: string) => ({ ads: { campaign: { id, name } } });
		expect(replacedBy(saves([1], named('', 'Spring')), saves([2], named('7', 'Spring')))).toHaveLength(1);
		expect(replacedBy(saves([1], named('7', 'Spring')), saves([2], named('', 'Spring')))).toHaveLength(1);
		expect(replacedBy(saves([1], named('7', 'Spring')), saves([2], named('8', 'Spring')))).toEqual([]);
	});
});
