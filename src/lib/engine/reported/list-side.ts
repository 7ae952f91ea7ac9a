import type { Catalogue } from '../../columns/catalogue';
import { SORT_METRICS, TOP_METRICS, type SortMetric } from '../../model/metric';
import type { Query } from '../../model/query';
import { figureReader, hasEvents, type Counts } from '../pin-counts';
import type { BoardNames } from './board-names';
import type { ReportedLabels } from './pins-asked';
import { ReportedColumns } from './reported-columns';
import type { ResolvedFacts } from './resolved-facts';

/** What of a query a list depends on. */
export type ListQuery = Pick<Query, 'filter' | 'sort' | 'order' | 'withVideo'>;

/** What the lists of one range are made of. */
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

/** The range that a list is compared with. */
export interface ListBefore {
	readonly query: ListQuery;
	readonly sources: ListSources;
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
		return this.columns.isExactOn(metric, this.#reportedDays);
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

/** The metrics that a list shows. */
export function metricsOf({ withVideo }: ListQuery): readonly SortMetric[] {
	return withVideo ? TOP_METRICS : SORT_METRICS;
}

/** Those that are known exactly on both sides, so that they can be compared. */
export function comparedMetrics(query: ListQuery, now: ListSide, then: ListSide): readonly SortMetric[] {
	return metricsOf(query).filter((metric) => now.isExact(metric) && then.isExact(metric));
}

/** The range that is compared with; null where none is, or no metric can be. */
export function comparableSide(query: ListQuery, now: ListSide, then: ListSide | null): ListSide | null {
	return then && comparedMetrics(query, now, then).length > 0 ? then : null;
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
