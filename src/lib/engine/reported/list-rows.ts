import type { ListRow, Presence, TopFigures } from '../../model/answer';
import { TOP_METRICS, type SortMetric } from '../../model/metric';
import type { DaySpan } from '../../model/reported';
import { compareText } from '../../model/text-order';
import { changeFor, presenceOf } from '../top';
import { comparedMetrics, metricsOf, type ListEntry, type ListQuery, type ListSide } from './list-side';

/** The rows of one list, in the order of its sort. */
export class ListRows {
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
