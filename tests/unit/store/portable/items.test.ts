import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Label } from '../../../../src/lib/model/own-words';
import type { StoredOwn } from '../../../../src/lib/store/database';
import { joinItems, type PortableItem } from '../../../../src/lib/store/portable/items';

/** Versions of one label as copies of a workspace have them: no part of it changed after the label did. */
const label = fc
	.record({
		changedAt: fc.integer({ min: 2, max: 9 }),
		name: fc.constantFrom('a', 'b'),
		deletedAt: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
		isDeleted: fc.boolean(),
		files: fc.dictionary(
			fc.constantFrom('f', 'g', 'h'),
			fc.record({ at: fc.integer({ min: 1, max: 9 }), pinIds: fc.subarray(['p', 'q']) })
		)
	})
	.map(({ changedAt, name, deletedAt, isDeleted, files }): PortableItem => {
		if (isDeleted) return { of: 'labels', item: { id: 'l', changedAt, isDeleted: true } };
		const deletion = deletedAt !== undefined && deletedAt < changedAt ? { deletedAt } : {};
		const ofFiles = Object.entries(files).flatMap(([fingerprint, { at, pinIds }]) =>
			at <= changedAt && at > (deletion.deletedAt ?? -1) ? [{ fingerprint, pinIds, changedAt: at }] : []
		);
		const rule = { words: '', createdFrom: null, createdTo: null };
		const item: Label = { id: 'l', changedAt, name, ...rule, pinIds: [], ofFiles, ...deletion };
		return { of: 'labels', item: item as StoredOwn<Label> & Label };
	});

it('joins versions of a label to the same, in any order and however often', () => {
	fc.assert(
		fc.property(label, label, label, (a, b, c) => {
			const once = joinItems(a, b);
			expect(joinItems(b, a)).toEqual(once);
			expect(joinItems(once, a)).toEqual(once);
			expect(joinItems(joinItems(a, b), c)).toEqual(joinItems(a, joinItems(b, c)));
		}),
		{ seed: 20261130, numRuns: 1_000 }
	);
});
