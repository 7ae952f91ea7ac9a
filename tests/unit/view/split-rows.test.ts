import { describe, expect, it } from 'vitest';
import { emptyFigureColumns } from '../../../src/lib/model/figures';
import { PLAIN_TOTAL, type Answer } from '../../../src/lib/model/answer';
import { seriesOfFigures } from '../../../src/lib/model/event-answer';
import { inSplitOrder, rowsThere, splitRows, type SplitRow } from '../../../src/lib/view/split-rows';

const totals = (impressions: number) => ({ impressions: { ...PLAIN_TOTAL, value: impressions } });

describe('the rows of a split', () => {
	const columns = emptyFigureColumns(2);
	columns.impressions.set([3, 4]);
	columns.saves.set([1, 0]);
	columns.total_audience.set([2, 2]);
	const rest = emptyFigureColumns(2);
	rest.impressions.set([0, 1]);
	const answer = {
		totals: totals(8),
		series: [
			{ value: 'mobile', isRest: false, byMetric: seriesOfFigures(columns) },
			{ value: null, isRest: true, byMetric: seriesOfFigures(rest) }
		]
	} as unknown as Answer;

	it('add counts up over the range', () => {
		const [mobile, others] = splitRows(answer);
		expect(mobile?.value).toBe('mobile');
		expect(mobile?.figures).toEqual({ impressions: 7, engagements: 1, link_clicks: 0 });
		expect(mobile?.share).toBe(7 / 8);
		expect(others).toMatchObject({ value: null, share: 1 / 8 });
	});

	it('have no share of nothing', () => {
		expect(splitRows({ ...answer, totals: totals(0) } as Answer)[0]?.share).toBeNull();
	});

	it('add up what is known, and have no figure where nothing is', () => {
		const values = (...known: (number | null)[]) => ({ values: known, isEstimate: null });
		const [desktop] = splitRows({
			totals: totals(8),
			series: [
				{
					value: 'desktop',
					isRest: false,
					byMetric: {
						impressions: values(null, 2),
						engagements: values(null, null),
						link_clicks: values(0, null)
					}
				}
			]
		} as unknown as Answer);
		expect(desktop).toEqual({
			value: 'desktop',
			figures: { impressions: 2, engagements: null, link_clicks: 0 },
			// The values make up 2 of 8: parts of another whole are no shares.
			share: null,
			before: null,
			presence: 'both'
		});
	});
});

describe('the rows of a split beside other days', () => {
	const whole = (...values: (readonly [string | null, number])[]) => {
		const sum = values.reduce((sum, [, n]) => sum + n, 0);
		const none = { ...PLAIN_TOTAL, value: 0 };
		return {
			reportedDays: 0,
			totals: { ...totals(sum), engagements: none, link_clicks: none },
			series: values.map(([value, impressions]) => {
				const figures = emptyFigureColumns(1);
				figures.impressions.set([impressions]);
				return { value, isRest: value === null, byMetric: seriesOfFigures(figures) };
			})
		} as unknown as Answer;
	};
	const course = (rows: readonly SplitRow[]) =>
		rows.map(({ value, figures, before, presence }) => [
			value,
			before?.impressions,
			figures.impressions,
			presence
		]);
	const rows = splitRows(
		whole(['mobile', 50], ['desktop', 40], ['tablet', 5]),
		whole(['desktop', 60], ['mobile', 20], ['unknown', 3])
	);

	it('tell what each value was, which is new and which is gone', () => {
		expect(course(rows)).toEqual([
			['mobile', 20, 50, 'both'],
			['desktop', 60, 40, 'both'],
			['tablet', 0, 5, 'new'],
			['unknown', 3, 0, 'gone']
		]);
	});

	it('stand in the order of their gain or loss', () => {
		const order = (order: 'value' | 'gain' | 'loss') => inSplitOrder(rows, order).map(({ value }) => value);
		expect(order('value')).toEqual(['mobile', 'desktop', 'tablet', 'unknown']);
		expect(order('gain')).toEqual(['mobile', 'tablet', 'unknown', 'desktop']);
		expect(order('loss')).toEqual(['desktop', 'unknown', 'tablet', 'mobile']);
	});

	it('have nothing before where values make up another whole, or the rest held other values', () => {
		const short = { ...whole(['mobile', 20]), totals: totals(30) } as unknown as Answer;
		const [mobile] = splitRows(
			{ ...whole(['mobile', 50]), reportedDays: 1 } as Answer,
			{
				...short,
				totals: { ...short.totals, engagements: PLAIN_TOTAL, link_clicks: PLAIN_TOTAL }
			} as Answer
		);
		expect(mobile).toMatchObject({ before: null, presence: 'both' });
		const [, rest] = splitRows(whole(['mobile', 50], [null, 9]), whole(['desktop', 20], [null, 4]));
		expect(rest).toMatchObject({ value: null, before: null, presence: 'both' });
	});
});

describe('the rows of a split that has few figures', () => {
	it('are those with any', () => {
		const row = (value: string, saves: number | null) => ({
			value,
			figures: { impressions: null, engagements: null, link_clicks: saves },
			share: null,
			before: null,
			presence: 'both' as const
		});
		expect(rowsThere([row('mobile', 0), row('tablet', null)]).map(({ value }) => value)).toEqual(['mobile']);
	});
});
