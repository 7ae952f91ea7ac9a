import { ProblemError, problemOf, type Problem } from '../../model/problem';
import { Caller } from '../threads/call';
import { startModuleWorker } from '../threads/module-worker';

/** A worker that is started when it is first called, fails its calls when it ends, and is then started anew. */
export class Thread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	/** Brings a worker that stands in for one that ended to where that one was, before anything else is asked of it. */
	reopen: ((calls: Caller<Table>) => Promise<unknown>) | null = null;
	/** Told when a question is asked again, since a worker ended in the middle of its answer. */
	onAskedAgain: (() => void) | null = null;
	readonly #entryUrl: string;
	#worker: Worker | null = null;
	#calls: Caller<Table> | null = null;
	#isClosed = false;
	#wasLost = false;
	#reopening: Promise<unknown> | null = null;

	constructor(entryUrl: string) {
		this.#entryUrl = entryUrl;
	}

	/**
	 * Calls the worker (call.ts).
	 * @throws ProblemError newer_version once it is closed; worker_ended where it ends meanwhile
	 */
	async call<Name extends keyof Table & string>(
		signal: AbortSignal | null,
		name: Name,
		params: Table[Name][0],
		onTold?: (told: Table[Name][2]) => void
	): Promise<Table[Name][1]> {
		const calls = this.#started();
		if (this.#reopening) await this.#reopening;
		return calls.call(signal, name, params, onTold);
	}

	/**
	 * The same for what only reads: where the worker, or a thread of its own, ends meanwhile, whatever stands in for it is
	 * asked once more.
	 */
	async ask<Name extends keyof Table & string>(
		signal: AbortSignal | null,
		name: Name,
		params: Table[Name][0],
		onTold?: (told: Table[Name][2]) => void
	): Promise<Table[Name][1]> {
		try {
			return await this.call(signal, name, params, onTold);
		} catch (error) {
			if (signal?.aborted || problemOf(error).code !== 'worker_ended') throw error;
			this.onAskedAgain?.();
			return this.call(signal, name, params, onTold);
		}
	}

	#started(): Caller<Table> {
		if (this.#isClosed) throw new ProblemError({ code: 'newer_version' });
		if (this.#calls) return this.#calls;
		const worker = startModuleWorker(new URL(this.#entryUrl, document.baseURI).href, () =>
			this.#lose(worker, { code: 'worker_ended' })
		);
		const calls = new Caller<Table>(worker);
		worker.addEventListener('error', (event) => {
			worker.terminate();
			this.#lose(worker, { code: 'unexpected', detail: event.message || 'the worker could not start' });
		});
		if (!this.#wasLost) this.#endWithPage();
		this.#worker = worker;
		this.#calls = calls;
		if (this.#wasLost && this.reopen) {
			this.#reopening = this.reopen(calls).finally(() => (this.#reopening = null));
		}
		return calls;
	}

	/**
	 * Ends the worker whenever the page is left. The page may be kept for the way back, with its workers stopped in
	 * mid-step: one that stops within a transaction keeps every other page from the database.
	 */
	#endWithPage(): void {
		addEventListener('pagehide', () => this.#worker?.terminate());
		addEventListener('pageshow', ({ persisted }) => {
			if (persisted && this.#worker) this.#lose(this.#worker, { code: 'worker_ended' });
		});
	}

	#lose(worker: Worker, problem: Problem): void {
		if (worker !== this.#worker) return;
		const calls = this.#calls;
		this.#worker = this.#calls = null;
		this.#wasLost = true;
		calls?.fail(problem);
	}

	/** Ends it for good: another version of the app has taken over. */
	close(): void {
		this.#isClosed = true;
		this.#worker?.terminate();
		const calls = this.#calls;
		this.#worker = this.#calls = null;
		calls?.fail({ code: 'newer_version' });
	}
}
