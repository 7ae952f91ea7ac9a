import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../../src/lib/columns/fact-columns';
import { readOverviewExport } from '../../../../src/lib/import/formats/overview-export';
import type { FactBatch } from '../../../../src/lib/model/reported';
import { answerWith } from '../../../support/reported-answer';
import { reportedFile } from '../../../support/reported-file';
import { withDayCounts } from '../../../support/day-count';
import { openFilter, openQuery } from '../../../support/memory-workspace';

const batches = ['overview-impressions.csv', 'overview-saves.csv'].map((file, i): FactBatch => {
	const { facts, covered } = readOverviewExport(reportedFile(file));
	return {
		batchId: i + 1,
		file,
		format: 'overview_export',
		exportedAt: i,
		profile: '',
		facts: [...factsOf(facts)],
		covered
	};
});
const filter = openFilter({ from: '2026-05-22', to: '2026-05-28' });

describe('two exports of one range, one per metric', () => {
	const { topPins, topBoards, overall, totals } = answerWith(batches, openQuery({ filter, grain: 'day' }));

	it('join into one picture', () => {
		expect(totals.impressions).toMatchObject({
			value: 8142,
			missing: [{ from: '2026-05-28', to: '2026-05-28' }],
			estimated: [{ from: '2026-05-27', to: '2026-05-27' }]
		});
		expect(withDayCounts(totals.saves)).toMatchObject({ value: 227, daysMissing: 1 });
		expect(withDayCounts(totals.engagements)).toMatchObject({ value: null, daysMissing: 7 });
		expect(totals.save_rate.value).toBeCloseTo(227 / 8142, 12);
		expect(totals.closeups.value).toBeNull();
	});

	it('leave a gap where a cell is blank, and mark the last two days as estimates', () => {
		expect(overall.impressions).toEqual({
			values: [1204, 1377, 998, 1502, 1611, 1450, null],
			isEstimate: [false, false, false, false, false, true, false]
		});
	});

	it('list Pins with what each export knows', () => {
		expect(topPins.total).toBe(3);
		expect(topPins.rows.map(({ pinId, figures }) => [pinId, figures.impressions, figures.saves])).toEqual([
			['1091700765947216952', 1353, 39],
			['1091700765947299104', 864, 44],
			['1091700765950012345', 412, null]
		]);
	});

	it('list boards once', () => {
		expect(
			topBoards.rows.map(({ board, figures }) => [board, figures.impressions, figures.engagements])
		).toEqual([
			['example/shelves', 3100, 240],
			['example/_products', 1100, 80]
		]);
	});

	it('keep rows to their own content type and source', () => {
		const paid = openQuery({ filter: openFilter({ ...filter, values: { content_type: ['paid'] } }) });
		const answer = answerWith(batches, paid);
		expect(answer.topPins.rows.map(({ pinId }) => pinId)).toEqual(['1091700765950012345']);
		expect(answer.totals.impressions).toMatchObject({
			value: null,
			daysLeftOut: 6,
			instead: [{ filters: {}, days: 6 }]
		});
	});
});
