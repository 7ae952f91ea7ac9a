import type { AdsTables } from './ads';
import type { Changes, UnusualDay } from './change';
import type {
	About,
	Answer,
	Bucket,
	Comparison,
	Lists,
	SeriesByMetric,
	Shares,
	Top,
	TopLink,
	Totals
} from './answer';
import { dimensionsOf, type Dimension, type OwnDimension } from './dimension';
import { withSameValues } from './event-comparison';
import type { Day } from './calendar';
import { EVENT_METRIC_IDS, type MetricId } from './metric';
import type { PeopleFigures } from './people';
import { NO_VALUES, type HourFigures, type Query } from './query';
import type { DaySpan } from './reported';

/**
 * All that a page needs, in one request: a query, and what of it. It is answered piece by piece, in the order in
 * which it was asked, so that the page can draw each as it comes.
 */
export interface PageRequest {
	readonly query: Query;
	/** The same question about the days that are compared with; null where there are none. */
	readonly compared: Query | null;
	readonly asks: readonly Ask[];
	/** The workspace's columns of one's own; not set where there are none. */
	readonly own?: readonly OwnDimension[];
	/** The metric that `changes` and `unusual` are about; not set where neither is asked. */
	readonly metric?: MetricId;
	/** All days that hold data, which `life` looks at; not set where it is not asked. */
	readonly allDays?: DaySpan;
}

/**
 * `figures`: the query's own without any list, beside the days that are compared with; people only where they are known
 * already. `answer`: the query's own, first and whole. `comparison`: the same for the days that are compared with.
 * `lists`: the lists of both ranges beside each other. `about`: what is known of the Pin or board besides. `whole`: totals
 * of everything under the same filters. `splits`: the totals of every value of every dimension. `pattern`: when in the
 * week things happen. `best_link`: the destination with most link clicks. `ads`: campaigns, ad groups, ads and their Pins,
 * beside the days that are compared with. `changes`: the change of a metric against the days that are compared
 * with, taken apart. `unusual`: the days whose figure of it is unusual. `people`: who is new and who comes back, beside the
 * days that are compared with. `life`: a Pin's figures of all days.
 */
export type Ask =
	| 'figures'
	| 'answer'
	| 'comparison'
	| 'lists'
	| 'about'
	| 'whole'
	| 'splits'
	| 'pattern'
	| 'best_link'
	| 'ads'
	| 'changes'
	| 'unusual'
	| 'people'
	| 'life';

export type Piece =
	| { readonly ask: 'figures'; readonly figures: PageFigures }
	| {
			readonly ask: 'answer';
			readonly answer: Answer;
			/** Where it is known with the answer, it stands here alone, so that both are drawn at once; null where it is not. */
			readonly comparison: Comparison | null;
	  }
	| { readonly ask: 'comparison'; readonly comparison: Comparison }
	| { readonly ask: 'lists'; readonly lists: Lists | null }
	| { readonly ask: 'about'; readonly about: About }
	| { readonly ask: 'whole'; readonly totals: Totals }
	| {
			readonly ask: 'splits';
			readonly dimension: Dimension;
			readonly answer: Answer;
			/** Of the days that are compared with; null where nothing is. */
			readonly before: Answer | null;
	  }
	| { readonly ask: 'pattern'; readonly pattern: Pattern; readonly before: Pattern | null }
	| { readonly ask: 'best_link'; readonly links: Top<TopLink> }
	| { readonly ask: 'ads'; readonly ads: AdsTables }
	| { readonly ask: 'changes'; readonly changes: Changes }
	| { readonly ask: 'unusual'; readonly metric: MetricId; readonly days: readonly UnusualDay[] }
	| { readonly ask: 'people'; readonly people: PeopleFigures }
	| { readonly ask: 'life'; readonly life: AllDays };

/** The figures of all days that hold data, under a query's other filters. */
export interface AllDays {
	readonly query: Query;
	/** By day, without lists or people. */
	readonly answer: Answer;
	/** The first day with any figure under no filter; null where there is none, and where reports may have only some days. */
	readonly firstDay: Day | null;
}

/** The first answer to a query, and what it is compared with, if anything. */
export interface PageFigures {
	readonly answer: Answer;
	readonly comparison: Comparison | null;
}

/** When in the week things happen: by hour where events say it, by day where reports have no hours. */
export type Pattern =
	| { readonly kind: 'hours'; readonly hours: HourFigures }
	| { readonly kind: 'days'; readonly buckets: readonly Bucket[]; readonly byMetric: SeriesByMetric };

/** A question about the days that are compared with, which may be worked out beside the query's own. */
export interface AskedNext {
	readonly query: Query;
	/** Whether the lists of both are wanted. */
	readonly withLists: boolean;
}

/** What answers the parts of a request, wherever the data are. */
export interface PageEngine {
	figures(query: Query, compared: Query | null): Promise<PageFigures>;
	/**
	 * @param compared what is asked about the days that are compared with next; null where nothing is
	 * @param onFirst gets the first answer, where it is known before the whole; the comparison too, where that is final
	 */
	answer(query: Query, compared?: AskedNext | null, onFirst?: (first: PageFigures) => void): Promise<Answer>;
	/** @param answer the query's own */
	compare(query: Query, compared: Query, answer: () => Promise<Answer>): Promise<Comparison>;
	/** The lists of both; null where they cannot be had, so that the answer's own stand alone. */
	lists(query: Query, compared: Query): Promise<Lists | null>;
	about(query: Query): Promise<About>;
	hours(query: Query): Promise<HourFigures>;
	/** The shares of columns of one's own, as the page lists them beside an answer. */
	ownShares(query: Query, answer: Answer): Promise<Partial<Shares>>;
	ads(query: Query, compared: Query | null): Promise<AdsTables>;
	/** Null where it is not answered at all. */
	changes(query: Query, compared: Query, metric: MetricId): Promise<Changes | null>;
	unusual(query: Query, metric: MetricId): Promise<readonly UnusualDay[]>;
	/** Null where it is not answered at all. */
	people(query: Query, compared: Query | null): Promise<PeopleFigures | null>;
}

/** Answers a request piece by piece. */
export async function answerRequest(
	engine: PageEngine,
	{ query, compared, asks, metric = 'impressions', own, allDays }: PageRequest,
	tell: (piece: Piece) => void
): Promise<void> {
	let answer: Answer | null = null;
	let isCompared = false;
	const askedNext =
		compared && asks.includes('comparison') ? { query: compared, withLists: asks.includes('lists') } : null;
	const whole = async () => (answer ??= await engine.answer(query));
	for (const ask of asks) {
		switch (ask) {
			case 'figures':
				tell({ ask, figures: await engine.figures(query, compared) });
				break;
			case 'answer':
				answer = await engine.answer(query, askedNext, (first) => {
					tell({ ask, ...first });
					isCompared = first.comparison !== null;
				});
				tell({ ask, answer, comparison: null });
				if (own) {
					const shares = { ...answer.shares, ...(await engine.ownShares(query, answer)) } as Shares;
					tell({ ask, answer: (answer = { ...answer, shares }), comparison: null });
				}
				break;
			case 'comparison':
				if (compared && !isCompared) tell({ ask, comparison: await engine.compare(query, compared, whole) });
				break;
			case 'lists':
				if (compared) tell({ ask, lists: await engine.lists(query, compared) });
				break;
			case 'about':
				tell({ ask, about: await engine.about(query) });
				break;
			case 'whole':
				tell({ ask, totals: (await engine.answer(wholeQuery(query))).totals });
				break;
			case 'splits':
				for (const dimension of dimensionsOf(own)) {
					const own = await engine.answer(splitQuery(query, dimension));
					const then = compared && withSameValues(splitQuery(compared, dimension), own);
					tell({ ask, dimension, answer: own, before: then && (await engine.answer(then)) });
				}
				break;
			case 'pattern':
				tell({
					ask,
					pattern: await patternOf(engine, query, await whole()),
					before: compared && (await patternBefore(engine, compared))
				});
				break;
			case 'best_link':
				tell({ ask, links: await bestLink(engine, query, await whole()) });
				break;
			case 'ads':
				tell({ ask, ads: await engine.ads(query, compared) });
				break;
			case 'changes': {
				const changes = compared && (await engine.changes(query, compared, metric));
				if (changes) tell({ ask, changes });
				break;
			}
			case 'unusual':
				tell({ ask, metric, days: await engine.unusual(query, metric) });
				break;
			case 'people': {
				const people = await engine.people(query, compared);
				if (people) tell({ ask, people });
				break;
			}
			case 'life':
				if (allDays) tell({ ask, life: await allDaysOf(engine, query, allDays) });
				break;
		}
	}
}

/** The question about all days that a query's life is computed from: the same for every range and step. */
export function allDaysQuery(query: Query, { from, to }: DaySpan): Query {
	return { ...query, filter: { ...query.filter, from, to }, grain: 'day', split: null, top: 0 };
}

async function allDaysOf(engine: PageEngine, query: Query, allDays: DaySpan): Promise<AllDays> {
	const all = allDaysQuery(query, allDays);
	const { answer } = await engine.figures(all, null);
	const open: Query = { ...all, filter: { ...all.filter, values: NO_VALUES } };
	const whole =
		JSON.stringify(open) === JSON.stringify(all) ? answer : (await engine.figures(open, null)).answer;
	const isFirst = (_: Bucket, at: number) =>
		EVENT_METRIC_IDS.some((metric) => (whole.overall[metric].values[at] ?? 0) > 0);
	const first = whole.reportedDays > 0 ? undefined : whole.buckets.find(isFirst);
	return { query: all, answer, firstDay: first?.day ?? null };
}

/** The same question about everything that passes the filters. */
function wholeQuery(query: Query): Query {
	return { ...query, subject: null, grain: 'month', split: null, top: 0 };
}

/** The same question, for the figures of each value of a dimension. */
function splitQuery(query: Query, split: Dimension): Query {
	return { ...query, grain: 'month', split, top: 0 };
}

async function patternOf(engine: PageEngine, query: Query, answer: Answer): Promise<Pattern> {
	if (answer.reportedDays === 0) return { kind: 'hours', hours: await engine.hours(query) };
	// The whole is the same under any split.
	const byDay =
		query.grain === 'day' ? answer : await engine.answer({ ...query, grain: 'day', split: null, top: 0 });
	return { kind: 'days', buckets: byDay.buckets, byMetric: byDay.overall };
}

/** The pattern of the days that are compared with. */
async function patternBefore(engine: PageEngine, compared: Query): Promise<Pattern> {
	const byDay = { ...compared, grain: 'day', split: null, top: 0 } as const;
	return patternOf(engine, byDay, (await engine.figures(byDay, null)).answer);
}

async function bestLink(engine: PageEngine, query: Query, { topLinks }: Answer): Promise<Top<TopLink>> {
	// The best by another figure need not be among those that are listed.
	if (query.sort === 'link_clicks' || topLinks.total <= topLinks.rows.length) return topLinks;
	return (await engine.answer({ ...query, sort: 'link_clicks', top: 1 })).topLinks;
}
