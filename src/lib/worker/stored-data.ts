import type { Catalogue } from '../columns/catalogue';
import type { Pace } from '../engine/pace';
import type { SegmentRef } from '../engine/plan';
import { scannerHere, type Scanner } from '../engine/scanner';
import type { Coverage } from '../model/query';
import { liveBatches, readCatalogue } from '../store/batches';
import type { LiveBatch, WorkspaceDatabase } from '../store/database';
import { startNestedThread, threadCount, type NestedThread } from './nested-thread';
import type { ScanCalls } from './protocol';
import { SegmentCache } from './segment-cache';

/** With fewer events, a second thread costs more than it saves. */
const EVENTS_WORTH_THREADS = 500_000;

/** What is stored, as the engine wants it: the live batches, their catalogue, and scanners that read segments. */
export class StoredData {
	readonly #db: WorkspaceDatabase;
	readonly #workspace: string;
	readonly #entryUrl: string;
	readonly #cache: SegmentCache;
	#batches: readonly LiveBatch[] = [];
	#coverage: Coverage | null = null;
	#catalogue: Promise<Catalogue> | null = null;
	/** Threads beside this one. */
	#threads: readonly NestedThread<ScanCalls>[] = [];

	/** @param entryUrl of this worker, for the threads that share its work */
	constructor(db: WorkspaceDatabase, workspace: string, entryUrl: string) {
		this.#db = db;
		this.#workspace = workspace;
		this.#entryUrl = entryUrl;
		this.#cache = new SegmentCache(db);
	}

	get batches(): readonly LiveBatch[] {
		return this.#batches;
	}

	/** Looks at the database again. */
	async refresh(): Promise<Coverage | null> {
		const batches = await liveBatches(this.#db);
		const ids = new Set(batches.map(({ id }) => id));
		const isSame = batches.length === this.#batches.length && this.#batches.every(({ id }) => ids.has(id));
		if (!isSame) {
			this.#catalogue = null;
			this.#cache.keepOnly(ids);
		}
		this.#batches = batches;
		this.#coverage = coverageOf(batches);
		this.#shareWork();
		void this.catalogue().catch(() => (this.#catalogue = null)); // it is needed next; if it fails, it is tried anew
		return this.#coverage;
	}

	catalogue(): Promise<Catalogue> {
		this.#catalogue ??= readCatalogue(this.#db);
		return this.#catalogue;
	}

	read(pace: Pace, refs: readonly SegmentRef[]) {
		return this.#cache.read(pace, refs);
	}

	/** Those who count for one query: this thread, and others where there is much to count. */
	scanners(signal: AbortSignal, pace: Pace): Scanner[] {
		const workspace = this.#workspace;
		const others = this.#threads.map(({ calls }): Scanner => ({
			sumByCode: (share) => calls.call(signal, 'sumByCode', { workspace, share }),
			scan: (share, task) => calls.call(signal, 'scan', { workspace, share, task })
		}));
		return [scannerHere(pace, (own, refs) => this.read(own, refs)), ...others];
	}

	#shareWork(): void {
		const isWorthIt = (this.#coverage?.events ?? 0) >= EVENTS_WORTH_THREADS;
		const wanted = isWorthIt ? threadCount() - 1 : 0;
		if (wanted === this.#threads.length) return;
		for (const thread of this.#threads) thread.close();
		this.#threads = Array.from({ length: wanted }, () => startNestedThread<ScanCalls>(this.#entryUrl));
	}
}

function coverageOf(batches: readonly LiveBatch[]): Coverage | null {
	const filled = batches.filter(({ accepted }) => accepted > 0);
	if (filled.length === 0) return null;
	return {
		firstMs: filled.reduce((least, { firstMs }) => Math.min(least, firstMs ?? least), Infinity),
		lastMs: filled.reduce((most, { lastMs }) => Math.max(most, lastMs ?? most), -Infinity),
		events: filled.reduce((sum, { accepted }) => sum + accepted, 0)
	};
}
