import { describe, expect, it } from 'vitest';
import { packFacts } from '../../../src/lib/columns/fact-block';
import { factColumns, factsOf } from '../../../src/lib/columns/fact-columns';
import { fact } from '../../support/reported-answer';

describe('blocks of facts', () => {
	const facts = [
		fact('2026-03-01', 'impressions', 12),
		fact('2026-03-01', 'save_rate', 0.125, { isEstimate: true }),
		fact('2026-03-01', 'saves', 3, {
			to: '2026-03-07',
			subject: { kind: 'pin', id: '1091700765947216952' },
			filters: { content_type: ['paid'], device: ['mobile', 'tablet'] },
			completeBreakdowns: ['content_type']
		}),
		fact('2026-03-01', 'saves', 4, { subject: { kind: 'board', id: 'example/shelves' } }),
		fact('2026-03-01', 'spend', 12_500_000, {
			ads: { campaign: { id: '626', name: 'Autumn' }, ad: { id: '', name: 'Oak' } },
			currency: 'EUR',
			profile: 'Oak and Linen'
		}),
		fact('2026-03-02', 'followers', 212, { kind: 'level' })
	];

	it('hold facts as they were, through a copy too', () => {
		const blocks = structuredClone(packFacts(factColumns(facts)));
		const held = blocks.flatMap((block) => [...factsOf(block)]);
		expect(held).toHaveLength(facts.length);
		expect(held).toEqual(expect.arrayContaining(facts));
		expect(packFacts(factColumns([]))).toEqual([]);
	});

	it('are each complete in themselves, however many there are', () => {
		const many = Array.from({ length: 70_000 }, (_, i) =>
			fact('2026-03-01', 'saves', i, { subject: { kind: 'pin', id: String(1_000_000 + i) } })
		);
		const blocks = packFacts(factColumns(many));
		expect(blocks.map(({ values }) => values.length)).toEqual([65_536, 4_464]);
		expect(blocks[1]!.scopes).toHaveLength(4_464);
		expect([...factsOf(blocks[1]!)].at(-1)).toEqual(many.at(-1));
	});
});
