import type { CoverageMap } from '$lib/model/answer';
import { problemOf, type Problem } from '$lib/model/problem';
import { dataRange } from '$lib/view/range';
import { untrack } from 'svelte';
import type { Session } from './session.svelte';

/** Which days of which metric are there: asked for by the Data page alone, and anew after every change. */
export class CoverageState {
	readonly #session: Session;
	#map = $state.raw<CoverageMap | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#isAsking = $state(false);

	// A click changes the view without changing these.
	readonly #workspace = $derived.by(() => this.#session.view.ws);
	readonly #tz = $derived.by(() => this.#session.view.tz);

	constructor(session: Session) {
		this.#session = session;
	}

	/** The last one stays while the next is worked out; null where nothing is stored, and where a host holds the data. */
	get map() {
		return this.#map;
	}
	get problem() {
		return this.#problem;
	}
	get isAsking() {
		return this.#isAsking;
	}

	/** To be run in an effect: asks whenever what is stored or the time zone changes. Returns the way to stop. */
	watch(): () => void {
		const { coverage } = this.#session;
		const tz = this.#tz;
		const workspace = this.#workspace;
		const client = untrack(() => this.#session.clients.of(workspace));
		const controller = new AbortController();
		if (coverage) {
			this.#isAsking = true;
			const scope = { tz, span: dataRange(coverage, tz), metrics: coverage.metrics };
			void this.#ask(controller.signal, client.coverageMap(controller.signal, scope));
		} else {
			this.#map = null;
			this.#problem = null;
			this.#isAsking = false;
		}
		return () => controller.abort();
	}

	async #ask(signal: AbortSignal, answer: Promise<CoverageMap | null>): Promise<void> {
		try {
			const map = await answer;
			if (signal.aborted) return;
			this.#map = map;
			this.#problem = null;
		} catch (error) {
			if (signal.aborted) return;
			this.#problem = problemOf(error);
		}
		this.#isAsking = false;
	}
}
