import type { Page, Worker } from 'playwright/test';

/** Workers that end in the middle of something, as where the browser runs out of memory. */

/** A call (src/lib/worker/protocol.ts), and when its worker ends: as soon as it is asked, or at its first progress report. */
export interface Moment {
	readonly call: string;
	readonly when: 'asked' | 'told';
}

interface Scope {
	Worker: typeof globalThis.Worker;
	moment?: Moment | undefined;
	ended?: number;
}

/** Puts in the place of the browser's Worker one that ends at `moment`, once. Uses nothing from here. */
function mortalWorkers(): void {
	const scope = globalThis as unknown as Scope;
	scope.Worker = class extends scope.Worker {
		constructor(url: string | URL, options?: WorkerOptions) {
			super(url, options);
			const calls = new Map<number, string>();
			const look = (call: string | undefined, when: Moment['when']) => {
				if (call === undefined || scope.moment?.call !== call || scope.moment.when !== when) return;
				scope.moment = undefined;
				scope.ended = (scope.ended ?? 0) + 1;
				this.terminate();
			};
			this.addEventListener('message', ({ data }: MessageEvent<{ id: number; told?: unknown }>) => {
				if ('told' in data) look(calls.get(data.id), 'told');
			});
			const post = this.postMessage.bind(this);
			const postMessage = (message: { id: number; name: string }, transfer: Transferable[] = []) => {
				post(message, transfer);
				calls.set(message.id, message.name);
				look(message.name, 'asked');
			};
			Object.assign(this, { postMessage });
		}
	};
}

/** From the next page load on, workers of the page can be ended. */
export async function letWorkersEnd(page: Page): Promise<void> {
	await page.addInitScript(mortalWorkers);
}

/** From now on, what the page's workers start of their own can be ended. */
export async function letThreadsEnd(page: Page): Promise<void> {
	await inWorkers(page, (worker) => worker.evaluate(mortalWorkers));
}

/** Ends a worker at the next such moment: one of the page's, or one of another worker's. */
export async function endAt(page: Page, moment: Moment): Promise<void> {
	const set = (at: Moment) => void Object.assign(globalThis, { moment: at });
	await page.evaluate(set, moment);
	await inWorkers(page, (worker) => worker.evaluate(set, moment));
}

/** How many have been ended since the page was loaded. */
export async function endedCount(page: Page): Promise<number> {
	const count = () => (globalThis as { ended?: number }).ended ?? 0;
	const counts = await inWorkers(page, (worker) => worker.evaluate(count));
	return counts.reduce((sum, more) => sum + more, await page.evaluate(count));
}

/** Does something in each worker that is still there. */
async function inWorkers<T>(page: Page, run: (worker: Worker) => Promise<T>): Promise<T[]> {
	const done = await Promise.allSettled(page.workers().map(run));
	return done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}
