import type { Changes } from '$lib/model/change';
import type { MetricId } from '$lib/model/metric';
import type { Query } from '$lib/model/query';
import { isSameQuery } from '$lib/view/query';
import type { Session } from './session.svelte';

/** A day and the one that it is compared with, as questions, and the metric whose change is taken apart. */
export interface DayQuestion {
	readonly query: Query;
	readonly compared: Query;
	readonly metric: MetricId;
}

/** What made one day differ from another: asked by the page of changes for the unusual day that it shows. */
export class DayChanges {
	readonly #session: Session;
	/** The newest that was answered, or could not be. */
	#answered = $state.raw<{ readonly question: DayQuestion; readonly changes: Changes | null } | null>(null);
	#question = $state.raw<DayQuestion | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** Of the day that was asked for last; null while it is awaited, and where it could not be worked out. */
	get changes(): Changes | null {
		return this.isAsking ? null : (this.#answered?.changes ?? null);
	}

	get isAsking(): boolean {
		const [asked, answered] = [this.#question, this.#answered?.question];
		return asked !== null && !(answered && isSame(asked, answered));
	}

	/** To be run in an effect: asks about a day. Returns the way to stop. */
	watch(question: DayQuestion | null): () => void {
		const controller = new AbortController();
		this.#question = question;
		if (question) void this.#ask(controller.signal, question);
		return () => controller.abort();
	}

	async #ask(signal: AbortSignal, question: DayQuestion): Promise<void> {
		let changes: Changes | null = null;
		try {
			await this.#session.client.ask(signal, { ...question, asks: ['changes'] }, (piece) => {
				if (piece.ask === 'changes') changes = piece.changes;
			});
		} catch {
			// The day is shown without what made it.
		}
		if (!signal.aborted) this.#answered = { question, changes };
	}
}

function isSame(a: DayQuestion, b: DayQuestion): boolean {
	return a.metric === b.metric && isSameQuery(a.query, b.query) && isSameQuery(a.compared, b.compared);
}
