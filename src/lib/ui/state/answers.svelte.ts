import type { AdsTables } from '$lib/model/ads';
import type { Comparison } from '$lib/model/answer';
import { dimensionsOf } from '$lib/model/dimension';
import { allDaysQuery, type AllDays, type Ask, type PageFigures, type Piece } from '$lib/model/page-request';
import type { Query, Subject } from '$lib/model/query';
import { isSameQuery } from '$lib/view/query';
import type { Compared, Extras, Found, Shown, ShownLists, Sides, TakenApart, Unusual, Wanted } from './shown';

/** The answers on screen. The last ones stay while the next are worked out (`PageRequests`). */
export class Answers {
	#shown = $state.raw<Shown | null>(null);
	#lists = $state.raw<Shown | null>(null);
	#tops = $state.raw<ShownLists | null>(null);
	#topsBefore = $state.raw<ShownLists | null>(null);
	#found = $state.raw<Found | null>(null);
	#comparison = $state.raw<Compared | null>(null);
	#extras = $state.raw<Extras | null>(null);
	#changes = $state.raw<TakenApart | null>(null);
	#unusual = $state.raw<Unusual | null>(null);
	/** A Pin's figures of all days: they go with every range. */
	#life = $state.raw<AllDays | null>(null);

	// Of the answer on screen only: a change, or a figure in a sentence, is never another view's.
	readonly #shownComparison = $derived(
		isSameOrNone(this.#comparison?.with, this.#shown?.query) ? this.#comparison : null
	);
	readonly #shownExtras = $derived(
		isSameOrNone(this.#extras?.query, this.#shown?.query) ? this.#extras : null
	);

	#isStale = false; // what is stored has changed since

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
	/** The lists before these: their rows stay until the newest are drawn in their places. */
	get topsBefore() {
		return this.#topsBefore;
	}
	/** Whether these are of an earlier question. */
	get areTopsOld(): boolean {
		const tops = this.#tops;
		if (!tops || !isSameOrNone(tops.query, this.#shown?.query)) return true;
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
		return isSameOrNone(this.#unusual?.query, this.#shown?.query) ? this.#unusual : null;
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

	/** What is stored has changed: all of it has to be requested again. What is drawn stays meanwhile. */
	forget(): void {
		this.#isStale = true;
		this.#dropWhatGoesWithIt();
	}

	/** Takes everything off the screen. */
	clear(): void {
		this.#shown = null;
		this.#lists = null;
		this.#tops = null;
		this.#topsBefore = null;
		this.#dropWhatGoesWithIt();
	}

	#dropWhatGoesWithIt(): void {
		this.#found = null;
		this.#comparison = null;
		this.#extras = null;
		this.#changes = null;
		this.#unusual = null;
		this.#life = null;
	}

	/** What of a request is not there yet. */
	missing({ query, compared, asks, metric, own, allDays }: Wanted): readonly Ask[] {
		const isThere = !this.#isStale && this.#shown?.isWhole === true && isSameOrNone(this.#shown.query, query);
		const shares = this.#shown?.answer.shares;
		const extras = isThere && isSameOrNone(this.#extras?.query, query) ? this.#extras : null;
		const isBeside = extras !== null && isSameOrNone(extras.compared, compared);
		const has: Readonly<Record<Ask, boolean>> = {
			figures: isThere,
			answer: isThere && (own ?? []).every((dimension) => shares?.[dimension]),
			comparison:
				isThere &&
				compared !== null &&
				isSameOrNone(this.#comparison?.query, compared) &&
				isSameOrNone(this.#comparison?.with, query),
			lists:
				isThere && isSameOrNone(this.#tops?.query, query) && isSameOrNone(this.#tops?.compared, compared),
			about: !!extras?.about,
			whole: !!extras?.whole,
			splits: isBeside && dimensionsOf(own).every((dimension) => extras.splits[dimension]),
			pattern: isBeside && !!extras.pattern,
			best_link: !!extras?.links,
			ads: isBeside && !!extras.ads,
			people: isBeside && !!extras.people,
			changes:
				isThere &&
				compared !== null &&
				this.#changes?.changes.metric === metric &&
				isSameOrNone(this.#changes?.query, query) &&
				isSameOrNone(this.#changes?.compared, compared),
			unusual: isThere && this.#unusual?.metric === metric && isSameOrNone(this.#unusual?.query, query),
			life:
				!this.#isStale &&
				allDays !== undefined &&
				isSameOrNone(this.#life?.query, allDaysQuery(query, allDays))
		};
		return asks.filter((ask) => !has[ask]);
	}

	/** Whether the Pins with a page's words are there. */
	isFound({ query, compared, words }: Wanted): boolean {
		const found = this.#found;
		return (
			found?.words === words && isSameQuery(found.query, query) && isSameOrNone(found.compared, compared)
		);
	}

	/** Takes the Pins with a page's words; null where it has none. */
	showFound(found: Found | null): void {
		this.#found = found;
	}

	/** The next answer is not compared. Until its lists come, the newest that are not compared either are shown. */
	dropCompared(): void {
		this.#comparison = null;
		if (this.#tops?.compared) this.#showLists(this.#lists);
	}

	/**
	 * Takes figures alone.
	 * @param isWhole whether nothing more is requested of the query
	 */
	showFigures({ query, compared }: Sides, { answer, comparison }: PageFigures, isWhole: boolean): void {
		this.#shown = { query, answer, isWhole };
		this.#comparison = compared && comparison && { with: query, query: compared, ...comparison };
		if (isWhole) this.#isStale = false;
	}

	/** Takes a piece of what was requested. */
	take(piece: Piece, wanted: Wanted): void {
		const { query, compared, asks } = wanted;
		switch (piece.ask) {
			case 'figures':
				this.showFigures(wanted, piece.figures, true);
				break;
			case 'answer':
				this.#show({ query, answer: piece.answer, isWhole: piece.answer.isWhole });
				// Lists beside other days come with it: no row is drawn twice.
				if (piece.answer.isWhole && !asks.includes('lists')) this.#showLists(this.#lists);
				if (piece.comparison) this.#compare(wanted, piece.comparison);
				break;
			case 'comparison':
				this.#compare(wanted, piece.comparison);
				break;
			case 'lists':
				if (piece.lists) this.#setTops({ query, compared, lists: piece.lists });
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
	}

	/** Puts an answer's own lists on screen. */
	#showLists(shown: Shown | null): void {
		this.#setTops(shown && { query: shown.query, compared: null, lists: shown.answer });
	}

	#setTops(tops: ShownLists | null): void {
		this.#topsBefore = this.#tops;
		this.#tops = tops;
	}

	#show(shown: Shown): void {
		this.#shown = shown;
		if (shown.isWhole) {
			this.#lists = shown;
			this.#isStale = false;
		}
	}
}

/** Whether two queries ask the same, or neither is there. */
function isSameOrNone(a: Query | null | undefined, b: Query | null | undefined): boolean {
	return a && b ? isSameQuery(a, b) : !a && !b;
}
