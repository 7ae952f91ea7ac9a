import { Caller } from './call';
import { startModuleWorker } from './module-worker';

/** A worker that is started when it is first called, and fails its calls when it dies. */
export class Thread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly #entryUrl: string;
	#calls: Caller<Table> | null = null;

	constructor(entryUrl: string) {
		this.#entryUrl = entryUrl;
	}

	get calls(): Caller<Table> {
		if (this.#calls) return this.#calls;
		const worker = startModuleWorker(new URL(this.#entryUrl, document.baseURI).href);
		const calls = new Caller<Table>(worker);
		worker.addEventListener('error', (event) => {
			worker.terminate();
			this.#calls = null;
			calls.fail({ code: 'unexpected', detail: event.message || 'the worker could not start' });
		});
		this.#calls = calls;
		return calls;
	}
}
