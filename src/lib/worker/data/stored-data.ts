import type { Catalogue } from '../../columns/catalogue';
import type { LabelIndex } from '../../columns/label-index';
import { countAllPins } from '../../engine/all-pins';
import type { EngineData } from '../../engine/engine-data';
import { buildRangeIndex } from '../../engine/build-range-index';
import type { Pace } from '../../engine/pace';
import { planQuery, type Plan, type SegmentRef } from '../../engine/plan';
import type { OwnNames } from '../../engine/own-values';
import type { ReportedLabels } from '../../engine/reported/pins-asked';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { scannerHere } from '../../engine/scanner';
import { LABEL } from '../../model/dimension';
import { dayAt } from '../../model/calendar';
import { problemOf } from '../../model/problem';
import type { InsightsAnswer } from '../../model/insights';
import type { DamagedPart, PinAttributes } from '../../model/answer';
import type { DaySpan } from '../../model/reported';
import { NO_VALUES, type Coverage, type Filter, type Grain, type Query } from '../../model/query';
import { liveBatches, readCatalogue, readNames, readOwnValues } from '../../store/batches';
import type { LiveBatch, WorkspaceDatabase } from '../../store/database';
import { readSnapshots } from '../../store/snapshots';
import { DaySumsCache } from './day-sums-cache';
import { FactsCache } from './facts-cache';
import { KeptResults } from './kept-results';
import type { Indexed } from './range-indexes';
import { ScanThreads } from './scan-threads';
import { SegmentCache } from './segment-cache';
import { coverageOf } from './stored-coverage';

/** With fewer events, a second thread costs more than it saves, and counting Pins little more than reading their counts. */
const EVENTS_WORTH_THREADS = 500_000;

/** What is stored, as the engine wants it: the live batches, their catalogue, and scanners that read segments. */
export class StoredData {
	readonly #db: WorkspaceDatabase;
	readonly #largeFrom: number;
	readonly #threads: ScanThreads;
	readonly #cache: SegmentCache;
	readonly #facts: FactsCache;
	readonly #daySums: DaySumsCache;
	readonly #kept: KeptResults;
	#batches: readonly LiveBatch[] = [];
	#coverage: Coverage | null = null;
	#accounts: Promise<readonly string[]> | null = null;
	#own: Promise<OwnNames> | null = null;
	#catalogue: Promise<Catalogue> | null = null;
	#labels: Promise<LabelIndex> | null = null;
	/** Places of segments that cannot be read, by their batch. */
	readonly #damaged = new Map<number, Set<number>>();

	/**
	 * @param entryUrl of this worker, for the threads that share its work
	 * @param largeFrom how many events are so many that work on them is shared out
	 */
	constructor(db: WorkspaceDatabase, workspace: string, entryUrl: string, largeFrom = EVENTS_WORTH_THREADS) {
		this.#largeFrom = largeFrom;
		this.#db = db;
		this.#threads = new ScanThreads(workspace, entryUrl);
		this.#cache = new SegmentCache(db);
		this.#facts = new FactsCache(db);
		this.#daySums = new DaySumsCache(db);
		this.#kept = new KeptResults(db, this.#daySums, {
			isDamaged: () => this.#damaged.size > 0,
			isLarge: () => this.#isLarge
		});
	}

	get batches(): readonly LiveBatch[] {
		return this.#batches;
	}

	/** The plan of a question to all that can be read. */
	plan(filter: Filter, grain: Grain): Plan {
		const isReadable = ({ batchId, seq }: SegmentRef) => !this.#damaged.get(batchId)?.has(seq);
		const plan = planQuery(filter, grain, this.#batches);
		return this.#damaged.size === 0 ? plan : { ...plan, segments: plan.segments.filter(isReadable) };
	}

	/**
	 * Does work on what is stored. Where it meets segments that cannot be read, it is done again without them; where they
	 * have only been taken out meanwhile, on what is there now.
	 */
	async withoutDamage<T>(work: () => Promise<T>): Promise<T> {
		for (;;) {
			try {
				return await work();
			} catch (error) {
				const problem = problemOf(error);
				if (problem.code !== 'damaged_data' || !problem.segments) throw error;
				const before = this.#batches;
				await this.refresh();
				for (const [batchId, seq] of problem.segments) {
					const batch = this.#batches.find(({ id }) => id === batchId);
					if (!batch || batch.edition !== before.find(({ id }) => id === batchId)?.edition) continue;
					const known = this.#damaged.get(batchId) ?? new Set();
					if (known.has(seq)) throw error; // it was left out, so this is something else
					this.#damaged.set(batchId, known.add(seq));
					this.#kept.dropCounts();
				}
			}
		}
	}

	/** What was found damaged of events so far. */
	get #damagedParts(): DamagedPart[] {
		return this.#batches.flatMap(({ id, file, segments }) => {
			const damaged = this.#damaged.get(id);
			if (!damaged) return [];
			const rows = segments.reduce((sum, { seq, rows }) => sum + (damaged.has(seq) ? rows : 0), 0);
			return [{ batchId: id, file, rows }];
		});
	}

	/** Which Pins bear which label. Few questions are about labels: what answers them is fetched with the first. */
	labels(): Promise<LabelIndex> {
		const read = async () => {
			const { labelIndex } = await import('./own-words');
			return labelIndex(this.#db, await this.catalogue());
		};
		this.#labels ??= read();
		this.#labels.catch(() => (this.#labels = null));
		return this.#labels;
	}

	/** Which Pins that reports name bear which label. */
	async reportedLabels({ identity }: ResolvedFacts): Promise<ReportedLabels> {
		const { LabelledSubjects } = await import('../../engine/reported/labelled-subjects');
		return new LabelledSubjects(await this.labels(), await this.catalogue(), identity);
	}

	/** `reportedLabels` where a query is about labels, else null. */
	async labelsOf(query: Indexed, facts: ResolvedFacts): Promise<ReportedLabels | null> {
		return isByLabel(query) ? this.reportedLabels(facts) : null;
	}

	/** Looks at the database again. */
	async refresh(): Promise<Coverage | null> {
		this.#kept.beginReading();
		const batches = await liveBatches(this.#db);
		this.#labels = null;
		const ids = new Set(batches.map(({ id }) => id));
		const isSame =
			batches.length === this.#batches.length &&
			batches.every(({ id, edition }, i) => {
				const known = this.#batches[i]!;
				return known.id === id && known.edition === edition;
			});
		if (!isSame) {
			this.#accounts = this.#own = this.#catalogue = null;
			this.#facts.look(batches);
			this.#cache.keepOnly(ids);
			for (const id of this.#damaged.keys()) if (!ids.has(id)) this.#damaged.delete(id);
			this.#daySums.look(batches);
			this.#kept.forget();
		}
		this.#batches = batches;
		this.#kept.look(batches);
		this.#coverage = coverageOf(batches);
		// Both are needed next; if that fails, it is tried again then.
		void this.accounts().catch(() => {});
		void this.#kept.take();
		return this.#coverage;
	}

	/** Whether there is so much to count that it is worth sharing out, or keeping. */
	get #isLarge(): boolean {
		return (this.#coverage?.events ?? 0) >= this.#largeFrom;
	}

	accounts(): Promise<readonly string[]> {
		this.#accounts ??= readNames(this.#db, 'account');
		this.#accounts.catch(() => (this.#accounts = null));
		return this.#accounts;
	}

	/** Columns of one's own of live batches, with their values. */
	ownNames(): Promise<OwnNames> {
		this.#own ??= readOwnValues(this.#db, this.#batches);
		this.#own.catch(() => (this.#own = null));
		return this.#own;
	}

	catalogue(): Promise<Catalogue> {
		this.#catalogue ??= readCatalogue(this.#db);
		this.#catalogue.catch(() => (this.#catalogue = null));
		return this.#catalogue;
	}

	/** The live facts, and which of them count; null where nothing reported is stored. */
	async facts(signal: AbortSignal): Promise<ResolvedFacts | null> {
		return (await this.#facts.read(signal))?.facts ?? null;
	}

	/** What was found damaged of reports. */
	async damagedReports(signal: AbortSignal): Promise<readonly DamagedPart[]> {
		return (await this.#facts.read(signal))?.damaged ?? [];
	}

	/** What is known of a Pin; null where no event, figure or directory names it. */
	async pinAttributes(signal: AbortSignal, pinId: string): Promise<PinAttributes | null> {
		const catalogue = await this.catalogue();
		const number = catalogue.pinNumber(pinId);
		if (catalogue.isKnown(number)) return catalogue.pin(number);
		// Reports that an earlier version stored have figures of Pins that have no number.
		return (await this.facts(signal))?.hasPin(pinId) === true ? catalogue.pin(-1) : null;
	}

	/** Audience insights, in the order of their import, and the imports of which some cannot be read. */
	async insights(): Promise<InsightsAnswer> {
		const read = await readSnapshots(this.#db, this.#batches);
		const damaged = this.#batches.flatMap(({ id, file, report }) => {
			const rows = (report?.snapshots ?? 0) - read.filter(({ batchId }) => batchId === id).length;
			return rows > 0 ? [{ batchId: id, file, rows }] : [];
		});
		return { snapshots: read.map(({ snapshot }) => snapshot), damaged };
	}

	read(pace: Pace, refs: readonly SegmentRef[]) {
		return this.#cache.read(pace, refs);
	}

	/** What one query needs. */
	async engineData(signal: AbortSignal, pace: Pace): Promise<EngineData> {
		await this.#kept.take();
		const scanners = () => [
			scannerHere(pace, (own, refs) => this.read(own, refs)),
			...this.#threads.scanners(signal, this.#isLarge)
		];
		return {
			accounts: await this.accounts(),
			own: await this.ownNames(),
			catalogue: () => this.catalogue(),
			// Sums include what is damaged, so they do not hold for what is left.
			daySums: async (tz) => (this.#damagedParts.length > 0 ? null : this.#daySums.of(tz)),
			// They do not contain labels.
			rangeIndex: (query) => (isByLabel(query) ? null : this.#kept.rangeIndexes.of(query)),
			labels: () => this.labels(),
			allPins: (plan) => (this.#isOfAllEvents(plan) ? this.#kept.allPins : null),
			// Few first figures need one: threads start when there is something to count.
			get scanners() {
				return scanners();
			},
			damaged: [...this.#damagedParts, ...(await this.damagedReports(signal))]
		};
	}

	/** From the first to the last day that holds an event, in a zone; null where none is stored. */
	daysOfEvents(tz: string): DaySpan | null {
		if (!this.#coverage || this.#coverage.events === 0) return null;
		const { firstMs, lastMs } = this.#coverage;
		return { from: dayAt(firstMs, tz), to: dayAt(lastMs, tz) };
	}

	/**
	 * Has the people of all days ready under the filters of a query that was answered, so that other days of it need no
	 * count of rows.
	 */
	async keepRangeIndex(signal: AbortSignal, pace: Pace, query: Query): Promise<void> {
		const days = this.daysOfEvents(query.filter.tz);
		// Questions about ads are of reports alone.
		if (query.ads || isByLabel(query) || !days || this.#kept.rangeIndexes.of(query) !== null) return;
		const everyDay = { ...query, filter: { ...query.filter, ...days } };
		await this.#kept.rangeIndexes.keep(query, async () =>
			buildRangeIndex(everyDay, this.plan(everyDay.filter, 'day'), await this.engineData(signal, pace))
		);
	}

	/** Keeps the counts by Pin of all events, where these are many and the counts are not known. */
	async keepAllPins(signal: AbortSignal, pace: Pace, tz: string): Promise<void> {
		const days = this.daysOfEvents(tz);
		if (!this.#isLarge || !days) return;
		const filter = { tz, values: NO_VALUES, ...days };
		await this.#kept.keepPins(async () =>
			countAllPins(this.plan(filter, 'month'), tz, await this.engineData(signal, pace))
		);
	}

	/**
	 * Stores what is known of all events in a zone, if that is all of it and not stored, for the next start. Call only
	 * while nobody else writes.
	 */
	async storeKept(tz: string): Promise<void> {
		await this.#kept.store(tz);
	}

	/** Whether a plan is of every event that is stored. */
	#isOfAllEvents({ bucketStarts, segments }: Plan): boolean {
		const [fromMs, toMs] = [bucketStarts[0]!, bucketStarts.at(-1)!];
		const isWithin = ({ head }: SegmentRef) => head.firstMs >= fromMs && head.lastMs < toMs;
		const stored = this.#batches.reduce((sum, batch) => sum + batch.segments.length, 0);
		return segments.length === stored && segments.every(isWithin);
	}

	/** Has the day sums of a zone that was asked for ready the next time. Call only while nobody else writes. */
	async keepDaySums(signal: AbortSignal, pace: Pace, tz: string): Promise<void> {
		await this.#daySums.keep(signal, tz, ({ id, segments }) =>
			this.read(
				pace,
				segments.map((head) => ({ batchId: id, seq: head.seq, head }))
			)
		);
	}
}

/** Whether a question is filtered or split by label. */
function isByLabel({ filter, split }: Indexed): boolean {
	return split === LABEL || (filter.values.label ?? []).length > 0;
}
