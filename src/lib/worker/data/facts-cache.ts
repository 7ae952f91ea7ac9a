import { resolveFacts } from '../../engine/reported/resolve-facts';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import type { DamagedPart } from '../../model/answer';
import type { LiveBatch, WorkspaceDatabase } from '../../store/database';
import { factCount } from '../../store/fact-blocks';
import { damagedReports } from '../../store/report-damage';
import { readFactBatches } from '../../store/reports';
import { paceOf } from '../threads/pacing';

/** Reported figures, as they are stored. */
export interface StoredFacts {
	/** All that can be read. */
	readonly facts: ResolvedFacts;
	/** Batches of which some cannot be read. */
	readonly damaged: readonly DamagedPart[];
}

/** A reading of the reported figures, which ends where others are stored. */
interface FactsReading {
	readonly stored: Promise<StoredFacts>;
	readonly stop: AbortController;
}

/** The reported figures of all live batches together. */
export class FactsCache {
	readonly #db: WorkspaceDatabase;
	#reports: readonly LiveBatch[] = [];
	#reading: FactsReading | null = null;

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	/** Other batches are live. */
	look(batches: readonly LiveBatch[]): void {
		this.#reading?.stop.abort();
		this.#reading = null;
		this.#reports = batches.filter(({ report }) => report);
	}

	/**
	 * The live facts, and which of them count; null where nothing reported is stored. Read once for all queries, so that one
	 * which is cancelled does not stop it for the others.
	 */
	async read(signal: AbortSignal): Promise<StoredFacts | null> {
		for (;;) {
			signal.throwIfAborted();
			if (this.#reports.length === 0) return null;
			const reading = (this.#reading ??= this.#begin());
			try {
				return await endedBy(signal, reading.stored);
			} catch (error) {
				if (this.#reading === reading && !signal.aborted) {
					this.#reading = null; // tried again by the next query
					throw error;
				}
				// Other batches are stored by now, or this query was cancelled.
			}
		}
	}

	#begin(): FactsReading {
		const reports = this.#reports;
		const stop = new AbortController();
		const read = async (): Promise<StoredFacts> => {
			const batches = await readFactBatches(this.#db, reports);
			const counts = new Map(batches.map(({ batchId, blocks }) => [batchId, factCount(blocks)]));
			const damaged = await damagedReports(this.#db, reports, ({ id }) => counts.get(id) ?? 0);
			return { facts: await resolveFacts(paceOf(stop.signal), batches), damaged };
		};
		return { stored: read(), stop };
	}
}

/** The result of a promise, or AbortError as soon as it is no longer wanted. */
function endedBy<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		const stop = () => reject(signal.reason as Error);
		signal.addEventListener('abort', stop, { once: true });
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
	});
}
