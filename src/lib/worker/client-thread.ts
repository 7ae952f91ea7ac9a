import { ProblemError } from '../model/problem';
import { Caller } from './call';
import { startModuleWorker } from './module-worker';

/** A worker that is started when it is first called, and fails its calls when it dies. */
export class Thread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly #entryUrl: string;
	#worker: Worker | null = null;
	#calls: Caller<Table> | null = null;
	#isClosed = false;

	constructor(entryUrl: string) {
		this.#entryUrl = entryUrl;
	}

	/** @throws ProblemError newer_version once it is closed */
	get calls(): Caller<Table> {
		if (this.#isClosed) throw new ProblemError({ code: 'newer_version' });
		if (this.#calls) return this.#calls;
		const worker = startModuleWorker(new URL(this.#entryUrl, document.baseURI).href);
		const calls = new Caller<Table>(worker);
		worker.addEventListener('error', (event) => {
			worker.terminate();
			this.#calls = null;
			calls.fail({ code: 'unexpected', detail: event.message || 'the worker could not start' });
		});
		this.#worker = worker;
		this.#calls = calls;
		return calls;
	}

	/** Ends it for good: another version of the app has taken over. */
	close(): void {
		this.#isClosed = true;
		this.#worker?.terminate();
		this.#calls?.fail({ code: 'newer_version' });
		this.#worker = this.#calls = null;
	}
}
