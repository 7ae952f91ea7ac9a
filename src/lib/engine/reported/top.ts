import type { FactMetric } from '../../model/fact-metric';
import { SORT_METRICS, TOP_METRICS, type SortMetric } from '../../model/metric';
import type { Answer, PinAttributes, Query, TopFigures } from '../../model/query';
import {
	filtersKey,
	type ReportedAlternative,
	type ReportedAnswer,
	type ReportedFilters
} from '../../model/reported';
import { compareText } from '../../model/text-order';
import { bestCover } from './cover';
import type { FactsInForce } from './facts-in-force';
import { answered, questionOf, type Question, type Reported } from './question';

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
	facts: FactsInForce
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
	facts: FactsInForce,
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
	facts: FactsInForce
): readonly ReportedAlternative[] {
	const found = new Map<string, { filters: ReportedFilters; days: number }>();
	for (const metric of SORT_METRICS) {
		for (const { span, bySubject } of facts.periods('pin', metric)) {
			if (span.from < filter.from || span.to > filter.to) continue;
			for (const entries of bySubject.values()) {
				for (const { fact } of entries)
					found.set(filtersKey(fact.filters), { filters: fact.filters, days: 0 });
			}
		}
	}
	return [...found.values()];
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
	facts: FactsInForce
): ReadonlyMap<string, Reported> {
	const known = [...facts.periods(kind, metric)].flatMap(({ span, bySubject }) => {
		const values = [...bySubject].flatMap(([id, entries]) => {
			const value = answered(entries, question);
			return value ? [[id, value] as const] : [];
		});
		return values.length > 0 ? [{ span, values }] : [];
	});
	const sums = new Map<string, Reported>();
	const chosen = bestCover(known, range);
	const isShare = /_rate$|^avg_/.test(metric);
	if (isShare && chosen.length > 1) return sums; // shares of several periods make none of the whole
	for (const { values } of chosen) {
		for (const [id, { value, isEstimate }] of values) {
			const before = sums.get(id);
			sums.set(id, {
				value: (before?.value ?? 0) + value,
				isEstimate: isEstimate || before?.isEstimate === true
			});
		}
	}
	return sums;
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
