import { expect, it } from 'vitest';
import { readInsights } from '../../../src/lib/import/insights/insights';
import { sampleInsights } from '../../../src/lib/import/sample-insights';

it('is read as two snapshots of one audience and one of another, with every section', () => {
	const { insights, rejected } = readInsights(sampleInsights('2026-11-20'));
	expect(rejected).toBe(0);
	expect(insights.map(({ audience, day }) => [audience, day])).toEqual([
		['total', '2026-10-20'],
		['total', '2026-11-20'],
		['engaged', '2026-11-20']
	]);
	const sums = new Map<string, number>();
	for (const { section, share, category } of insights[1]?.rows ?? []) {
		expect(share).toBeGreaterThan(0);
		expect(share).toBeLessThan(1);
		if (category === '') sums.set(section, (sums.get(section) ?? 0) + share);
	}
	for (const section of ['age', 'gender', 'country']) expect(sums.get(section), section).toBeCloseTo(1, 2);
	expect(sums.get('device')).toBeGreaterThan(1);
	expect([...sums.keys()].sort()).toEqual(['age', 'country', 'device', 'gender', 'interest', 'metro']);
});
