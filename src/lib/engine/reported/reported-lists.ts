import type { Catalogue } from '../../columns/catalogue';
import type {
	Alternative,
	Answer,
	ListRow,
	Presence,
	Top,
	TopBoard,
	TopFigures,
	TopPin
} from '../../model/answer';
import { SORT_METRICS, TOP_METRICS, type SortMetric } from '../../model/metric';
import type { Query } from '../../model/query';
import type { DaySpan } from '../../model/reported';
import { compareText } from '../../model/text-order';
import type { PlacesOf } from '../pin-list';
import { changeFor, figureReader, groupSums, hasEvents, presenceOf, type Counts } from '../top';
import type { BoardNames } from './board-names';
import { numberOfDay } from './number-of-day';
import type { ReportedLabels } from './pins-asked';
import { ReportedColumns } from './reported-columns';
import type { ResolvedFacts } from './resolved-facts';

/**
 * Top lists where reports have a part in them: figures of events for the days that hold events, and what is reported of
 * periods between them. A Pin or board that only one side knows is in the list too.
 */
export interface ListSources {
	readonly facts: ResolvedFacts;
	readonly catalogue: Catalogue;
	readonly boards: BoardNames;
	/** Null where no question is about labels. */
	readonly labels: ReportedLabels | null;
	/** Whether a day holds any event. */
	readonly holdsEvents: (day: number) => boolean;
	/** The days of the range that events do not cover. */
	readonly reportedDays: readonly number[];
	/** What was counted of events, by Pin. */
	readonly counts: Counts;
}

/** A row before what it shows is worked out. */
export interface ListEntry {
	/** Among Pins or boards of events; -1 where there is none. */
	readonly number: number;
	/** As reports name it. */
	readonly id: string;
	/** As the list names it. */
	readonly name: string;
}

/** What is known of the rows of a list in one range. */
export class ListSide {
	readonly columns: ReportedColumns;
	/** Ids of the rows that reports name. */
	readonly ids: ReadonlySet<string>;
	readonly #counts: Counts;
	readonly #reportedDays: readonly number[];

	/** @param counts of events, by the numbers of the rows */
	constructor(kind: 'pin' | 'board', query: ListQuery, sources: ListSources, counts: Counts) {
		this.columns = reportedColumns(kind, query, sources);
		this.ids = this.columns.ids;
		this.#counts = counts;
		this.#reportedDays = sources.reportedDays;
	}

	/** Whether events cover all days, so that a row that they do not have is nothing. */
	get isOfEvents(): boolean {
		return this.#reportedDays.length === 0;
	}

	/** Whether a metric is known of all days, as far as rows are listed. */
	isExact(metric: SortMetric): boolean {
		return this.columns.period === null && this.columns.isKnownOn(metric, this.#reportedDays);
	}

	isCounted(number: number): boolean {
		return number >= 0 && hasEvents(this.#counts, number);
	}

	/** Whether a row occurs. */
	has({ number, id }: ListEntry): boolean {
		return this.isCounted(number) || this.ids.has(id);
	}

	figure(metric: SortMetric, { number, id }: ListEntry) {
		const events = this.isCounted(number)
			? figureReader(this.#counts, number)
			: this.isOfEvents
				? NO_EVENTS
				: null;
		return this.columns.figure(metric, id, events);
	}
}

const NO_EVENTS = () => 0;

/** One list, in the order of its sort. */
class Rows {
	readonly entries: readonly ListEntry[];
	readonly #now: ListSide;
	readonly #then: ListSide | null;
	readonly #metrics: readonly SortMetric[];
	/** Those that can be compared. */
	readonly #compared: ReadonlySet<SortMetric>;

	/** @param then the range that is compared with; null where none is, or nothing can be compared */
	constructor(entries: readonly ListEntry[], now: ListSide, then: ListSide | null, query: ListQuery) {
		this.#now = now;
		this.#then = then;
		this.#metrics = metricsOf(query);
		this.#compared = new Set(then ? comparedMetrics(query, now, then) : []);
		const value = this.#sortValue(query);
		const sorted = entries.map((entry) => ({ entry, value: value(entry) }));
		sorted.sort((a, b) =>
			a.value === b.value ? compareText(a.entry.name, b.entry.name) : b.value - a.value
		);
		this.entries = sorted.map(({ entry }) => entry);
	}

	#sortValue({ sort, order = 'value' }: ListQuery): (entry: ListEntry) => number {
		const now = (entry: ListEntry) => this.#now.figure(sort, entry)?.value ?? null;
		const then = this.#then;
		// Where the metric cannot be compared no row has a change.
		if (!then || order === 'value' || !this.#compared.has(sort)) return (entry) => now(entry) ?? -1;
		return (entry) => changeFor(order, now(entry), then.figure(sort, entry)?.value ?? null);
	}

	get period(): DaySpan | null {
		return this.#now.columns.period;
	}

	/** What a row shows. */
	figuresOf(entry: ListEntry): ListRow {
		const found = this.#metrics.map((metric) => [metric, this.#now.figure(metric, entry)] as const);
		const figures = found.map(([metric, figure]) => [metric, figure?.value ?? null] as const);
		const row = {
			figures: { ...NO_FIGURES, ...Object.fromEntries(figures) },
			estimates: found.flatMap(([metric, figure]) => (figure?.isEstimate === true ? [metric] : []))
		};
		const then = this.#then;
		if (!then) return row;
		const before = [...this.#compared].map((metric) => [metric, then.figure(metric, entry)?.value ?? null]);
		return {
			...row,
			compared: {
				figures: { ...NO_FIGURES, ...Object.fromEntries(before) },
				presence: this.#presenceOf(entry, then)
			}
		};
	}

	/** What a report does not list may have had figures all the same. */
	#presenceOf(entry: ListEntry, then: ListSide): Presence {
		const presence = presenceOf(this.#now.has(entry), then.has(entry));
		if (presence === 'new') return then.isOfEvents ? presence : 'both';
		return presence === 'gone' && !this.#now.isOfEvents ? 'both' : presence;
	}
}

const NO_FIGURES = Object.fromEntries(TOP_METRICS.map((metric) => [metric, null])) as TopFigures;

type ListQuery = Pick<Query, 'filter' | 'sort' | 'order' | 'withVideo'>;

function metricsOf({ withVideo }: ListQuery): readonly SortMetric[] {
	return withVideo ? TOP_METRICS : SORT_METRICS;
}

function comparedMetrics(query: ListQuery, now: ListSide, then: ListSide): readonly SortMetric[] {
	return metricsOf(query).filter((metric) => now.isExact(metric) && then.isExact(metric));
}

/** What is reported of the rows of a list, of the period that the list is of. */
export function reportedColumns(
	kind: 'pin' | 'board',
	query: ListQuery,
	{ facts, holdsEvents, labels }: Pick<ListSources, 'facts' | 'holdsEvents' | 'labels'>
): ReportedColumns {
	return new ReportedColumns(
		{ kind, filter: query.filter, metrics: metricsOf(query), holdsEvents, labels },
		facts
	);
}

/** The range that a list is compared with. */
export interface ListBefore {
	readonly query: ListQuery;
	readonly sources: ListSources;
}

/** The full list of Pins: sorted once, then read in stretches, and searched. */
export class ReportedPinList {
	/**
	 * Null where no report has a part in the list: then it is that of events.
	 * @param before the range that is compared with
	 */
	static of(
		query: ListQuery,
		sources: ListSources,
		before: ListBefore | null = null
	): ReportedPinList | null {
		const now = new ListSide('pin', query, sources, sources.counts);
		const then = before && new ListSide('pin', before.query, before.sources, before.sources.counts);
		const isOfEvents = now.ids.size === 0 && (then?.ids.size ?? 0) === 0;
		return isOfEvents ? null : new ReportedPinList(query, sources.catalogue, now, then);
	}

	readonly #rows: Rows;
	readonly #catalogue: Catalogue;
	#texts: Map<ListEntry, string> | null = null;
	/** The newest search. */
	#found: { readonly words: string; readonly entries: readonly ListEntry[] } = { words: '', entries: [] };

	private constructor(query: ListQuery, catalogue: Catalogue, now: ListSide, then: ListSide | null) {
		this.#catalogue = catalogue;
		const before = then && comparedMetrics(query, now, then).length > 0 ? then : null;
		const sides = before ? [now, before] : [now];
		const entries: ListEntry[] = [];
		const listed = new Set<string>();
		const add = (number: number, id: string) => {
			listed.add(id);
			entries.push({ number, id, name: id });
		};
		for (let pin = 0; pin < catalogue.pinCount; pin++)
			if (sides.some((side) => side.isCounted(pin))) add(pin, catalogue.pinId(pin));
		for (const { ids } of sides) for (const id of ids) if (!listed.has(id)) add(catalogue.pinNumber(id), id);
		this.#rows = new Rows(entries, now, before, query);
	}

	/**
	 * Rows first, first + 1, … of those whose title, id or link contains the words, in any case.
	 * @param placesOf puts them in another order
	 */
	rows(words: string, first: number, count: number, placesOf?: PlacesOf): Top<TopPin> {
		const { entries, period } = this.#rows;
		const wanted = words.trim().toLowerCase();
		// A list is read in many stretches.
		if (this.#found.words !== wanted)
			this.#found = {
				words: wanted,
				entries: entries.filter((entry) => this.#textOf(entry).includes(wanted))
			};
		const found = wanted === '' ? entries : this.#found.entries;
		const places = placesOf?.(found.map(({ number }) => number));
		const order = places ? Array.from(places, (place) => found[place]!) : found;
		return {
			rows: order.slice(first, first + count).map((entry) => this.#row(entry)),
			total: found.length,
			period
		};
	}

	#row(entry: ListEntry): TopPin {
		const { number, id } = entry;
		return { pinId: id, ...this.#catalogue.pin(number), ...this.#rows.figuresOf(entry) };
	}

	#textOf(entry: ListEntry): string {
		this.#texts ??= new Map();
		let text = this.#texts.get(entry);
		if (text === undefined) {
			const { title, link } = this.#catalogue.pin(entry.number);
			this.#texts.set(entry, (text = [title, entry.id, link].join('\0').toLowerCase()));
		}
		return text;
	}
}

/** The first boards; null where no report has a part in the list. */
export function reportedBoards(
	query: Pick<Query, 'top'> & ListQuery,
	sources: ListSources,
	before: ListBefore | null = null
): Top<TopBoard> | null {
	const { catalogue, boards } = sources;
	const own = groupSums(sources.counts, catalogue.boards);
	const now = new ListSide('board', query, sources, own.sums);
	const others = before && groupSums(before.sources.counts, catalogue.boards).sums;
	let then = before && others && new ListSide('board', before.query, before.sources, others);
	if (now.ids.size === 0 && (then?.ids.size ?? 0) === 0) return null;
	if (then && comparedMetrics(query, now, then).length === 0) then = null;
	const sides = then ? [now, then] : [now];
	const { names } = catalogue.boards;
	const numbers = new Map(names.map((name, number) => [name, number]));
	const entries = new Map<string, ListEntry>();
	names.forEach((name, number) => {
		if (sides.some((side) => side.isCounted(number)))
			entries.set(name, { number, id: boards.idOf(name), name });
	});
	for (const { ids } of sides) {
		for (const id of ids) {
			const name = boards.nameOf(id);
			if (!entries.has(name)) entries.set(name, { number: numbers.get(name) ?? -1, id, name });
		}
	}
	const rows = new Rows([...entries.values()], now, then, query);
	return {
		rows: rows.entries.slice(0, query.top).map((entry) => ({
			board: entry.name,
			pins: now.isCounted(entry.number) ? (own.pins[entry.number] as number) : now.isOfEvents ? 0 : null,
			...rows.figuresOf(entry)
		})),
		total: rows.entries.length,
		period: rows.period
	};
}

/**
 * An answer with the lists that events and reports make together.
 * @param pins the full list of Pins; null where it is that of events
 */
export function withReportedLists(
	answer: Answer,
	query: Query,
	sources: ListSources,
	pins: ReportedPinList | null
): Answer {
	const topPins = pins?.rows('', 0, query.top) ?? answer.topPins;
	return {
		...answer,
		topPins,
		topBoards: reportedBoards(query, sources) ?? answer.topBoards,
		listsInstead: topPins.total === 0 ? filtersOfRows(query, sources.facts) : []
	};
}

/** The filters under which there would be rows. */
function filtersOfRows({ filter }: Pick<Query, 'filter'>, facts: ResolvedFacts): readonly Alternative[] {
	const inside = filtersWithin(facts, numberOfDay(filter.from), numberOfDay(filter.to));
	// Without any inside the range, there would be a list of the nearest period.
	const numbers = inside.size > 0 ? inside : filtersWithin(facts, -Infinity, Infinity);
	return [...numbers].map((number) => ({ filters: facts.identity.filters[number]!, days: 0 }));
}

/** The numbers of the filters that figures of Pins are under, of periods within some days. */
function filtersWithin(facts: ResolvedFacts, first: number, last: number): Set<number> {
	const numbers = new Set<number>();
	for (const metric of SORT_METRICS) {
		for (const { range } of facts.periods(metric, 'pin', first, last)) {
			for (let entry = range.start; entry < range.end; entry++)
				numbers.add(facts.termsAt(facts.figures, entry).filters);
		}
	}
	return numbers;
}
