import { Caller } from './call';

/** A further instance of a worker's own entry, started by that worker. */
export interface NestedThread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly calls: Caller<Table>;
	close(): void;
}

/** How many threads a piece of work is shared out among, this one included. Some browsers have no workers in workers. */
export function threadCount(most: number): number {
	return typeof Worker === 'undefined' ? 1 : Math.max(1, Math.min(most, navigator.hardwareConcurrency || 1));
}

/**
 * @param entryUrl the entry's import.meta.url
 */
export function startNestedThread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }>(
	entryUrl: string
): NestedThread<Table> {
	// Like the page's workers, so that the page's policy binds these too (client-thread.ts).
	const entry = new Blob([`import ${JSON.stringify(entryUrl)};`], { type: 'text/javascript' });
	const url = URL.createObjectURL(entry);
	const worker = new Worker(url, { type: 'module' });
	const calls = new Caller<Table>(worker);
	worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
	worker.addEventListener('error', (event) =>
		calls.fail({ code: 'unexpected', detail: event.message || 'a thread could not start' })
	);
	return { calls, close: () => worker.terminate() };
}
