import type { Catalogue } from '../../columns/catalogue';
import { PinList } from '../../engine/pin-list';
import type { ListBefore } from '../../engine/reported/list-side';
import { reportedBoards } from '../../engine/reported/reported-lists';
import { ReportedPinList } from '../../engine/reported/reported-pin-list';
import type { Counts } from '../../engine/pin-counts';
import { topLists } from '../../engine/top';
import type { Lists } from '../../model/answer';
import type { Query } from '../../model/query';
import { isOfEvents, type ReportedPart } from './reported-part';

/** One of two ranges whose lists are put beside each other. */
export interface CountedSide {
	readonly query: Query;
	/** By Pin. */
	readonly counts: Counts;
	/** What reports add; null where the range is of events alone. */
	readonly reported: ReportedPart | null;
}

/**
 * The lists of two ranges beside each other, made of the counts of both. Rows of events alone are compared where events
 * cover every day of both ranges, rows of reports where these list all days.
 */
export class ComparedLists {
	readonly #now: CountedSide;
	readonly #then: CountedSide;
	readonly #catalogue: Catalogue;
	#pins: PinList | ReportedPinList | null = null;
	#madeOfReports: ReportedPinList | null | undefined;

	/** @param catalogue by which the Pins of both are numbered */
	constructor(now: CountedSide, then: CountedSide, catalogue: Catalogue) {
		this.#now = now;
		this.#then = then;
		this.#catalogue = catalogue;
	}

	/** The full list of Pins. */
	get pins(): PinList | ReportedPinList {
		return (this.#pins ??= this.#reportedPins ?? new PinList(this.#sides, this.#catalogue, this.#now.query));
	}

	/** The list of Pins in which reports have a part; null where there is none. */
	get #reportedPins(): ReportedPinList | null {
		if (this.#madeOfReports === undefined) this.#madeOfReports = this.#reported(ReportedPinList.of);
		return this.#madeOfReports;
	}

	/** The first rows of each list. */
	get first(): Lists {
		const { query } = this.#now;
		const order = { sort: query.sort, order: query.order ?? 'value', wanted: query.top };
		const ofEvents = topLists(this.#sides, this.#catalogue, order);
		const pins = this.#reportedPins;
		return {
			topPins: pins ? pins.rows('', 0, query.top) : ofEvents.topPins,
			topBoards: this.#reported(reportedBoards) ?? ofEvents.topBoards,
			topLinks: ofEvents.topLinks
		};
	}

	/** The counts that can be compared: days of which events say nothing would make the others too small. */
	get #sides() {
		const areOfEvents = [this.#now, this.#then].every(({ reported }) => isOfEvents(reported));
		return { now: this.#now.counts, then: areOfEvents ? this.#then.counts : null };
	}

	/** A list in which reports have a part in either range; null where there is none. */
	#reported<List>(
		listOf: (query: Query, sources: ListBefore['sources'], before: ListBefore) => List | null
	): List | null {
		const known = this.#now.reported ?? this.#then.reported;
		// Reports list Pins and boards of the account.
		if (!known || this.#now.query.subject !== null) return null;
		const sourcesOf = ({ reported, counts }: CountedSide) =>
			reported?.sources(counts) ?? known.sourcesOfEvents(counts);
		return listOf(this.#now.query, sourcesOf(this.#now), {
			query: this.#then.query,
			sources: sourcesOf(this.#then)
		});
	}
}
