import type { BatchSummary } from '$lib/model/import-report';
import type { InsightsAnswer } from '$lib/model/insights';
import { problemOf, type Problem } from '$lib/model/problem';
import { hasContents } from '$lib/view/page';
import { untrack } from 'svelte';
import type { Session } from './session.svelte';

/** What was read, and of which imports. */
interface Reading {
	readonly of: readonly BatchSummary[];
	readonly answer: InsightsAnswer;
	readonly problem: Problem | null;
}

const NOTHING: InsightsAnswer = { snapshots: [], damaged: [] };

/** The snapshots of Audience insights: read by the Audience page alone, and anew after every change. */
export class AudienceState {
	readonly #session: Session;
	#reading = $state.raw<Reading | null>(null);
	#attempts = $state(0);

	constructor(session: Session) {
		this.#session = session;
	}

	/** The last one stays while the next is read. */
	get answer(): InsightsAnswer {
		return this.#reading?.answer ?? NOTHING;
	}
	get problem(): Problem | null {
		return this.#reading?.problem ?? null;
	}
	/** Whether what is read is not of what is stored now. */
	get isAsking(): boolean {
		return this.#isOpen && this.#reading?.of !== this.#session.batches;
	}

	get #isOpen(): boolean {
		return this.#session.phase === 'open' || this.#session.phase === 'empty';
	}

	/** Reads again after a failure. */
	retry(): void {
		this.#reading = null;
		this.#attempts++;
	}

	/** To be run in an effect: reads whenever what is stored changes. Returns the way to stop. */
	watch(): () => void {
		const { batches } = this.#session;
		const controller = new AbortController();
		void this.#attempts;
		if (this.#isOpen) untrack(() => void this.#read(controller.signal, batches));
		return () => controller.abort();
	}

	async #read(signal: AbortSignal, of: readonly BatchSummary[]): Promise<void> {
		try {
			const answer = hasContents('audience', of) ? await this.#session.client.insights(signal) : NOTHING;
			if (!signal.aborted) this.#reading = { of, answer, problem: null };
		} catch (error) {
			if (!signal.aborted) this.#reading = { of, answer: this.answer, problem: problemOf(error) };
		}
	}
}
