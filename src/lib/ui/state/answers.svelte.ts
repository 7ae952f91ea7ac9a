import { problemOf, type Problem } from '$lib/model/problem';
import type { Answer, HourFigures, Query, Top, TopLink, TopPin } from '$lib/model/query';
import { isOfSamePage, isSameQuery } from '$lib/view/query';
import type { WorkspaceClient } from '$lib/worker/workspace-client';
import { nextTurn } from '$lib/worker/client-turn';

/** The first answer's top lists are drawn so many rows at a time: no one task may keep the page from its user. */
const ROWS_A_TURN = 10;

/** An answer with the query that it answers, so that nothing is ever labelled with another's words. */
export interface Shown {
	readonly query: Query;
	readonly answer: Answer;
	/** Whether this is all; until then people and lists are still being counted. */
	readonly isWhole: boolean;
}

/** The Pins that contain words. */
export interface Found {
	readonly query: Query;
	readonly words: string;
	readonly top: Top<TopPin>;
}

/** The answer for the days that are compared with. */
export interface Compared {
	/** The query whose answer it is compared with. */
	readonly with: Query;
	readonly query: Query;
	readonly answer: Answer;
}

/** What is asked when all else is answered, for sentences about the whole. */
export interface Background {
	readonly query: Query;
	readonly hours: HourFigures;
	/** The destination with most link clicks, first. */
	readonly links: Top<TopLink>;
}

/** What a page wants to know, in the order in which it is asked. */
export interface Wanted {
	readonly query: Query;
	/** '' searches for nothing. */
	readonly words: string;
	/** The same for the days that are compared with. */
	readonly comparison: Query | null;
	/** Whether the background is wanted too. Nobody waits for it. */
	readonly withBackground: boolean;
}

/**
 * The answers on screen. The last ones stay while the next are worked out; of several questions only the newest is
 * answered, and what has been answered is not asked again.
 */
export class Answers {
	#shown = $state.raw<Shown | null>(null);
	#lists = $state.raw<Shown | null>(null);
	#found = $state.raw<Found | null>(null);
	#comparison = $state.raw<Compared | null>(null);
	#background = $state.raw<Background | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#rowsDrawn = $state(0);
	#isAsking = $state(false);

	// Of the answer on screen only: a change, or a figure in a sentence, is never another view's.
	readonly #shownComparison = $derived(isOf(this.#comparison?.with, this.#shown) ? this.#comparison : null);
	readonly #shownBackground = $derived(isOf(this.#background?.query, this.#shown) ? this.#background : null);

	#wanted: Wanted | null = null;
	#isStale = false; // what is stored has changed since
	#question = new AbortController();

	/** The newest answer, whole or first. */
	get shown() {
		return this.#shown;
	}
	/** The newest whole answer: its lists stay while the next ones are counted. */
	get lists() {
		return this.#lists;
	}
	get found() {
		return this.#found;
	}
	get comparison(): Compared | null {
		return this.#shownComparison;
	}
	get background(): Background | null {
		return this.#shownBackground;
	}
	get problem() {
		return this.#problem;
	}
	/** How many rows of a top list are drawn by now. */
	get rowsDrawn() {
		return this.#rowsDrawn;
	}
	/** Whether something on screen is not yet what was asked for. */
	get isAsking() {
		return this.#isAsking;
	}

	/** Asks for all that is wanted and not yet there. */
	ask(client: WorkspaceClient, wanted: Wanted): void {
		// What no answer depends on, such as the metric on the chart, asks nothing.
		if (this.#wanted && JSON.stringify(this.#wanted) === JSON.stringify(wanted)) return;
		this.#wanted = wanted;
		// Another page's figures are nothing to look at meanwhile.
		if (this.#shown && !isOfSamePage(this.#shown.query, wanted.query)) this.#clear();
		this.#question.abort();
		this.#question = new AbortController();
		void this.#run(this.#question.signal, client, wanted);
	}

	/** Drops the question under way, and asks the same again next time: what is stored has changed. */
	forget(): void {
		this.#question.abort();
		this.#wanted = null;
		this.#isStale = true;
		this.#found = null;
		this.#comparison = null;
		this.#background = null;
		this.#isAsking = false;
	}

	/** Takes everything off the screen. */
	clear(): void {
		this.forget();
		this.#clear();
		this.#problem = null;
		this.#rowsDrawn = 0;
	}

	#clear(): void {
		this.#shown = null;
		this.#lists = null;
	}

	async #run(signal: AbortSignal, client: WorkspaceClient, wanted: Wanted): Promise<void> {
		const { query, words, comparison } = wanted;
		this.#isAsking = true;
		try {
			if (this.#isStale || !this.#shown?.isWhole || !isSameQuery(this.#shown.query, query)) {
				const answer = await client.query(signal, query, (first) => {
					if (!signal.aborted) this.#show({ query, answer: first, isWhole: false });
				});
				if (signal.aborted) return;
				this.#show({ query, answer, isWhole: true });
				this.#isStale = false;
			}
			if (words === '') this.#found = null;
			else if (!this.#found || this.#found.words !== words || !isSameQuery(this.#found.query, query)) {
				const top = await client.pins(signal, { query, words, first: 0, count: query.top });
				if (signal.aborted) return;
				this.#found = { query, words, top };
			}
			if (comparison === null) this.#comparison = null;
			else if (!this.#comparison || !isSameQuery(this.#comparison.query, comparison)) {
				const answer = await client.query(signal, comparison);
				if (signal.aborted) return;
				this.#comparison = { with: query, query: comparison, answer };
			}
			while (this.#rowsDrawn < query.top) {
				await nextTurn();
				this.#rowsDrawn += ROWS_A_TURN;
			}
			await nextTurn();
			if (signal.aborted) return;
			this.#isAsking = false;
			if (wanted.withBackground && !this.background) await this.#askBackground(signal, client, query);
		} catch (error) {
			if (signal.aborted) return;
			this.#wanted = null;
			this.#problem = problemOf(error);
			this.#isAsking = false;
		}
	}

	async #askBackground(signal: AbortSignal, client: WorkspaceClient, query: Query): Promise<void> {
		try {
			const hours = await client.hours(signal, query);
			let links = this.#lists?.answer.topLinks;
			// The best by another figure need not be among those that are listed.
			if (!links || (query.sort !== 'link_clicks' && links.total > links.rows.length))
				links = (await client.query(signal, { ...query, sort: 'link_clicks', top: 1 })).topLinks;
			if (!signal.aborted) this.#background = { query, hours, links };
		} catch {
			// The page is whole without it.
		}
	}

	#show(shown: Shown): void {
		this.#shown = shown;
		if (shown.isWhole) this.#lists = shown;
		this.#problem = null;
	}
}

function isOf(query: Query | undefined, shown: Shown | null): boolean {
	return query !== undefined && shown !== null && isSameQuery(query, shown.query);
}
