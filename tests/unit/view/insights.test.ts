import { describe, expect, it } from 'vitest';
import { COUNTS, emptyFigureColumns, FIGURE_IDS, type Figures } from '../../../src/lib/model/figures';
import { TOP_METRICS } from '../../../src/lib/model/metric';
import { NO_ROWS, type Answer, type TopFigures } from '../../../src/lib/model/answer';
import { answerOfEvents } from '../../../src/lib/model/event-answer';
import { WEEK_HOURS, type HourFigures } from '../../../src/lib/model/query';
import { DEFAULT_VIEW } from '../../../src/lib/view/address';
import { hourInsight, linkInsight, mobileInsight } from '../../../src/lib/view/insights';

const totals = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as unknown as Figures;
const none = Object.fromEntries(TOP_METRICS.map((id) => [id, 0])) as unknown as TopFigures;

function answer(mobile: number, desktop: number, linkClicks = 0): Answer {
	const counted = {
		isWhole: true,
		hasPeople: true,
		damaged: [],
		totals: { ...totals, link_clicks: linkClicks },
		buckets: [],
		overall: emptyFigureColumns(0),
		series: [],
		shares: {
			content_type: [],
			source: [],
			device: [
				{ value: 'mobile', impressions: mobile },
				{ value: 'desktop', impressions: desktop }
			],
			account: [],
			format: []
		},
		topPins: NO_ROWS,
		topBoards: NO_ROWS,
		topLinks: NO_ROWS
	};
	return answerOfEvents(counted, 1);
}

const link = (name: string, clicks: number) => ({
	link: name,
	pins: 1,
	figures: { ...none, link_clicks: clicks },
	estimates: []
});

function hours(some: Partial<Record<keyof HourFigures, Readonly<Record<number, number>>>>): HourFigures {
	return Object.fromEntries(
		COUNTS.map((count) => [
			count,
			Float64Array.from({ length: WEEK_HOURS }, (_, hour) => some[count]?.[hour] ?? 0)
		])
	) as HourFigures;
}

describe('insights', () => {
	it('tell the share of mobile, how it moved, and lead to it', () => {
		expect(mobileInsight(answer(70, 30), answer(64, 36), DEFAULT_VIEW)).toMatchObject({
			share: 0.7,
			points: 6,
			view: { values: { device: ['mobile'] } }
		});
		expect(mobileInsight(answer(70, 30), null, DEFAULT_VIEW)).toMatchObject({ points: null });
	});

	it('say nothing of mobile where it is all there is, or none', () => {
		for (const [mobile, desktop] of [
			[0, 0],
			[0, 5],
			[5, 0]
		] as const)
			expect(mobileInsight(answer(mobile, desktop), null, DEFAULT_VIEW)).toBe(null);
	});

	it('lead nowhere that is on screen already', () => {
		const view = { ...DEFAULT_VIEW, values: { ...DEFAULT_VIEW.values, device: ['mobile'] } };
		expect(mobileInsight(answer(70, 30), null, view)).toMatchObject({ view: null });
	});

	it('name the destination with most traffic, in whatever order the list is', () => {
		const links = [link('https://a.example', 2), link('https://b.example', 6)];
		expect(linkInsight(answer(1, 1, 10), links, DEFAULT_VIEW)).toMatchObject({
			link: 'https://b.example',
			linkClicks: 6,
			share: 0.6,
			view: { q: 'https://b.example', view: 'top-pins', sort: 'link_clicks' }
		});
		expect(linkInsight(answer(1, 1, 0), [link('https://a.example', 0)], DEFAULT_VIEW)).toBe(null);
	});

	it('name the best hour of the week by engagements, else by impressions', () => {
		const engaged = hours({ impressions: { 3: 99 }, saves: { 30: 2 }, closeups: { 30: 2, 31: 3 } });
		expect(hourInsight(engaged, DEFAULT_VIEW)).toMatchObject({
			basis: 'engagements',
			weekday: 1,
			hour: 6,
			view: { metric: 'engagements' }
		});
		expect(hourInsight(hours({ impressions: { 167: 1 } }), DEFAULT_VIEW)).toMatchObject({
			basis: 'impressions',
			weekday: 6,
			hour: 23
		});
		expect(hourInsight(hours({}), DEFAULT_VIEW)).toBe(null);
	});
});
