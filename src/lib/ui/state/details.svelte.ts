import { DIMENSIONS, type Dimension } from '$lib/model/event';
import type { Figures } from '$lib/model/figures';
import { problemOf, type Problem } from '$lib/model/problem';
import type { HourFigures, PinAttributes, Subject } from '$lib/model/query';
import { splitQuery, splitRows, wholeQuery, type SplitRow } from '$lib/view/subject';
import type { WorkspaceClient } from '$lib/worker/workspace-client';
import type { Shown } from './answers.svelte';

/** What the page of one Pin or board shows besides the answer that every page has. */
export interface SubjectDetails {
	/** Whether anything stored is about it, whatever the filter. */
	readonly isKnown: boolean;
	/** What is known of a Pin; null for a board, and where it is not known. */
	readonly pin: PinAttributes | null;
	/** Figures of everything under the same filters. */
	readonly whole: Figures;
	readonly splits: Readonly<Record<Dimension, readonly SplitRow[]>>;
	readonly hours: HourFigures;
}

/** The details of the Pin or board on screen. The last ones stay until the next are there, as answers do. */
export class Details {
	#details = $state.raw<SubjectDetails | null>(null);
	#problem = $state.raw<Problem | null>(null);
	/** The answer that the details go with. */
	#of = $state.raw<Shown | null>(null);
	#asked: Shown | null = null;
	#question = new AbortController();

	get problem() {
		return this.#problem;
	}

	/** The newest details of a Pin or board; null where they are of another. */
	about(subject: Subject | null): SubjectDetails | null {
		const known = this.#of?.query.subject;
		return subject && known?.kind === subject.kind && known.name === subject.name ? this.#details : null;
	}

	/** Whether the details of an answer are there. */
	isReadyFor(shown: Shown | null): boolean {
		return shown !== null && this.#of === shown;
	}

	/** Asks for what goes with an answer, once it is whole. */
	ask(client: WorkspaceClient, shown: Shown): void {
		const { subject } = shown.query;
		if (!shown.isWhole || subject === null || this.#asked === shown) return;
		this.#asked = shown;
		this.#question.abort();
		this.#question = new AbortController();
		void this.#run(this.#question.signal, client, shown, subject);
	}

	async #run(signal: AbortSignal, client: WorkspaceClient, shown: Shown, subject: Subject): Promise<void> {
		try {
			const { query } = shown;
			const pin = subject.kind === 'pin' ? await client.pinAttributes(subject.name) : null;
			const isKnown = subject.kind === 'pin' ? pin !== null : await client.hasBoard(subject.name);
			const whole = (await client.query(signal, wholeQuery(query))).totals;
			const splits: Partial<Record<Dimension, readonly SplitRow[]>> = {};
			for (const dimension of DIMENSIONS)
				splits[dimension] = splitRows(await client.query(signal, splitQuery(query, dimension)));
			const hours = await client.hours(signal, query);
			if (signal.aborted) return;
			this.#details = { isKnown, pin, whole, splits: splits as SubjectDetails['splits'], hours };
			this.#problem = null;
			this.#of = shown;
		} catch (error) {
			if (signal.aborted) return;
			this.#problem = problemOf(error);
			this.#of = shown;
		}
	}
}
