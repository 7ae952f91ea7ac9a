import { dayFromNumber } from '../../model/calendar';
import { isAdditive, type FactMetric } from '../../model/fact-metric';
import { SORT_METRICS, TOP_METRICS, type SortMetric } from '../../model/metric';
import type { Answer, PinAttributes, Query, TopFigures } from '../../model/query';
import type { ReportedAlternative, ReportedAnswer } from '../../model/reported';
import { compareText } from '../../model/text-order';
import { bestCover } from './cover';
import { Amounts, type Sum } from './amounts';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { questionOf, type Question, type Reported } from './question';
import { numberOfDay, type ResolvedFacts } from './resolved-facts';

/** Top lists from figures about periods, for ranges without any event: a platform lists its best Pins and boards so. */

/** A row of a top list that a platform reported. */
export interface ReportedRow {
	/** A Pin's id, or a board's address without the site. */
	readonly id: string;
	readonly figures: TopFigures;
	/** Metrics of which the figure is an estimate. */
	readonly estimates: readonly SortMetric[];
}

/** All rows of a list, best first: those without a value of the sort's metric last, ties by id. */
export function reportedRows(
	kind: 'pin' | 'board',
	{ filter, sort, withVideo }: Pick<Query, 'filter' | 'sort' | 'withVideo'>,
	facts: ResolvedFacts
): ReportedRow[] {
	const question = questionOf(filter.values);
	const columns = new Map<FactMetric, ReadonlyMap<string, Reported>>();
	const column = (metric: FactMetric) => {
		let values = columns.get(metric);
		if (!values) columns.set(metric, (values = columnOf(kind, metric, question, filter, facts)));
		return values;
	};
	const metrics = withVideo ? TOP_METRICS : SORT_METRICS;
	const cells = metrics.map((metric) => ({ metric, cell: cellsOf(metric, column) }));
	const ids = new Set(
		metrics.flatMap((metric) => SOURCES[metric].flatMap((source) => [...column(source).keys()]))
	);
	const rows = [...ids].map((id): ReportedRow => {
		const own = cells.map(({ metric, cell }) => ({ metric, found: cell(id) }));
		return {
			id,
			figures: {
				...NO_FIGURES,
				...Object.fromEntries(own.map(({ metric, found }) => [metric, found?.value ?? null]))
			},
			estimates: own.flatMap(({ metric, found }) => (found?.isEstimate === true ? [metric] : []))
		};
	});
	return rows.sort((a, b) => (b.figures[sort] ?? -1) - (a.figures[sort] ?? -1) || compareText(a.id, b.id));
}

/** What is known of a Pin besides; null where nothing is. */
export type AttributesOf = (pinId: string) => PinAttributes | null;

const NO_ATTRIBUTES: PinAttributes = {
	title: '',
	board: '',
	link: '',
	imageUrl: '',
	createdAt: '',
	format: ''
};

/** The rows of Pins as lists show them. */
export function pinRows(rows: readonly ReportedRow[], attributesOf: AttributesOf) {
	return rows.map(({ id, figures }) => ({ pinId: id, ...(attributesOf(id) ?? NO_ATTRIBUTES), figures }));
}

/** An answer over a range without events, with the lists that reports make. */
export function withReportedLists(
	answer: Answer & { readonly reported: ReportedAnswer },
	query: Query,
	facts: ResolvedFacts,
	attributesOf: AttributesOf
): Answer {
	const pins = reportedRows('pin', query, facts);
	const boards = reportedRows('board', query, facts);
	const marked = [...pins, ...boards].filter(({ estimates }) => estimates.length > 0);
	return {
		...answer,
		topPins: { rows: pinRows(pins.slice(0, query.top), attributesOf), total: pins.length },
		topBoards: {
			rows: boards.slice(0, query.top).map(({ id, figures }) => ({ board: id, pins: 0, figures })),
			total: boards.length
		},
		reported: {
			...answer.reported,
			lists: {
				estimates: new Map(marked.map(({ id, estimates }) => [id, estimates])),
				instead: pins.length === 0 ? filtersOfRows(query, facts) : []
			}
		}
	};
}

/** The filters under which there would be rows. */
function filtersOfRows(
	{ filter }: Pick<Query, 'filter'>,
	facts: ResolvedFacts
): readonly ReportedAlternative[] {
	const numbers = new Set<number>();
	for (const metric of SORT_METRICS) {
		for (const { range } of facts.periods(metric, 'pin', numberOfDay(filter.from), numberOfDay(filter.to))) {
			for (let entry = range.start; entry < range.end; entry++)
				numbers.add(facts.termsAt(facts.figures, entry).filters);
		}
	}
	return [...numbers].map((number) => ({ filters: facts.identity.filters[number]!, days: 0 }));
}

const NO_FIGURES = Object.fromEntries(TOP_METRICS.map((metric) => [metric, null])) as TopFigures;

/** What a column of the list can be made of. */
const SOURCES: Readonly<Record<SortMetric, readonly FactMetric[]>> = {
	impressions: ['impressions'],
	engagements: ['engagements', 'saves', 'closeups', 'link_clicks'],
	saves: ['saves'],
	closeups: ['closeups'],
	link_clicks: ['link_clicks'],
	video_views: ['video_views'],
	avg_watch_seconds: ['watch_ms', 'video_plays', 'avg_watch_seconds'],
	total_watch_minutes: ['watch_ms'],
	views_10s: ['views_10s'],
	views_95: ['views_95'],
	link_click_rate: ['link_clicks', 'impressions', 'link_click_rate']
};

/** The sums of one metric over the periods that cover the range best, per Pin or board. */
function columnOf(
	kind: 'pin' | 'board',
	metric: FactMetric,
	question: Question,
	range: { readonly from: string; readonly to: string },
	facts: ResolvedFacts
): ReadonlyMap<string, Reported> {
	const amounts = new Amounts(facts);
	const inside = facts.periods(metric, kind, numberOfDay(range.from), numberOfDay(range.to));
	const known = [...inside].flatMap(({ from, to, range }) => {
		const values = new Map<number, Sum>();
		const asked = { metric, from, to, question, currency: UNKNOWN_CURRENCY };
		const span = { from: dayFromNumber(from), to: dayFromNumber(to) };
		return amounts.addEach(asked, range, values) ? [{ span, values }] : [];
	});
	const sums = new Map<number, Sum>();
	const chosen = bestCover(known, range);
	// Shares of several periods make none of the whole.
	if (!isAdditive(metric) && chosen.length > 1) return new Map();
	for (const { values } of chosen) {
		for (const [subject, { value, isEstimate }] of values) {
			const sum = sums.get(subject);
			if (!sum) sums.set(subject, { value, isEstimate });
			else {
				sum.value += value;
				sum.isEstimate ||= isEstimate;
			}
		}
	}
	return new Map([...sums].map(([subject, sum]) => [facts.identity.subjectIds[subject] as string, sum]));
}

type Column = (metric: FactMetric) => ReadonlyMap<string, Reported>;

/** What a metric of the list has for each Pin or board. */
function cellsOf(
	metric: SortMetric,
	column: Column
): (id: string) => { value: number; isEstimate: boolean } | null {
	const get = (source: FactMetric) => (id: string) => column(source).get(id) ?? null;
	if (metric === 'engagements') {
		const parts = (['saves', 'closeups', 'link_clicks'] as const).map(get);
		return (id) =>
			get('engagements')(id) ??
			combined(
				parts.map((part) => part(id)),
				(values) => values.reduce((a, b) => a + b)
			);
	}
	if (metric === 'total_watch_minutes')
		return (id) => combined([get('watch_ms')(id)], ([ms]) => (ms as number) / 60_000);
	if (metric !== 'avg_watch_seconds' && metric !== 'link_click_rate') return get(metric);
	const [part, whole] = SOURCES[metric].map(get);
	const unit = metric === 'avg_watch_seconds' ? 1_000 : 1;
	return (id) => {
		const parts = [part!(id), whole!(id)];
		if (parts.some((value) => value === null)) return get(metric)(id);
		return combined(parts, ([above, below]) =>
			below === 0 ? null : (above as number) / ((below as number) * unit)
		);
	};
}

function combined(
	parts: readonly (Reported | null)[],
	make: (values: number[]) => number | null
): { value: number; isEstimate: boolean } | null {
	const known = parts.filter((part) => part !== null);
	if (known.length < parts.length) return null;
	const value = make(known.map((part) => part.value));
	return value === null ? null : { value, isEstimate: known.some(({ isEstimate }) => isEstimate) };
}
