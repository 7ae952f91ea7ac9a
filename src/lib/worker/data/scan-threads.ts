import type { Scanner } from '../../engine/scanner';
import { startNestedThread, threadCount, type NestedThread } from '../threads/nested-thread';
import type { ScanCalls } from '../thread-protocol';

/** Threads beside the data worker's own that count for its queries. */
export class ScanThreads {
	readonly #workspace: string;
	readonly #entryUrl: string;
	#threads: readonly NestedThread<ScanCalls>[] = [];

	/** @param entryUrl of the data worker, which these threads run too */
	constructor(workspace: string, entryUrl: string) {
		this.#workspace = workspace;
		this.#entryUrl = entryUrl;
	}

	/**
	 * The scanners of these threads, for one query.
	 * @param isWorthThem whether there is so much to count that threads are worth it; else they end, and there are none
	 */
	scanners(signal: AbortSignal, isWorthThem: boolean): Scanner[] {
		this.#start(isWorthThem ? threadCount() - 1 : 0);
		const workspace = this.#workspace;
		return this.#threads.map(({ calls }): Scanner => ({
			sumBuckets: (share, pins, own) => calls.call(signal, 'sumBuckets', { workspace, share, pins, own }),
			scan: (share, task) => calls.call(signal, 'scan', { workspace, share, task }),
			meetings: (share, task) => calls.call(signal, 'meetings', { workspace, share, task }),
			scanHours: (share, task) => calls.call(signal, 'scanHours', { workspace, share, task }),
			countOwn: (share, task) => calls.call(signal, 'countOwn', { workspace, share, task }),
			metDays: (share, task) => calls.call(signal, 'metDays', { workspace, share, task }),
			peopleOfPeriod: (share, task) => calls.call(signal, 'peopleOfPeriod', { workspace, share, task })
		}));
	}

	/** Has so many threads there, and no one that is gone. */
	#start(wanted: number): void {
		if (wanted === this.#threads.length && !this.#threads.some(({ isGone }) => isGone)) return;
		for (const thread of this.#threads) thread.close();
		this.#threads = Array.from({ length: wanted }, () => startNestedThread<ScanCalls>(this.#entryUrl));
	}
}
