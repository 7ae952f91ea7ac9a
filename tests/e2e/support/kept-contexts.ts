import type { Browser, BrowserContext } from 'playwright/test';

/** More than the tests of neighbouring files need, and few enough for a small machine. */
const MOST = 4;

/** What a page has stored, to be compared with what it stores later. */
export interface Stored {
	readonly text: string;
	/** The ids of imports. */
	readonly batches: readonly string[];
}

/** A context that later tests go on with. */
export interface KeptContext {
	readonly context: BrowserContext;
	/** What its page stored before the first test; null until that is known. */
	before: Stored | null;
}

/** The contexts that one worker process of the tests keeps from test to test, by what they hold. */
export class KeptContexts {
	readonly #browser: Browser;
	// The one that was taken last is the last.
	readonly #kept = new Map<string, KeptContext>();

	constructor(browser: Browser) {
		this.#browser = browser;
	}

	/** The context of a name; a new one where none is kept. */
	async take(name: string): Promise<KeptContext> {
		const kept = this.#kept.get(name) ?? { context: await this.#browser.newContext(), before: null };
		this.#kept.delete(name);
		this.#kept.set(name, kept);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > MOST && oldest !== undefined) await this.drop(oldest);
		return kept;
	}

	/** Closes a context that no later test can go on with. */
	async drop(name: string): Promise<void> {
		const kept = this.#kept.get(name);
		this.#kept.delete(name);
		await kept?.context.close();
	}

	async close(): Promise<void> {
		await Promise.all([...this.#kept.keys()].map((name) => this.drop(name)));
	}
}
