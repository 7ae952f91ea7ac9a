import { describe, expect, it } from 'vitest';
import { LabelIndex } from '../../../../src/lib/columns/label-index';
import { isEngagement } from '../../../../src/lib/model/figures';
import { kindOf } from '../../../../src/lib/columns/combination';
import { labelsOfPins } from '../../../../src/lib/engine/changes/label-amounts';
import { peopleOfGroups } from '../../../../src/lib/engine/changes/people-of-groups';
import { groupFigures } from '../../../../src/lib/engine/group-figures';
import { inventFile } from '../../../support/invented-file';
import { inventLabels } from '../../../support/invented-labels';
import { MemoryWorkspace } from '../../../support/memory-workspace';

const RANGE = { fromMs: Date.UTC(2024, 3, 1), toMs: Date.UTC(2024, 4, 15) };

describe('peopleOfGroups', () => {
	it.each(['total_audience', 'engaged_audience'] as const)(
		'counts in one pass what exports count group by group: %s',
		async (audience) => {
			const workspace = new MemoryWorkspace();
			await workspace.import(
				inventFile({ rows: 4_000, seed: 5, from: '2024-03-25', to: '2024-05-20', order: 'none' })
			);
			const catalogue = workspace.catalogue();
			const { segments } = workspace;
			const { boards, links, pinCount } = catalogue;
			const passes = (code: number) => audience === 'total_audience' || isEngagement(kindOf(code));
			const groupings = [boards, links].map(({ names, ofPin }) => ({ count: names.length, ofPin }));
			const index = new LabelIndex(inventLabels(catalogue), catalogue);
			const labels = labelsOfPins(index)!;
			const found = await peopleOfGroups(() => {}, segments, RANGE, passes, catalogue, groupings, labels);
			const expected = async (count: number, ofPin: (pin: number) => number) => {
				const everything = { misses: () => 0 };
				const groups = { count, ofPin };
				const { figures } = await groupFigures(() => {}, segments, RANGE, everything, catalogue, groups);
				return figures[audience];
			};
			expect(found.pins).toEqual(await expected(pinCount, (pin) => pin));
			expect(found.groups).toEqual([
				await expected(boards.names.length, (pin) => boards.ofPin[pin]!),
				await expected(links.names.length, (pin) => links.ofPin[pin]!)
			]);
			for (const [label, name] of labels.names.entries()) {
				if (label === 0) continue;
				const bears = index.mask([name]);
				const [without, bearing] = await expected(2, (pin) => bears[pin]!);
				expect([name, found.labels![label]]).toEqual([name, bearing]);
				expect(without).toBeGreaterThan(0);
			}
			expect(Math.max(...found.pins)).toBeGreaterThan(1);
		}
	);
});
