import { describe, expect, it } from 'vitest';
import { FACT_BLOCK_VERSION, packFacts, unpackFacts } from '../../../src/lib/columns/fact-block';
import { fact } from '../../support/reported-answer';

describe('a block of facts', () => {
	const facts = [
		fact('2026-03-01', 'impressions', 12),
		fact('2026-03-01', 'save_rate', 0.125, { isEstimate: true }),
		fact('2026-03-01', 'saves', 3, {
			to: '2026-03-07',
			subject: { kind: 'pin', id: '1091700765947216952' },
			filters: { content_type: ['paid'], device: ['mobile', 'tablet'] },
			listedBy: ['content_type']
		}),
		fact('2026-03-01', 'saves', 4, { subject: { kind: 'board', id: 'example/shelves' } })
	];

	it('holds them as they were, through a copy too', () => {
		expect(unpackFacts(structuredClone(packFacts(facts)))).toEqual(facts);
		expect(unpackFacts(packFacts([]))).toEqual([]);
	});

	it('of another version is not read', () => {
		expect(unpackFacts({ ...packFacts(facts), version: FACT_BLOCK_VERSION + 1 })).toBeNull();
	});
});
