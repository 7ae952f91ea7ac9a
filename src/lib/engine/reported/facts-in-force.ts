import { scopeKey } from '../../columns/fact-columns';
import type { FactMetric } from '../../model/fact-metric';
import type { Day } from '../../model/calendar';
import { DIMENSIONS, type Dimension } from '../../model/event';
import {
	filtersKey,
	subjectKey,
	type DaySpan,
	type Fact,
	type FactBatch,
	type ReportedFilters
} from '../../model/reported';

/** A fact that counts, with its filters as text. */
export interface FactInForce {
	readonly fact: Fact;
	readonly filtersKey: string;
}

/** Facts about the same period, per subject. */
export interface PeriodFacts {
	readonly span: DaySpan;
	readonly bySubject: ReadonlyMap<string, readonly FactInForce[]>;
}

/** Of all live facts those that count: of equal keys the one exported last, at a tie the one imported last. */
export class FactsInForce {
	/** From the first to the last day that any figure is of; null where there is none. */
	readonly span: DaySpan | null;
	/** Per dimension, the values that any figure was filtered by. */
	readonly filteredBy: Readonly<Record<Dimension, ReadonlySet<string>>>;
	readonly #all = new Set<Fact>();
	readonly #covered: readonly DaySpan[];
	/** Figures of one day: by day, then by metric. */
	readonly #ofDays = new Map<Day, Map<FactMetric, DayFacts>>();
	/** By kind of subject and metric, then by period. */
	readonly #ofPeriods = new Map<
		string,
		Map<string, { span: DaySpan; bySubject: Map<string, FactInForce[]> }>
	>();

	/** @param batches in the order of their import */
	constructor(batches: readonly FactBatch[]) {
		const latest = new Map<string, Fact>();
		const inOrder = [...batches].sort((a, b) => a.exportedAt - b.exportedAt);
		for (const { facts } of inOrder) for (const fact of facts) latest.set(factKey(fact), fact);

		const filteredBy = Object.fromEntries(
			DIMENSIONS.map((dimension) => [dimension, new Set<string>()])
		) as Record<Dimension, Set<string>>;
		for (const fact of latest.values()) {
			this.#all.add(fact);
			for (const [dimension, values] of Object.entries(fact.filters)) {
				for (const value of values) filteredBy[dimension as Dimension].add(value);
			}
			this.#add({ fact, filtersKey: filtersKey(fact.filters) });
		}
		this.filteredBy = filteredBy;
		const days = joined([latest.values()]);
		this.#covered = joined([latest.values(), ...batches.map(({ covered }) => covered)]);
		const [first, ...others] = days;
		this.span = first ? { from: first.from, to: others.at(-1)?.to ?? first.to } : null;
	}

	/** Whether a fact of the batches counts. */
	has(fact: Fact): boolean {
		return this.#all.has(fact);
	}

	/** The figures of one day, by subject, under whatever filters. */
	onDay(day: Day, metric: FactMetric): Pick<DayFacts, 'bySubject' | 'filters'> {
		return this.#ofDays.get(day)?.get(metric) ?? NO_FACTS;
	}

	/** The periods, single days too, that figures of Pins or of boards are about. */
	periods(kind: 'pin' | 'board', metric: FactMetric): Iterable<PeriodFacts> {
		return this.#ofPeriods.get(`${kind} ${metric}`)?.values() ?? [];
	}

	/** Whether any file speaks of a day, even if it has no figure for it. */
	isCovered(day: Day): boolean {
		let low = 0;
		let high = this.#covered.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#covered[middle]!.to < day) low = middle + 1;
			else high = middle;
		}
		const span = this.#covered[low];
		return span !== undefined && span.from <= day;
	}

	#add(entry: FactInForce): void {
		const { metric, from, to, subject } = entry.fact;
		if (from === to && subject.kind !== 'board') {
			const ofDay = madeAt(this.#ofDays, from, () => new Map<FactMetric, DayFacts>());
			const { bySubject, filters } = madeAt(ofDay, metric, () => ({
				bySubject: new Map(),
				filters: new Map()
			}));
			madeAt(bySubject, subjectKey(subject), (): FactInForce[] => []).push(entry);
			filters.set(entry.filtersKey, entry.fact.filters);
		}
		if (subject.kind === 'account') return;
		const ofMetric = madeAt(
			this.#ofPeriods,
			`${subject.kind} ${metric}`,
			() => new Map<string, { span: DaySpan; bySubject: Map<string, FactInForce[]> }>()
		);
		const period = madeAt(ofMetric, `${from} ${to}`, () => ({ span: { from, to }, bySubject: new Map() }));
		madeAt(period.bySubject, subject.id, (): FactInForce[] => []).push(entry);
	}
}

/** The figures of a metric of one day. */
interface DayFacts {
	readonly bySubject: Map<string, FactInForce[]>;
	/** The filters that they have, by their keys. */
	readonly filters: Map<string, ReportedFilters>;
}

const NO_FACTS: DayFacts = { bySubject: new Map(), filters: new Map() };

function madeAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}

/** Spans as few as say the same, in the order of time. */
function joined(given: readonly Iterable<DaySpan>[]): DaySpan[] {
	// Hundreds of thousands of figures are about few days: of each first day, the longest span is enough.
	const longest = new Map<Day, Day>();
	for (const spans of given) {
		for (const { from, to } of spans) {
			const other = longest.get(from);
			if (other === undefined || to > other) longest.set(from, to);
		}
	}
	const result: DaySpan[] = [];
	for (const [from, to] of [...longest].sort(([a], [b]) => (a < b ? -1 : 1))) {
		const last = result.at(-1);
		if (last && from <= last.to) {
			if (to > last.to) result[result.length - 1] = { from: last.from, to };
		} else result.push({ from, to });
	}
	return result;
}

/** Of two facts with the same key, the one exported later counts. */
function factKey(fact: Fact): string {
	return [fact.metric, fact.kind, fact.from, fact.to, scopeKey(fact)].join(' ');
}
