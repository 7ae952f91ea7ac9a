import type { AdsTables } from '$lib/model/ads';
import type { Comparison } from '$lib/model/answer';
import { dimensionsOf } from '$lib/model/dimension';
import { allDaysQuery, type AllDays, type Ask, type PageFigures, type Piece } from '$lib/model/page-request';
import { problemOf, type Problem } from '$lib/model/problem';
import type { Query, Subject } from '$lib/model/query';
import { isOfSamePage, isSameQuery } from '$lib/view/query';
import { nextTurn } from '$lib/worker/threads/turn';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import type { Compared, Extras, Found, Shown, ShownLists, Sides, TakenApart, Unusual, Wanted } from './shown';

/** The first answer's top lists are drawn so many rows at a time: no one task may keep the page from its user. */
const ROWS_A_TURN = 10;

/** Not needed for most pages to be ready: sentences about the whole, and the pattern of the week where it takes a count of its own. */
const FOR_LATER: readonly Ask[] = ['pattern', 'best_link', 'changes'];

/**
 * The answers on screen. The last ones stay while the next are worked out; of several questions only the newest is
 * answered, and what has been answered is not asked again.
 */
export class Answers {
	#shown = $state.raw<Shown | null>(null);
	#lists = $state.raw<Shown | null>(null);
	#tops = $state.raw<ShownLists | null>(null);
	#found = $state.raw<Found | null>(null);
	#comparison = $state.raw<Compared | null>(null);
	#extras = $state.raw<Extras | null>(null);
	#changes = $state.raw<TakenApart | null>(null);
	#unusual = $state.raw<Unusual | null>(null);
	/** A Pin's figures of all days: they go with every range. */
	#life = $state.raw<AllDays | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#rowsDrawn = $state(0);
	#isAsking = $state(false);
	#hasFigures = $state(false);

	// Of the answer on screen only: a change, or a figure in a sentence, is never another view's.
	readonly #shownComparison = $derived(isOf(this.#comparison?.with, this.#shown) ? this.#comparison : null);
	readonly #shownExtras = $derived(isOf(this.#extras?.query, this.#shown) ? this.#extras : null);

	/** Figures that were looked at while days were being chosen: the newest is asked for as soon as the last is there. */
	#preview: { next: Sides | null } | null = null;

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
	/** The newest lists: they too stay while the next ones are counted. */
	get tops() {
		return this.#tops;
	}
	/** Whether these are of an earlier question. */
	get areTopsOld(): boolean {
		const tops = this.#tops;
		if (!tops || !isOf(tops.query, this.#shown)) return true;
		const compared = this.#shownComparison?.query ?? null;
		return tops.compared !== null && compared !== null && !isSameQuery(tops.compared, compared);
	}
	get found() {
		return this.#found;
	}
	get comparison(): Compared | null {
		return this.#shownComparison;
	}
	/** The newest change that was taken apart; it stays while the next one is. */
	get changes(): TakenApart | null {
		return this.#changes;
	}
	/** The unusual days of the answer on screen, by one metric. */
	get unusual(): Unusual | null {
		return isOf(this.#unusual?.query, this.#shown) ? this.#unusual : null;
	}
	/** What goes with the answer on screen. */
	get extras(): Extras | null {
		return this.#shownExtras;
	}
	/** What was last known of a Pin or board: it stays while the next answer about it is worked out. */
	extrasAbout(subject: Subject | null): Extras | null {
		const known = this.#extras?.query.subject;
		return subject && known?.kind === subject.kind && known.name === subject.name ? this.#extras : null;
	}
	/** The figures of all days that were last known of a Pin. */
	lifeOf(pinId: string): AllDays | null {
		const known = this.#life?.query.subject;
		return known?.kind === 'pin' && known.name === pinId ? this.#life : null;
	}
	/** The last tables of ads: they stay while the next ones are worked out. */
	get ads(): AdsTables | null {
		return this.#extras?.ads ?? null;
	}
	/** The last figures of people, with their questions: they too stay. */
	get people(): Extras | null {
		return this.#extras?.people ? this.#extras : null;
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

	/** Whether tiles and chart are what was asked for, people and comparison included; lists may still be counted. */
	get hasFigures() {
		return this.#hasFigures;
	}

	/** Asks for all that is wanted and not yet there. */
	ask(client: WorkspaceClient, wanted: Wanted): void {
		// What no answer depends on, such as the metric on the chart, asks nothing.
		if (this.#wanted && JSON.stringify(this.#wanted) === JSON.stringify(wanted)) return;
		this.#wanted = wanted;
		// Figures of another page are not shown meanwhile.
		if (this.#shown && !isOfSamePage(this.#shown.query, wanted.query)) this.#clear();
		this.#question.abort();
		this.#question = new AbortController();
		this.#preview = null;
		void this.#run(this.#question.signal, client, wanted);
	}

	/**
	 * Shows the figures of other days, without their lists, while days are being chosen: each as soon as the one before is
	 * on screen, and none that newer ones have overtaken. The next question ends it.
	 */
	preview(client: WorkspaceClient, wanted: Sides): void {
		if (this.#preview) {
			this.#preview.next = wanted;
			return;
		}
		this.#question.abort();
		this.#question = new AbortController();
		this.#wanted = null;
		this.#isAsking = true;
		this.#hasFigures = false;
		void this.#runPreview(this.#question.signal, client, wanted);
	}

	async #runPreview(signal: AbortSignal, client: WorkspaceClient, first: Sides): Promise<void> {
		for (let wanted: Sides | null = first; wanted !== null;) {
			const { query, compared } = wanted;
			const preview = (this.#preview = { next: null as Sides | null });
			try {
				await client.ask(signal, { query, compared, asks: ['figures'] }, (piece) => {
					if (piece.ask !== 'figures' || signal.aborted) return;
					this.#showFigures({ query, compared }, piece.figures, false);
				});
			} catch {
				// What could not be worked out is asked for again when days are chosen, and then said.
			}
			if (signal.aborted) return;
			wanted = preview.next;
		}
		this.#preview = null;
	}

	/** Drops the question under way, and asks the same again next time: what is stored has changed. */
	forget(): void {
		this.#question.abort();
		this.#preview = null;
		this.#wanted = null;
		this.#isStale = true;
		this.#found = null;
		this.#comparison = null;
		this.#extras = null;
		this.#changes = null;
		this.#unusual = null;
		this.#life = null;
		this.#isAsking = false;
		this.#hasFigures = false;
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
		this.#tops = null;
		this.#found = null;
		this.#comparison = null;
		this.#extras = null;
		this.#changes = null;
		this.#unusual = null;
		this.#life = null;
	}

	async #run(signal: AbortSignal, client: WorkspaceClient, wanted: Wanted): Promise<void> {
		const { query, compared, words, metric, own, allDays, waitsForChanges } = wanted;
		const question = { query, compared, ...defined({ metric, own, allDays }) };
		this.#isAsking = true;
		// Whether all is there that the page needs to be ready.
		let isSettled = false;
		const settle = async () => {
			isSettled = true;
			if (words === '') this.#found = null;
			else if (!this.#isFound(wanted)) {
				const top = await client.pins(signal, { query, compared, words, first: 0, count: query.top });
				if (signal.aborted) return;
				this.#found = { query, compared, words, top };
			}
			while (this.#rowsDrawn < query.top) {
				await nextTurn();
				this.#rowsDrawn += ROWS_A_TURN;
			}
			await nextTurn();
			if (!signal.aborted) this.#isAsking = false;
		};
		try {
			const asks = this.#missing(wanted);
			this.#hasFigures = !asks.includes('answer') && !asks.includes('comparison');
			if (!asks.includes('comparison') && compared === null) this.#comparison = null;
			if (compared === null && this.#tops?.compared) this.#showLists(this.#lists);
			const isLater = (ask: Ask) =>
				FOR_LATER.includes(ask) && !(ask === 'changes' && waitsForChanges === true);
			const needed = asks.filter((ask) => !isLater(ask) || query.subject !== null);
			if (needed.length > 0) {
				await client.ask(signal, { ...question, asks: needed }, (piece) => {
					if (!signal.aborted) this.#take(piece, wanted);
				});
				if (signal.aborted) return;
			}
			const later = asks.filter((ask) => !needed.includes(ask));
			// Of reports the pattern of the week is there at once, and part of the page like all else.
			const isWaitedFor = this.#shown !== null && this.#shown.answer.reportedDays > 0;
			if (!isWaitedFor) await settle();
			if (later.length > 0 && !signal.aborted) {
				await client.ask(signal, { ...question, asks: later }, (piece) => {
					if (!signal.aborted) this.#take(piece, wanted);
				});
			}
			if (!isSettled) await settle();
		} catch (error) {
			// The page is whole without what comes later.
			if (signal.aborted || isSettled) return;
			this.#wanted = null;
			this.#problem = problemOf(error);
			this.#isAsking = false;
		}
	}

	/** What of a request is not there yet. */
	#missing({ query, compared, asks, metric, own, allDays }: Wanted): readonly Ask[] {
		const isThere = !this.#isStale && this.#shown?.isWhole === true && isSameQuery(this.#shown.query, query);
		const shares = this.#shown?.answer.shares;
		const extras = isThere && this.#extras && isSameQuery(this.#extras.query, query) ? this.#extras : null;
		const isBeside = extras !== null && isSameOrNone(extras.compared, compared);
		const has: Readonly<Record<Ask, boolean>> = {
			figures: isThere,
			answer: isThere && (own ?? []).every((dimension) => shares?.[dimension]),
			comparison:
				isThere &&
				compared !== null &&
				this.#comparison !== null &&
				isSameQuery(this.#comparison.query, compared) &&
				isSameQuery(this.#comparison.with, query),
			lists:
				isThere &&
				isSameOrNone(this.#tops?.query ?? null, query) &&
				isSameOrNone(this.#tops?.compared ?? null, compared),
			about: (extras?.about ?? null) !== null,
			whole: (extras?.whole ?? null) !== null,
			splits: isBeside && dimensionsOf(own).every((dimension) => extras?.splits[dimension] !== undefined),
			pattern: isBeside && (extras?.pattern ?? null) !== null,
			best_link: (extras?.links ?? null) !== null,
			ads: isBeside && (extras?.ads ?? null) !== null,
			people: isBeside && (extras?.people ?? null) !== null,
			changes:
				isThere &&
				compared !== null &&
				this.#changes !== null &&
				this.#changes.changes.metric === metric &&
				isSameQuery(this.#changes.query, query) &&
				isSameQuery(this.#changes.compared, compared),
			unusual:
				isThere &&
				this.#unusual !== null &&
				this.#unusual.metric === metric &&
				isSameQuery(this.#unusual.query, query),
			life:
				!this.#isStale &&
				allDays !== undefined &&
				this.#life !== null &&
				isSameQuery(this.#life.query, allDaysQuery(query, allDays))
		};
		return asks.filter((ask) => !has[ask]);
	}

	#isFound({ query, compared, words }: Wanted): boolean {
		const found = this.#found;
		return (
			found?.words === words && isSameQuery(found.query, query) && isSameOrNone(found.compared, compared)
		);
	}

	#take(piece: Piece, wanted: Wanted): void {
		const { query, compared, asks } = wanted;
		switch (piece.ask) {
			case 'figures':
				this.#showFigures(wanted, piece.figures, true);
				break;
			case 'answer':
				this.#show({ query, answer: piece.answer, isWhole: piece.answer.isWhole });
				// Lists beside other days come with it: no row is drawn twice.
				if (piece.answer.isWhole && !asks.includes('lists')) this.#showLists(this.#lists);
				if (piece.answer.hasPeople && compared === null) this.#hasFigures = true;
				if (piece.comparison) this.#compare(wanted, piece.comparison);
				break;
			case 'comparison':
				this.#compare(wanted, piece.comparison);
				break;
			case 'lists':
				if (piece.lists) this.#tops = { query, compared, lists: piece.lists };
				else this.#showLists(this.#lists);
				break;
			case 'about':
				this.#add(wanted, { about: piece.about });
				break;
			case 'whole':
				this.#add(wanted, { whole: piece.totals });
				break;
			case 'splits':
				this.#add(wanted, {
					splits: {
						...this.#of(wanted).splits,
						[piece.dimension]: { answer: piece.answer, before: piece.before }
					}
				});
				break;
			case 'pattern':
				this.#add(wanted, { pattern: piece.pattern, patternBefore: piece.before });
				break;
			case 'best_link':
				this.#add(wanted, { links: piece.links });
				break;
			case 'ads':
				this.#add(wanted, { ads: piece.ads });
				break;
			case 'people':
				this.#add(wanted, { people: piece.people });
				break;
			case 'changes':
				if (compared) this.#changes = { query, compared, changes: piece.changes };
				break;
			case 'unusual':
				this.#unusual = { query, metric: piece.metric, days: piece.days };
				break;
			case 'life':
				this.#life = piece.life;
				break;
		}
	}

	/** What is known with a query so far. */
	#of({ query, compared }: Sides): Extras {
		const known = this.#extras;
		const unknown = { splits: {}, pattern: null, patternBefore: null };
		if (known && isSameQuery(known.query, query))
			return isSameOrNone(known.compared, compared) ? known : { ...known, compared, ...unknown };
		const nothing = {
			about: null,
			whole: null,
			links: null,
			ads: null,
			people: null
		};
		return { query, compared, ...nothing, ...unknown };
	}

	#add(of: Sides, more: Partial<Extras>): void {
		this.#extras = { ...this.#of(of), ...more };
	}

	#compare({ query, compared }: Sides, comparison: Comparison): void {
		if (compared) this.#comparison = { with: query, query: compared, ...comparison };
		this.#hasFigures = true;
	}

	/** Puts an answer's own lists on screen. */
	#showLists(shown: Shown | null): void {
		this.#tops = shown && { query: shown.query, compared: null, lists: shown.answer };
	}

	/** @param isWhole whether nothing more is asked of the query */
	#showFigures({ query, compared }: Sides, { answer, comparison }: PageFigures, isWhole: boolean): void {
		this.#shown = { query, answer, isWhole };
		this.#comparison = compared && comparison && { with: query, query: compared, ...comparison };
		if (!isWhole) return;
		this.#isStale = false;
		this.#problem = null;
	}

	#show(shown: Shown): void {
		this.#shown = shown;
		if (shown.isWhole) {
			this.#lists = shown;
			this.#isStale = false;
		}
		this.#problem = null;
	}
}

function isOf(query: Query | undefined, shown: Shown | null): boolean {
	return query !== undefined && shown !== null && isSameQuery(query, shown.query);
}

/** What is set of some values. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const set = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(set) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function isSameOrNone(a: Query | null, b: Query | null): boolean {
	return a === null || b === null ? a === b : isSameQuery(a, b);
}
