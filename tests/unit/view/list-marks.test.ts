import { describe, expect, it } from 'vitest';
import type { ListRow, TopFigures } from '../../../src/lib/model/answer';
import { TOP_METRICS, type SortMetric } from '../../../src/lib/model/metric';
import { listMarks } from '../../../src/lib/view/list-marks';

function row(figures: Partial<TopFigures>, estimates: readonly SortMetric[] = []): ListRow {
	const none = Object.fromEntries(TOP_METRICS.map((metric) => [metric, null])) as TopFigures;
	return { figures: { ...none, ...figures }, estimates };
}

const METRICS = ['impressions', 'saves', 'closeups'] as const;

describe('the marks of a list', () => {
	it('tell gaps of some rows from metrics that no row has', () => {
		const rows = [row({ impressions: 5, saves: 0 }), row({ impressions: 3 })];
		expect(listMarks(rows, METRICS)).toEqual({ hasEstimates: false, hasGaps: true, missing: ['closeups'] });
	});

	it('are none of a list that has every figure', () => {
		expect(listMarks([row({ impressions: 1, saves: 0, closeups: 0 })], METRICS)).toEqual({
			hasEstimates: false,
			hasGaps: false,
			missing: []
		});
	});

	it('are none of an empty list', () => {
		expect(listMarks([], METRICS)).toEqual({ hasEstimates: false, hasGaps: false, missing: [] });
	});

	it('count estimates of the metrics that are shown', () => {
		const rows = [row({ impressions: 1, saves: 1, closeups: 1, link_clicks: 1 }, ['link_clicks'])];
		expect(listMarks(rows, METRICS).hasEstimates).toBe(false);
		expect(listMarks(rows, ['link_clicks']).hasEstimates).toBe(true);
	});

	it('leave out rates, which have no value of nothing', () => {
		const rows = [row({ impressions: 0 }), row({ impressions: 1, link_click_rate: 0 })];
		expect(listMarks(rows, ['impressions', 'link_click_rate']).hasGaps).toBe(false);
	});
});
