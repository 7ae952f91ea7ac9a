import type { PackedPinCounts } from '../../columns/packed-pin-counts';
import { RangeIndex } from '../../engine/range-index';
import { NO_VALUES } from '../../model/query';
import type { LiveBatch, WorkspaceDatabase } from '../../store/database';
import { keptOf, readKept, writeKept } from '../../store/range-index';
import type { DaySumsCache } from './day-sums-cache';
import { RangeIndexes, type Indexed } from './range-indexes';

/** What the results depend on, as it is now. */
interface Stored {
	/** Whether some events cannot be read: results of all events are of no use then. */
	readonly isDamaged: () => boolean;
	/** Whether there are so many events that counts by Pin are worth storing. */
	readonly isLarge: () => boolean;
}

/**
 * Results of all events together: people by day, sums by day and counts by Pin. They are counted once, and stored for the
 * next start (`store/range-index.ts`).
 */
export class KeptResults {
	readonly rangeIndexes = new RangeIndexes();
	readonly #db: WorkspaceDatabase;
	readonly #daySums: DaySumsCache;
	readonly #stored: Stored;
	#batches: readonly LiveBatch[] = [];
	/** The stored results, of whatever batches; null before their reading is begun. */
	#record: ReturnType<typeof readKept> | null = null;
	/** Settled once they are taken in; null before that is begun. */
	#taking: Promise<void> | null = null;
	/** The zone that all of it is stored of; null where some is missing. */
	#storedZone: string | null = null;
	#allPins: PackedPinCounts | null = null;

	constructor(db: WorkspaceDatabase, daySums: DaySumsCache, stored: Stored) {
		this.#db = db;
		this.#daySums = daySums;
		this.#stored = stored;
	}

	/** The counts by Pin of all events; null where they are not known. */
	get allPins(): PackedPinCounts | null {
		return this.#allPins;
	}

	/** At a start the stored results are read at the same time as the batches, which they most often are of. */
	beginReading(): void {
		this.#record ??= readKept(this.#db).catch(() => null);
	}

	/** What was counted is of other events than those that can be read now. */
	dropCounts(): void {
		this.rangeIndexes.clear();
		this.#allPins = null;
	}

	/** Other events are stored. */
	forget(): void {
		this.dropCounts();
		this.#taking = this.#storedZone = null;
		// For the first batches the reading is begun already.
		if (this.#batches.length > 0) this.#record = readKept(this.#db).catch(() => null);
	}

	/** These batches are live. */
	look(batches: readonly LiveBatch[]): void {
		this.#batches = batches;
	}

	/** Takes in the stored results where they are of the live batches; without them people, sums and Pins are counted. */
	take(): Promise<void> {
		const record = this.#record;
		const take = async () => {
			const kept = await keptOf((await record) ?? null, this.#batches).catch(() => null);
			// They are of no use where events were found damaged or were stored meanwhile.
			if (!kept || record !== this.#record || this.#stored.isDamaged()) return;
			this.rangeIndexes.take(everythingIn(kept.zone), RangeIndex.unpack(kept.index));
			if (kept.sums) this.#daySums.take(kept.zone, kept.sums);
			this.#allPins = kept.pins;
			const isWhole = kept.sums !== null && (kept.pins !== null || !this.#stored.isLarge());
			this.#storedZone = isWhole ? kept.zone : null;
		};
		return (this.#taking ??= take());
	}

	/** Keeps the counts by Pin, where they are not known. */
	async keepPins(count: () => Promise<PackedPinCounts | null>): Promise<void> {
		if (this.#allPins || this.#stored.isDamaged()) return;
		const batches = this.#batches;
		const pins = await count();
		if (batches === this.#batches && !this.#stored.isDamaged()) this.#allPins = pins;
	}

	/** Stores the results in a zone, if that is all of them and they are not stored. Call only while nobody else writes. */
	async store(zone: string): Promise<void> {
		const batches = this.#batches;
		const pins = this.#allPins;
		const index = this.rangeIndexes.of(everythingIn(zone));
		if (!index || this.#stored.isDamaged() || this.#storedZone === zone) return;
		const sums = await this.#daySums.of(zone);
		await writeKept(this.#db, batches, { zone, index: index.pack(), sums, pins });
		if (batches === this.#batches) this.#storedZone = zone;
	}
}

/** What an index of all events of a zone answers. */
function everythingIn(tz: string): Indexed {
	return { filter: { tz, from: '', to: '', values: NO_VALUES }, subject: null, split: null };
}
