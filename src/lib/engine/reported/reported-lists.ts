import type { Catalogue } from '../../columns/catalogue';
import type { Alternative, Answer, Top, TopBoard, TopFigures, TopPin } from '../../model/answer';
import { SORT_METRICS, TOP_METRICS, type SortMetric } from '../../model/metric';
import type { Query } from '../../model/query';
import { compareText } from '../../model/text-order';
import { figureReader, groupSums, hasEvents, type Counts } from '../top';
import type { BoardNames } from './board-names';
import { numberOfDay } from './number-of-day';
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
	/** Whether a day holds any event. */
	readonly holdsEvents: (day: number) => boolean;
	/** What was counted of events, by Pin. */
	readonly counts: Counts;
}

/** A row before what it shows is worked out. */
interface Entry {
	/** Among Pins or boards of events; -1 where there is none. */
	readonly number: number;
	/** As reports name it. */
	readonly id: string;
	/** As the list names it. */
	readonly name: string;
}

/** One list, in the order of its sort. */
class Rows {
	readonly entries: readonly Entry[];
	readonly columns: ReportedColumns;
	readonly #counts: Counts;
	readonly #metrics: readonly SortMetric[];

	constructor(
		entries: readonly Entry[],
		columns: ReportedColumns,
		counts: Counts,
		{ sort, withVideo }: Pick<Query, 'sort' | 'withVideo'>
	) {
		this.columns = columns;
		this.#counts = counts;
		this.#metrics = withVideo ? TOP_METRICS : SORT_METRICS;
		const sorted = entries.map((entry) => ({ entry, value: this.#figure(sort, entry)?.value ?? -1 }));
		sorted.sort((a, b) => b.value - a.value || compareText(a.entry.name, b.entry.name));
		this.entries = sorted.map(({ entry }) => entry);
	}

	/** What a row shows. */
	figuresOf(entry: Entry): { figures: TopFigures; estimates: SortMetric[] } {
		const found = this.#metrics.map((metric) => [metric, this.#figure(metric, entry)] as const);
		return {
			figures: {
				...NO_FIGURES,
				...Object.fromEntries(found.map(([metric, figure]) => [metric, figure?.value ?? null]))
			},
			estimates: found.flatMap(([metric, figure]) => (figure?.isEstimate === true ? [metric] : []))
		};
	}

	#figure(metric: SortMetric, { number, id }: Entry) {
		const isCounted = number >= 0 && hasEvents(this.#counts, number);
		return this.columns.figure(metric, id, isCounted ? figureReader(this.#counts, number) : null);
	}
}

const NO_FIGURES = Object.fromEntries(TOP_METRICS.map((metric) => [metric, null])) as TopFigures;

type ListQuery = Pick<Query, 'filter' | 'sort' | 'withVideo'>;

/** What is reported of the rows of a list, of the period that the list is of. */
export function reportedColumns(
	kind: 'pin' | 'board',
	query: ListQuery,
	{ facts, holdsEvents }: Pick<ListSources, 'facts' | 'holdsEvents'>
): ReportedColumns {
	const metrics = query.withVideo ? TOP_METRICS : SORT_METRICS;
	return new ReportedColumns({ kind, filter: query.filter, metrics, holdsEvents }, facts);
}

/** The full list of Pins: sorted once, then read in stretches, and searched. */
export class ReportedPinList {
	/** Null where no report has a part in the list: then it is that of events. */
	static of(query: ListQuery, sources: ListSources): ReportedPinList | null {
		const columns = reportedColumns('pin', query, sources);
		return columns.isEmpty ? null : new ReportedPinList(query, sources, columns);
	}

	readonly #rows: Rows;
	readonly #catalogue: Catalogue;
	#texts: Map<Entry, string> | null = null;
	/** The newest search. */
	#found: { readonly words: string; readonly entries: readonly Entry[] } = { words: '', entries: [] };

	private constructor(query: ListQuery, { counts, catalogue }: ListSources, columns: ReportedColumns) {
		this.#catalogue = catalogue;
		const entries: Entry[] = [];
		const listed = new Set<string>();
		const add = (number: number, id: string) => {
			listed.add(id);
			entries.push({ number, id, name: id });
		};
		for (let pin = 0; pin < catalogue.pinCount; pin++)
			if (hasEvents(counts, pin)) add(pin, catalogue.pinId(pin));
		for (const id of columns.ids) if (!listed.has(id)) add(catalogue.pinNumber(id), id);
		this.#rows = new Rows(entries, columns, counts, query);
	}

	/** Rows first, first + 1, … of those whose title, id or link contains the words, in any case. */
	rows(words: string, first: number, count: number): Top<TopPin> {
		const { entries, columns } = this.#rows;
		const wanted = words.trim().toLowerCase();
		// A list is read in many stretches.
		if (this.#found.words !== wanted)
			this.#found = {
				words: wanted,
				entries: entries.filter((entry) => this.#textOf(entry).includes(wanted))
			};
		const found = wanted === '' ? entries : this.#found.entries;
		return {
			rows: found.slice(first, first + count).map((entry) => this.#row(entry)),
			total: found.length,
			period: columns.period
		};
	}

	#row(entry: Entry): TopPin {
		const { number, id } = entry;
		return { pinId: id, ...this.#catalogue.pin(number), ...this.#rows.figuresOf(entry) };
	}

	#textOf(entry: Entry): string {
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
function reportedBoards(query: Query, sources: ListSources): Top<TopBoard> | null {
	const { counts, catalogue, boards } = sources;
	const columns = reportedColumns('board', query, sources);
	if (columns.isEmpty) return null;
	const { sums, pins } = groupSums(counts, catalogue.boards, 0);
	const { names } = catalogue.boards;
	const numbers = new Map(names.map((name, number) => [name, number]));
	const entries = new Map<string, Entry>();
	names.forEach((name, number) => {
		if (hasEvents(sums, number)) entries.set(name, { number, id: boards.idOf(name), name });
	});
	for (const id of columns.ids) {
		const name = boards.nameOf(id);
		if (!entries.has(name)) entries.set(name, { number: numbers.get(name) ?? -1, id, name });
	}
	const rows = new Rows([...entries.values()], columns, sums, query);
	return {
		rows: rows.entries.slice(0, query.top).map((entry) => ({
			board: entry.name,
			pins: entry.number >= 0 && hasEvents(sums, entry.number) ? (pins[entry.number] as number) : null,
			...rows.figuresOf(entry)
		})),
		total: rows.entries.length,
		period: columns.period
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
