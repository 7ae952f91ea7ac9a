import { answerFigures, answerOwnShares, answerQuery, type EngineData } from '../../engine/answer';
import { countDays } from '../../engine/daily';
import type { Pace } from '../../engine/pace';
import { PinList } from '../../engine/pin-list';
import type { Plan } from '../../engine/plan';
import { NOTHING_REPORTED, compareTotals, type Side } from '../../engine/reported/compare';
import { coverageOf } from '../../engine/reported/coverage';
import { DayReaders } from '../../engine/reported/day-values';
import type { Days } from '../../engine/reported/evaluate';
import type { ReportedPinList } from '../../engine/reported/reported-lists';
import type { Counts } from '../../engine/top';
import { weekHours } from '../../engine/week-hours';
import type { Answer, Comparison, CoverageMap, Shares, Top, TopPin } from '../../model/answer';
import { daysBetween } from '../../model/calendar';
import { answerOfEvents, type EventAnswer, type OwnShares } from '../../model/event-answer';
import type { ExportFile } from '../../model/made-export';
import { isSnapshot, newestSnapshots, type InsightsAnswer, type SnapshotKey } from '../../model/insights';
import type { Life, LivesRequest } from '../../model/life';
import { METRIC_IDS } from '../../model/metric';
import { eventsCompared, withSameValues } from '../../model/event-comparison';
import { emptyFigureColumns } from '../../model/figures';
import {
	answerRequest,
	type PageEngine,
	type PageFigures,
	type PageRequest,
	type Piece
} from '../../model/page-request';
import {
	NO_VALUES,
	type Coverage,
	type ExportKind,
	type PinListRequest,
	type Query
} from '../../model/query';
import type { DaySpan } from '../../model/reported';
import type { WorkspaceDatabase } from '../../store/database';
import { insightsCsv } from '../../export/insights-csv';
import { adsEngine } from './ads-engine';
import { ComparedLists } from './compared-lists';
import { eventDaysOf } from './event-days';
import type { LifeEngine } from './life-engine';
import type { PeopleEngine } from './people-engine';
import { paceOf } from '../threads/pacing';
import type { ReportedPart } from './reported-part';
import { storedAbout } from './stored-about';
import { reportedOf } from './stored-reports';
import type { StoredData } from './stored-data';

/** The figures of an answer, and what they were made of. */
interface Figured {
	readonly answer: Answer;
	readonly events: EventAnswer;
	readonly data: EngineData;
	readonly reported: ReportedPart | null;
}

/** A whole answer. */
interface Whole extends Figured {
	readonly pins: Counts;
	/** The full list of Pins; made when it is first asked for. */
	readonly list: () => PinList | ReportedPinList;
}

/** An answer to a query, as long as nothing else is stored. */
interface Known {
	readonly key: string;
	readonly batches: unknown;
	readonly whole: Whole;
}

/** Answers the questions of pages out of what is stored: events and reports together. */
export class Answering {
	readonly #db: WorkspaceDatabase;
	readonly #stored: StoredData;
	/** The newest answer to a query that lists: its full list, and what compares with it, follow from it. */
	#newest: Known | null = null;
	/** The newest shares of columns of one's own. */
	#newestOwn: { readonly key: string; readonly batches: unknown; readonly shares: OwnShares } | null = null;
	/** The newest answer of days that were compared with, and the lists of both. */
	#before: Known | null = null;
	/** Counts people; made when it is first asked for. */
	#people: PeopleEngine | null = null;
	#lists: { readonly now: Whole; readonly then: Whole; readonly lists: ComparedLists } | null = null;

	#life: Promise<LifeEngine> | null = null;

	constructor(db: WorkspaceDatabase, stored: StoredData) {
		this.#db = db;
		this.#stored = stored;
	}

	/** Answers what a page asks, piece by piece. */
	ask(signal: AbortSignal, request: PageRequest, tell: (piece: Piece) => void): Promise<void> {
		const engine = this.#engine(signal);
		const answering = request.query.ads ? { ...engine, ...adsEngine(signal, this.#stored) } : engine;
		return answerRequest(answering, request, tell);
	}

	#engine(signal: AbortSignal): PageEngine {
		return {
			figures: (query, compared) => this.#figures(signal, query, compared),
			answer: async (query, compared = null, onFirst) =>
				(this.#known(query) ?? (await this.#whole(signal, query, compared, onFirst))).answer,
			compare: (query, compared) => this.#compare(signal, query, compared),
			lists: async (query, compared) => (await this.#comparedLists(signal, query, compared)).first,
			ownShares: (query, answer) => this.#ownShares(signal, query, answer),
			about: (query) => storedAbout(this.#stored, signal, query),
			hours: (query) => this.#hours(signal, query),
			ads: (query, compared) => adsEngine(signal, this.#stored).ads(query, compared),
			// Few questions are about changes: what answers them is fetched with the first.
			changes: async (query, compared, metric) => {
				const { takeChangeApart } = await import('./changes-engine');
				return takeChangeApart(signal, this.#stored, query, compared, metric);
			},
			unusual: async (query, metric) => {
				// Pages are whole without them where the rest of the app is not kept yet and there is no connection.
				const engine = await import('./unusual-engine').catch(() => null);
				return engine ? engine.findUnusualDays(signal, this.#stored, query, metric) : [];
			},
			people: async (query, compared) => {
				const { PeopleEngine } = await import('./people-engine');
				return (this.#people ??= new PeopleEngine(this.#stored)).count(signal, query, compared);
			},
			ages: async (query, allDays) => (await this.#lifeEngine())?.ages(signal, query, allDays) ?? null
		};
	}

	/** What tells the lives of Pins; null where the rest of the app is not kept yet and there is no connection. */
	#lifeEngine(): Promise<LifeEngine | null> {
		this.#life ??= import('./life-engine').then(({ LifeEngine }) => new LifeEngine(this.#stored));
		return this.#life.catch(() => (this.#life = null));
	}

	/** The lives of Pins, as far as events tell them. */
	async lives(signal: AbortSignal, request: LivesRequest): Promise<readonly (Life | null)[]> {
		const engine = await this.#lifeEngine();
		if (!engine) return request.pinIds.map(() => null);
		return engine.lives(signal, request);
	}

	/** A stretch of the full list of Pins. */
	async pins(
		signal: AbortSignal,
		{ query, compared, words, first, count }: PinListRequest
	): Promise<Top<TopPin>> {
		if (compared) {
			const lists = await this.#comparedLists(signal, query, compared);
			return lists.pins.rows(words, first, count);
		}
		const whole = this.#known(query) ?? (await this.#whole(signal, query));
		return whole.list().rows(words, first, count);
	}

	/**
	 * The file of an export; null where nothing is stored that it would be made of.
	 * @param compared the days that it is beside; null for none
	 * @param tell gets how far it is, from 0 to 1
	 */
	async export(
		signal: AbortSignal,
		kind: ExportKind,
		query: Query,
		compared: DaySpan | null,
		tell: (fraction: number) => void
	): Promise<ExportFile | null> {
		// Not needed for any page, so it is loaded when a file is wanted.
		const { exportFile } = await import('./export-file');
		return exportFile(this.#db, this.#stored, signal, { kind, query, compared }, tell);
	}

	/** Which days of which metrics are known; null where no day holds anything. */
	async coverage(
		signal: AbortSignal,
		span: DaySpan,
		{ tz, metrics }: Pick<Coverage, 'metrics'> & { readonly tz: string }
	): Promise<CoverageMap> {
		const stored = this.#stored;
		return stored.withoutDamage(async () => {
			const filter = { tz, ...span, values: NO_VALUES };
			const byDay = stored.plan(filter, 'day');
			const data = await stored.engineData(signal, paceOf(signal));
			const facts = await stored.facts(signal);
			const events = await eventDaysOf(filter, byDay, stored.batches, data);
			return coverageOf(span, events, facts && new DayReaders(facts, null), metrics);
		});
	}

	/** The snapshots of Audience insights, each audience's of each day as it was imported last. */
	async insights(): Promise<InsightsAnswer> {
		const { snapshots, damaged } = await this.#stored.insights();
		return { snapshots: newestSnapshots(snapshots), damaged };
	}

	/** Some of these snapshots as CSV; null where they hold no share. */
	async insightsCsv(keys: readonly SnapshotKey[]): Promise<Blob | null> {
		const { snapshots } = await this.#stored.insights();
		return insightsCsv(snapshots.filter((snapshot) => keys.some((key) => isSnapshot(snapshot, key))));
	}

	/** Where reports know some of the days, all that is known of a value of one's own is that it occurs. */
	async #ownShares(
		signal: AbortSignal,
		query: Query,
		{ days, eventDays, reportedDays }: Answer
	): Promise<Partial<Shares>> {
		const stored = this.#stored;
		const { filter, subject } = query;
		const key = JSON.stringify([filter, subject]);
		const { batches } = stored;
		if (this.#newestOwn?.key !== key || this.#newestOwn.batches !== batches) {
			const shares = await stored.withoutDamage(async () =>
				answerOwnShares(query, stored.plan(filter, 'month'), await stored.engineData(signal, paceOf(signal)))
			);
			this.#newestOwn = { key, batches, shares };
		}
		const { shares } = this.#newestOwn;
		if (reportedDays === 0 || days === eventDays) return shares;
		const unknown = Object.entries(shares).map(([dimension, values]) => [
			dimension,
			values.map(({ value }) => ({ value, impressions: null }))
		]);
		return Object.fromEntries(unknown) as Partial<Shares>;
	}

	#hours(signal: AbortSignal, query: Query) {
		const stored = this.#stored;
		return stored.withoutDamage(async () =>
			weekHours(query, stored.plan(query.filter, 'day'), await stored.engineData(signal, paceOf(signal)))
		);
	}

	#whole(
		signal: AbortSignal,
		query: Query,
		compared: Query | null = null,
		onFirst?: (first: PageFigures) => void
	): Promise<Whole> {
		return this.#stored.withoutDamage(() => this.#wholeOnce(signal, query, compared, onFirst));
	}

	async #wholeOnce(
		signal: AbortSignal,
		query: Query,
		compared: Query | null,
		onFirst: (first: PageFigures) => void = () => {}
	): Promise<Whole> {
		const pace = paceOf(signal);
		const { batches } = this.#stored;
		const parts = await this.#parts(signal, query);
		const { plan, data, reported } = parts;
		// The first answer may arrive late, but never after the whole one.
		let first = Promise.resolve();
		const counted = await answerQuery(query, plan, data, (events) => {
			first = this.#first(signal, query, compared, { ...parts, events }).then(onFirst);
		});
		await first;
		const events = counted.answer;
		const answer = await merged(pace, query, events, counted.pins, reported);
		const catalogue = await data.catalogue();
		let list: PinList | ReportedPinList | null = null;
		const whole: Whole = {
			answer,
			events,
			pins: counted.pins,
			data,
			reported,
			list: () =>
				(list ??=
					reported?.list(counted.pins) ??
					new PinList({ now: counted.pins, then: null }, catalogue, { sort: query.sort }))
		};
		// A count for one row must not take the place of the page's own answer.
		if (query.top > 1) this.#newest = { key: JSON.stringify(query), batches, whole };
		return whole;
	}

	/** The newest answer, or that compared with it, where it is a query's and nothing else is stored since. */
	#known(query: Query): Whole | null {
		const key = JSON.stringify(query);
		const known = [this.#newest, this.#before].find(
			(one) => one?.batches === this.#stored.batches && one.key === key
		);
		return known?.whole ?? null;
	}

	/** The whole answer about days that are compared with. */
	async #wholeBefore(signal: AbortSignal, compared: Query): Promise<Whole> {
		const known = this.#known(compared);
		if (known) return known;
		const { batches } = this.#stored;
		const whole = await this.#whole(signal, compared);
		this.#before = { key: JSON.stringify(compared), batches, whole };
		return whole;
	}

	/** The lists of two ranges; the counts of each are made once. */
	async #comparedLists(signal: AbortSignal, query: Query, compared: Query): Promise<ComparedLists> {
		const now = this.#known(query) ?? (await this.#whole(signal, query));
		const then = await this.#wholeBefore(signal, withSameValues(compared, now.answer));
		if (this.#lists?.now !== now || this.#lists.then !== then) {
			const side = (query: Query, { pins, reported }: Whole) => ({ query, counts: pins, reported });
			const catalogue = await now.data.catalogue();
			this.#lists = {
				now,
				then,
				lists: new ComparedLists(side(query, now), side(compared, then), catalogue)
			};
		}
		return this.#lists.lists;
	}

	/** What a query is answered from. */
	async #parts(signal: AbortSignal, query: Query) {
		const plan = this.#stored.plan(query.filter, query.grain);
		const data = await this.#stored.engineData(signal, paceOf(signal));
		const reported = await reportedOf(this.#stored, query, plan, await this.#stored.facts(signal), data);
		return { plan, data, reported };
	}

	/** The figures of a query, as far as they are known without a count of rows. */
	#figured(signal: AbortSignal, query: Query): Promise<Figured> {
		return this.#stored.withoutDamage(async () => {
			const { plan, data, reported } = await this.#parts(signal, query);
			const events = await answerFigures(query, plan, data);
			const answer = await merged(paceOf(signal), query, events, null, reported);
			return { answer, events, data, reported };
		});
	}

	async #figures(signal: AbortSignal, query: Query, compared: Query | null): Promise<PageFigures> {
		const now = await this.#figured(signal, query);
		const then = compared && (await this.#figured(signal, withSameValues(compared, now.answer)));
		return {
			answer: now.answer,
			comparison: compared && then && (await this.#comparison(query, now, compared, then))
		};
	}

	/** The first answer, and its comparison where nothing of either need be counted. */
	async #first(
		signal: AbortSignal,
		query: Query,
		compared: Query | null,
		{ events, data, reported }: Omit<Figured, 'answer'>
	): Promise<PageFigures> {
		const answer = await merged(paceOf(signal), query, events, null, reported);
		const isKnown = compared !== null && events.hasPeople;
		const then = isKnown ? await this.#figured(signal, withSameValues(compared, answer)) : null;
		if (!compared || !then?.events.hasPeople) return { answer, comparison: null };
		const now = { answer, events, data, reported };
		return { answer, comparison: await this.#comparison(query, now, compared, then) };
	}

	async #compare(signal: AbortSignal, query: Query, compared: Query): Promise<Comparison> {
		const now = this.#known(query) ?? (await this.#whole(signal, query));
		const asked = withSameValues(compared, now.answer);
		const known = await this.#figured(signal, asked);
		const then = known.events.hasPeople ? known : await this.#wholeBefore(signal, asked);
		return this.#comparison(query, now, compared, then);
	}

	async #comparison(query: Query, now: Figured, compared: Query, then: Figured): Promise<Comparison> {
		if (isComplete(now.answer) && isComplete(then.answer)) return eventsCompared(now.answer, then.answer);
		const [a, b] = [await this.#side(query, now), await this.#side(compared, then)];
		const { money } = (now.reported ?? then.reported)!;
		return { answer: then.answer, totals: compareTotals(a, b, money) };
	}

	/** One of two ranges that are compared. */
	async #side(query: Query, { reported, events, data }: Figured): Promise<Side> {
		const byDay = this.#stored.plan(query.filter, 'day');
		const days = reported?.days ?? allFromEvents(byDay);
		return {
			days,
			totals: events.totals,
			daily: days.fromEvents.length > 0 ? await countDays(query, byDay, data) : emptyFigureColumns(0),
			values: reported?.values ?? NOTHING_REPORTED
		};
	}
}

/** Whether no metric lacks any day, or currency. */
function isComplete({ totals }: Answer): boolean {
	return METRIC_IDS.every((metric) => totals[metric].missing.length === 0 && totals[metric].currency === '');
}

/** The days of a range of which events say all. */
function allFromEvents({ bucketDays }: Plan): Days {
	const all = Array.from(bucketDays.subarray(0, -1));
	return { all, fromEvents: all, reported: [] };
}

async function merged(
	pace: Pace,
	query: Query,
	counted: EventAnswer,
	pins: Counts | null,
	reported: ReportedPart | null
): Promise<Answer> {
	if (reported) return reported.answer(pace, counted, pins);
	return answerOfEvents(counted, daysBetween(query.filter.from, query.filter.to));
}
