import { describe, expect, it } from 'vitest';
import { METRIC_IDS } from '../../../src/lib/model/metric';
import { hasGoodSide } from '../../../src/lib/view/tile';

/** Whether a change has a good side. */

describe('a change', () => {
	it('has a good side but of what ads cost', () => {
		const without = METRIC_IDS.filter((metric) => !hasGoodSide(metric));
		expect(without).toEqual(['spend', 'cpm', 'cost_per_click', 'cost_per_checkout']);
	});
});
