import { metricValue, type MetricId } from '../../src/lib/model/metric';
import type { Query } from '../../src/lib/model/query';
import { openFilter, openQuery, type MemoryWorkspace } from '../support/memory-workspace';
import type { Expected, ExpectedView } from './expected';

/** What the pages have to show, worked out by the local engine. */

const RANGE = { from: '2024-10-20', to: '2024-11-10', tz: 'Europe/Stockholm' };
const SEARCH = `?${new URLSearchParams(RANGE)}`;
const TILES: readonly MetricId[] = ['impressions', 'total_audience', 'engagements', 'engaged_audience'];

/** @param url of the host that the pages will ask */
export async function expectedViews(url: string, workspace: MemoryWorkspace): Promise<Expected> {
	const query = openQuery({ filter: openFilter(RANGE), grain: 'day' });
	const mobile = openQuery({
		filter: openFilter({ ...RANGE, values: { device: ['mobile'] } }),
		grain: 'day'
	});
	const best = (await workspace.answer(query)).topPins.rows[0]!;
	const pin = { ...query, subject: { kind: 'pin' as const, name: best.pinId } };
	const csv = async (kind: 'daily' | 'pins' | 'boards') =>
		new TextDecoder('utf-8', { ignoreBOM: true }).decode(await workspace.exportCsv(kind, query));
	return {
		url,
		events: workspace.segments.reduce((sum, { times }) => sum + times.length, 0),
		overview: { search: SEARCH, ...(await shown(workspace, query)) },
		mobile: { search: `${SEARCH}&device=mobile`, ...(await shown(workspace, mobile)) },
		pin: {
			search: `${SEARCH}&${new URLSearchParams({ id: best.pinId })}`,
			title: best.title,
			...(await shown(workspace, pin))
		},
		exports: { 'Daily figures': await csv('daily'), Pins: await csv('pins'), Boards: await csv('boards') }
	};
}

async function shown(workspace: MemoryWorkspace, query: Query): Promise<Omit<ExpectedView, 'search'>> {
	const { totals, topPins } = await workspace.answer(query);
	return {
		tiles: Object.fromEntries(TILES.map((id) => [id, metricValue(id, totals)])),
		pins: topPins.rows.map(({ pinId }) => pinId)
	};
}
