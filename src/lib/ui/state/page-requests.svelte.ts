import type { Ask, Piece } from '$lib/model/page-request';
import { problemOf, type Problem } from '$lib/model/problem';
import { isOfSamePage } from '$lib/view/query';
import { nextTurn } from '$lib/worker/threads/turn';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import type { Answers } from './answers.svelte';
import type { Sides, Wanted } from './shown';

/** Top lists are drawn so many rows at a time: no one task may keep the page from its user. */
const ROWS_A_TURN = 10;

/** Not needed for most pages to be ready: sentences about the whole, and the pattern of the week where it takes a count of its own. */
const FOR_LATER: readonly Ask[] = ['pattern', 'best_link', 'changes'];

/**
 * Requests what a page needs, and gives what comes to the answers on screen. Of several requests only the newest is
 * answered, and what is there already is not requested again.
 */
export class PageRequests {
	readonly #answers: Answers;

	#problem = $state.raw<Problem | null>(null);
	#rowsDrawn = $state(0);
	#isAsking = $state(false);
	#hasFigures = $state(false);

	/** The newest request; null where the same has to be requested again. */
	#wanted: Wanted | null = null;
	#stop = new AbortController();
	/** Set while figures of days are shown that are being chosen: the newest days are requested once the last figures are there. */
	#preview: { next: Sides | null } | null = null;

	constructor(answers: Answers) {
		this.#answers = answers;
	}

	/** Why the newest request failed. */
	get problem() {
		return this.#problem;
	}
	/** How many rows of the newest top lists are drawn by now. */
	get rowsDrawn() {
		return this.#rowsDrawn;
	}
	/** Whether rows of the lists before these are still on screen. */
	get hasRowsBefore() {
		const { tops, topsBefore } = this.#answers;
		return topsBefore !== null && this.#rowsDrawn < (tops?.query.top ?? 0);
	}
	/** Whether something on screen is not yet what was requested. */
	get isAsking() {
		return this.#isAsking;
	}
	/** Whether tiles and chart are what was requested, people and comparison included; lists may still be counted. */
	get hasFigures() {
		return this.#hasFigures;
	}

	/** Requests all that is wanted and not yet there. */
	ask(client: WorkspaceClient, wanted: Wanted): void {
		// What no answer depends on, such as the metric on the chart, requests nothing.
		if (this.#wanted && JSON.stringify(this.#wanted) === JSON.stringify(wanted)) return;
		this.#wanted = wanted;
		// Figures of another page are not shown meanwhile.
		const { shown } = this.#answers;
		if (shown && !isOfSamePage(shown.query, wanted.query)) this.#answers.clear();
		this.#preview = null;
		void this.#run(this.#restart(), client, wanted);
	}

	/**
	 * Shows the figures of other days, without their lists, while days are being chosen: each as soon as the one before is
	 * on screen, and none that newer ones have overtaken. The next call of `ask` ends it.
	 */
	preview(client: WorkspaceClient, wanted: Sides): void {
		if (this.#preview) {
			this.#preview.next = wanted;
			return;
		}
		this.#wanted = null;
		this.#isAsking = true;
		this.#hasFigures = false;
		void this.#runPreview(this.#restart(), client, wanted);
	}

	/** Drops the request under way, and makes the same again next time: what is stored has changed. */
	forget(): void {
		this.#stop.abort();
		this.#preview = null;
		this.#wanted = null;
		this.#answers.forget();
		this.#isAsking = false;
		this.#hasFigures = false;
	}

	/** The same, and takes everything off the screen. */
	clear(): void {
		this.forget();
		this.#answers.clear();
		this.#problem = null;
		this.#rowsDrawn = 0;
	}

	/** Ends the request under way. Returns the signal of the next one. */
	#restart(): AbortSignal {
		this.#stop.abort();
		this.#stop = new AbortController();
		return this.#stop.signal;
	}

	async #runPreview(signal: AbortSignal, client: WorkspaceClient, first: Sides): Promise<void> {
		for (let wanted: Sides | null = first; wanted !== null;) {
			const { query, compared } = wanted;
			const preview = (this.#preview = { next: null as Sides | null });
			try {
				await client.ask(signal, { query, compared, asks: ['figures'] }, (piece) => {
					if (piece.ask !== 'figures' || signal.aborted) return;
					this.#answers.showFigures({ query, compared }, piece.figures, false);
				});
			} catch {
				// What failed is requested again once days are chosen, and its problem is shown then.
			}
			if (signal.aborted) return;
			wanted = preview.next;
		}
		this.#preview = null;
	}

	async #run(signal: AbortSignal, client: WorkspaceClient, wanted: Wanted): Promise<void> {
		const answers = this.#answers;
		const { query, compared, waitsForChanges } = wanted;
		const request = (asks: readonly Ask[]) =>
			client.ask(signal, { ...wanted, asks }, (piece) => {
				if (!signal.aborted) this.#take(piece, wanted);
			});
		this.#isAsking = true;
		// Whether all is there that the page needs to be ready.
		let isSettled = false;
		const settle = async () => {
			isSettled = true;
			await this.#settle(signal, client, wanted);
		};
		try {
			const asks = answers.missing(wanted);
			this.#hasFigures = !asks.includes('answer') && !asks.includes('comparison');
			if (compared === null) this.#drawAnew(() => answers.dropCompared());
			const isLater = (ask: Ask) =>
				FOR_LATER.includes(ask) && !(ask === 'changes' && waitsForChanges === true);
			const needed = asks.filter((ask) => !isLater(ask) || query.subject !== null);
			if (needed.length > 0) {
				await request(needed);
				if (signal.aborted) return;
			}
			const later = asks.filter((ask) => !needed.includes(ask));
			// Of reports the pattern of the week is there at once, and part of the page like all else.
			const isWaitedFor = answers.shown !== null && answers.shown.answer.reportedDays > 0;
			if (!isWaitedFor) await settle();
			if (later.length > 0 && !signal.aborted) await request(later);
			if (!isSettled) await settle();
		} catch (error) {
			// The page is whole without what comes later.
			if (signal.aborted || isSettled) return;
			this.#wanted = null;
			this.#problem = problemOf(error);
			this.#isAsking = false;
		}
	}

	#take(piece: Piece, wanted: Wanted): void {
		this.#drawAnew(() => this.#answers.take(piece, wanted));
		if (piece.ask === 'figures' || piece.ask === 'answer') this.#problem = null;
		const isComplete =
			piece.ask === 'answer' && (wanted.compared ? piece.comparison !== null : piece.answer.hasPeople);
		if (isComplete || piece.ask === 'comparison') this.#hasFigures = true;
	}

	/** Does what may bring other lists, whose rows are then to be drawn. */
	#drawAnew(change: () => void): void {
		const { tops } = this.#answers;
		change();
		if (this.#answers.tops !== tops) this.#rowsDrawn = 0;
	}

	/** Finds the Pins with the page's words and has the lists drawn; the page is ready then. */
	async #settle(signal: AbortSignal, client: WorkspaceClient, wanted: Wanted): Promise<void> {
		const { query, compared, words } = wanted;
		if (words === '') this.#answers.showFound(null);
		else if (!this.#answers.isFound(wanted)) {
			const top = await client.pins(signal, { query, compared, words, first: 0, count: query.top });
			if (signal.aborted) return;
			this.#answers.showFound({ query, compared, words, top });
		}
		while (this.#rowsDrawn < query.top) {
			await nextTurn();
			this.#rowsDrawn += ROWS_A_TURN;
		}
		await nextTurn();
		if (!signal.aborted) this.#isAsking = false;
	}
}
