import { PeriodSumsBuilder, dayBorders, sumsTogether, type PeriodSums } from '../../columns/period-sums';
import type { Segment } from '../../columns/segment';
import { addDaySums, keepZones, readDaySums } from '../../store/day-sums';
import type { LiveBatch, WorkspaceDatabase } from '../../store/database';

/** Import keeps these; another zone's are kept from the first time that it is asked for until yet another one is. */
const ALWAYS_KEPT = 'UTC';

/** The sums by day of all live batches together. */
export class DaySumsCache {
	readonly #db: WorkspaceDatabase;
	#batches: readonly LiveBatch[] = [];
	#ofZone = new Map<string, Promise<PeriodSums | null>>();
	#isKeeping = false;

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	/** Other batches are live. */
	look(batches: readonly LiveBatch[]): void {
		this.#batches = batches.filter(({ segments }) => segments.length > 0);
		this.#ofZone.clear();
	}

	/** Takes in those of a zone that were added up before this worker started; of the batches that are live. */
	take(zone: string, sums: PeriodSums): void {
		if (!this.#ofZone.has(zone)) this.#ofZone.set(zone, Promise.resolve(sums));
	}

	/** The sums of a zone; null where a batch lacks them. */
	of(zone: string): Promise<PeriodSums | null> {
		let sums = this.#ofZone.get(zone);
		if (!sums) {
			sums = this.#read(zone);
			this.#ofZone.set(zone, sums);
			sums.catch(() => this.#ofZone.delete(zone));
		}
		return sums;
	}

	/** Counts the sums that batches lack in a zone, and keeps them. Call only while nobody else writes. */
	async keep(
		signal: AbortSignal,
		zone: string,
		segmentsOf: (batch: LiveBatch) => Promise<readonly Segment[]>
	): Promise<void> {
		if (this.#isKeeping || (await this.of(zone)) !== null) return;
		this.#isKeeping = true;
		try {
			await keepZones(this.#db, [ALWAYS_KEPT, zone]);
			const known = new Set((await readDaySums(this.#db, zone)).map(({ batchId }) => batchId));
			for (const batch of this.#batches.filter(({ id }) => !known.has(id))) {
				signal.throwIfAborted();
				const builder = new PeriodSumsBuilder();
				for (const segment of await segmentsOf(batch)) builder.addSegment(segment, dayBorders(segment, zone));
				await addDaySums(this.#db, zone, batch, builder.finish());
			}
			this.#ofZone.clear();
		} finally {
			this.#isKeeping = false;
		}
	}

	async #read(zone: string): Promise<PeriodSums | null> {
		const live = new Set(this.#batches.map(({ id }) => id));
		const stored = (await readDaySums(this.#db, zone)).filter(({ batchId }) => live.has(batchId));
		for (const { batchId } of stored) live.delete(batchId);
		if (live.size > 0) return null;
		const [only, ...others] = stored;
		if (only && others.length === 0) return only.sums;
		return sumsTogether(stored.map(({ sums }) => sums));
	}
}
