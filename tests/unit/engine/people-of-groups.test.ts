import { describe, expect, it } from 'vitest';
import { AUDIENCES, isEngagement, type Audience } from '../../../src/lib/model/figures';
import { kindOf } from '../../../src/lib/columns/combination';
import { peopleOfGroups } from '../../../src/lib/engine/people-of-groups';
import { groupFigures } from '../../../src/lib/engine/group-figures';
import { inventFile } from '../../support/invented-file';
import { MemoryWorkspace } from '../../support/memory-workspace';

const RANGE = { fromMs: Date.UTC(2024, 3, 1), toMs: Date.UTC(2024, 4, 15) };

describe('peopleOfGroups', () => {
	it('counts both audiences in one pass as exports count them group by group', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(
			inventFile({ rows: 4_000, seed: 5, from: '2024-03-25', to: '2024-05-20', order: 'none' })
		);
		const catalogue = workspace.catalogue();
		const { segments } = workspace;
		const { boards, links, pinCount } = catalogue;
		const bits = (code: number) => (isEngagement(kindOf(code)) ? 3 : 1);
		const both = await peopleOfGroups(() => {}, segments, RANGE, bits, 2, catalogue, [boards, links]);
		const expected = async (audience: Audience, count: number, ofPin: (pin: number) => number) => {
			const everything = { misses: () => 0 };
			const groups = { count, ofPin };
			const { figures } = await groupFigures(() => {}, segments, RANGE, everything, catalogue, groups);
			return figures[audience];
		};
		for (const [i, audience] of AUDIENCES.entries()) {
			const { pins, groups } = both[i]!;
			expect(pins).toEqual(await expected(audience, pinCount, (pin) => pin));
			expect(groups).toEqual([
				await expected(audience, boards.names.length, (pin) => boards.ofPin[pin]!),
				await expected(audience, links.names.length, (pin) => links.ofPin[pin]!)
			]);
			expect(Math.max(...pins)).toBeGreaterThan(1);
		}
		expect(both[0]!.pins).not.toEqual(both[1]!.pins);
	});
});
