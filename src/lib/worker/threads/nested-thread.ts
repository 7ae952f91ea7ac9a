import { Caller } from './call';
import { startModuleWorker } from './module-worker';

/** A further instance of a worker's own entry, started by that worker. */
export interface NestedThread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly calls: Caller<Table>;
	/** Whether it is no more. Its calls have failed then, and further ones would never be answered. */
	readonly isGone: boolean;
	close(): void;
}

/** More than this wait for the disk, or for each other's results. */
const MAX_THREADS = 4;

/** How many threads a piece of work is shared out among, this one included. Some browsers have no workers in workers. */
export function threadCount(): number {
	return typeof Worker === 'undefined'
		? 1
		: Math.max(1, Math.min(MAX_THREADS, navigator.hardwareConcurrency || 1));
}

/**
 * @param entryUrl the entry's import.meta.url
 */
export function startNestedThread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }>(
	entryUrl: string
): NestedThread<Table> {
	let isGone = false;
	const worker = startModuleWorker(entryUrl, () => {
		isGone = true;
		calls.fail({ code: 'worker_ended' });
	});
	const calls = new Caller<Table>(worker);
	worker.addEventListener('error', (event) => {
		isGone = true;
		calls.fail({ code: 'unexpected', detail: event.message || 'a thread could not start' });
	});
	return {
		calls,
		get isGone() {
			return isGone;
		},
		close: () => worker.terminate()
	};
}
