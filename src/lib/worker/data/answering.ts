import { answerOwnShares } from '../../engine/answer';
import { DayReaders } from '../../engine/reported/day-values';
import { coverageOf } from '../../engine/reported/coverage';
import { weekHours } from '../../engine/week-hours';
import type { Answer, CoverageMap, Shares, Top, TopPin } from '../../model/answer';
import type { OwnShares } from '../../model/event-answer';
import type { ExportFile, WorkbookProgress, WorkbookRequest } from '../../model/made-export';
import { newestSnapshots, type InsightsAnswer, type SnapshotKey } from '../../model/insights';
import type { AgesRequest, Life, LivesRequest } from '../../model/life';
import type { LabelShares } from '../../model/own-words';
import { answerRequest, type PageEngine, type PageRequest, type Piece } from '../../model/page-request';
import {
	NO_VALUES,
	type Coverage,
	type ExportKind,
	type PinListRequest,
	type Query
} from '../../model/query';
import type { DaySpan } from '../../model/reported';
import type { RowPeople, RowPeopleRequest } from '../../model/row-people';
import type { WorkspaceDatabase } from '../../store/database';
import { paceOf } from '../threads/pacing';
import { adsEngine } from './ads-engine';
import { eventDaysOf } from './event-days';
import type { LifeEngine } from './life-engine';
import { storedAbout } from './stored-about';
import type { PeopleEngine } from './people-engine';
import type { RowPeopleEngine } from './row-people-engine';
import { StoredAnswers } from './stored-answers';
import type { StoredData } from './stored-data';

/** Answers the questions of pages out of what is stored: events and reports together. */
export class Answering {
	readonly #db: WorkspaceDatabase;
	readonly #stored: StoredData;
	readonly #answers: StoredAnswers;
	/** Counts people; made when it is first asked for. */
	#people: PeopleEngine | null = null;
	/** The newest shares of columns of one's own. */
	#newestOwn: { readonly key: string; readonly batches: unknown; readonly shares: OwnShares } | null = null;

	#life: Promise<LifeEngine> | null = null;
	#rowPeople: RowPeopleEngine | null = null;

	constructor(db: WorkspaceDatabase, stored: StoredData) {
		this.#db = db;
		this.#stored = stored;
		this.#answers = new StoredAnswers(stored);
	}

	/** Answers what a page asks, piece by piece. */
	ask(signal: AbortSignal, request: PageRequest, tell: (piece: Piece) => void): Promise<void> {
		const engine = this.#engine(signal);
		const answering = request.query.ads ? { ...engine, ...adsEngine(signal, this.#stored) } : engine;
		return answerRequest(answering, request, tell);
	}

	#engine(signal: AbortSignal): PageEngine {
		const answers = this.#answers;
		return {
			figures: (query, compared) => answers.figures(signal, query, compared),
			answer: (query, compared, onFirst) => answers.answer(signal, query, compared, onFirst),
			compare: (query, compared) => answers.compare(signal, query, compared),
			lists: async (query, compared) => (await answers.comparedLists(signal, query, compared)).first,
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
			}
		};
	}

	/** What computes the lives of Pins; null where the rest of the app is not kept yet and there is no connection. */
	#lifeEngine(): Promise<LifeEngine | null> {
		this.#life ??= import('./life-engine').then(({ LifeEngine }) => new LifeEngine(this.#stored));
		return this.#life.catch(() => (this.#life = null));
	}

	/** Impressions of events in each of AGE_CLASSES; null where they cannot be known. */
	async ages(signal: AbortSignal, request: AgesRequest): Promise<readonly number[] | null> {
		return (await this.#lifeEngine())?.ages(signal, request) ?? null;
	}

	/** The lives of Pins, as far as events show them. */
	async lives(signal: AbortSignal, request: LivesRequest): Promise<readonly (Life | null)[]> {
		const engine = await this.#lifeEngine();
		if (!engine) return request.pinIds.map(() => null);
		return engine.lives(signal, request);
	}

	/** What each label has of the impressions under a query's other filters; null where that is not known. */
	async labelShares(signal: AbortSignal, query: Query): Promise<LabelShares | null> {
		const { labelShares } = await import('./label-engine');
		return labelShares(signal, this.#stored, this.#answers, query);
	}

	/** The people of rows of lists and splits. */
	async rowPeople(signal: AbortSignal, request: RowPeopleRequest): Promise<readonly RowPeople[]> {
		const { RowPeopleEngine } = await import('./row-people-engine');
		return (this.#rowPeople ??= new RowPeopleEngine(this.#stored)).count(signal, request);
	}

	/** A stretch of the full list of Pins. */
	async pins(
		signal: AbortSignal,
		{ query, compared, words, byLife, first, count }: PinListRequest
	): Promise<Top<TopPin>> {
		const list = compared
			? (await this.#answers.comparedLists(signal, query, compared)).pins
			: await this.#answers.list(signal, query);
		const engine = byLife ? await this.#lifeEngine() : null;
		const placesOf = byLife && (await engine?.order(list, query.filter, byLife, words));
		return list.rows(words, first, count, placesOf);
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

	/** All that an archive of everything has, as a workbook. */
	async workbook(
		signal: AbortSignal,
		request: WorkbookRequest,
		tell: (progress: WorkbookProgress) => void
	): Promise<Blob> {
		const { workbookFile } = await import('./workbook-export');
		return workbookFile(this.#db, this.#stored, signal, request, tell);
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
		const { chosenInsightsCsv } = await import('./export-file');
		return chosenInsightsCsv(snapshots, keys);
	}

	/** Where reports have some of the days, all that is known of a value of one's own is that it occurs. */
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
}
