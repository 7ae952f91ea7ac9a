import { Caller } from './call';

/** A worker that is started when it is first called, and fails its calls when it dies. */
export class Thread<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }> {
	readonly #entryUrl: string;
	#calls: Caller<Table> | null = null;

	constructor(entryUrl: string) {
		this.#entryUrl = entryUrl;
	}

	get calls(): Caller<Table> {
		if (this.#calls) return this.#calls;
		const worker = startWorker(this.#entryUrl);
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

/**
 * Starts a module worker that is bound by the page's policy. A worker loaded by its own URL is not reached by a policy
 * in a <meta> element; one that starts from a blob: of this page inherits it, and then imports the entry.
 */
function startWorker(entryUrl: string): Worker {
	const entry = new URL(entryUrl, document.baseURI).href;
	const url = URL.createObjectURL(
		new Blob([`import ${JSON.stringify(entry)};`], { type: 'text/javascript' })
	);
	const worker = new Worker(url, { type: 'module' });
	worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
	return worker;
}
