import { dayFromNumber } from '../../model/calendar';
import { isAdditive, type FactMetric } from '../../model/fact-metric';
import { isFigureId, type FigureId } from '../../model/figures';
import { METRICS, eventAmount, type MetricId } from '../../model/metric';
import type { Filter } from '../../model/query';
import type { DaySpan } from '../../model/reported';
import { Amounts, type Sum } from './amounts';
import { bestCover } from './cover';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { numberOfDay } from './number-of-day';
import type { ReportedLabels } from './pins-asked';
import { labelledQuestion } from './day-values';
import { addUp, type Question, type Reported } from './question';
import type { ResolvedFacts } from './resolved-facts';
import { sourcesOf } from './evaluate';

/** What is asked of lists of Pins or boards. */
export interface ListQuestion {
	readonly kind: 'pin' | 'board';
	readonly filter: Filter;
	/** The metrics that decide which period is listed: those that a list on a page shows. */
	readonly metrics: readonly MetricId[];
	/** Whether a day holds any event: of such days nothing reported counts. */
	readonly holdsEvents: (day: number) => boolean;
	/** Null where the filter is of no label. */
	readonly labels: ReportedLabels | null;
}

type Column = ReadonlyMap<string, Reported>;

/** A metric of all that is listed, and the periods that it is of. */
interface Found {
	readonly values: Column;
	readonly spans: readonly DaySpan[];
}

/**
 * What reports say of each Pin or board over a range: a platform lists its best of some period. Periods count that lie
 * wholly inside the range and wholly on days without events, none of their days twice; an exact match comes first.
 * Where none lies inside a range without events, the one period that is nearest to the range takes its place.
 */
export class ReportedColumns {
	/** Of the period that takes the range's place; null where the figures are the range's. */
	readonly period: DaySpan | null = null;
	readonly #kind: 'pin' | 'board';
	readonly #question: Question;
	readonly #amounts: Amounts;
	readonly #range: DaySpan;
	readonly #holdsEvents: (day: number) => boolean;
	readonly #columns = new Map<FactMetric, Found>();
	readonly #metrics: readonly MetricId[];

	constructor({ kind, filter, metrics, holdsEvents, labels }: ListQuestion, facts: ResolvedFacts) {
		this.#kind = kind;
		this.#question = labelledQuestion(filter.values, labels);
		this.#amounts = new Amounts(facts);
		this.#metrics = metrics;
		this.#holdsEvents = holdsEvents;
		this.#range = filter;
		if (this.isEmpty && !this.#anyEvent(filter)) this.period = this.#nearest(filter);
		if (this.period) {
			this.#range = this.period;
			this.#columns.clear();
		}
	}

	get isEmpty(): boolean {
		return !this.#sources.some((source) => this.#column(source).size > 0);
	}

	/** Whether what is listed of a metric covers just some days, all of them and wholly, whichever of its sources a row has. */
	isExactOn(metric: MetricId, days: readonly number[]): boolean {
		if (this.period !== null) return false;
		if (days.length === 0) return true;
		const found = sourcesOf(metric)
			.map((source) => this.#found(source))
			.filter(({ values }) => values.size > 0);
		const covers = ({ spans }: Found) =>
			days.every((day) => spans.some(({ from, to }) => numberOfDay(from) <= day && day <= numberOfDay(to)));
		return found.length > 0 && found.every(covers);
	}

	/** The ids of all that have a figure. */
	get ids(): ReadonlySet<string> {
		return new Set(this.#sources.flatMap((source) => [...this.#column(source).keys()]));
	}

	/**
	 * A metric of one Pin or board; null where there is none.
	 * @param events its figures of events; null where no event of it passes
	 */
	figure(
		metric: MetricId,
		id: string,
		events: ((figure: FigureId) => number) | null
	): { readonly value: number; readonly isEstimate: boolean } | null {
		const { formula } = METRICS[metric];
		if (formula.kind === 'amount') {
			if (!isAdditive(formula.of)) return this.#people(formula.of, id, events);
			const reported = this.#amount(formula.of, id);
			if (!events && !reported) return null;
			const value = (events ? eventAmount(formula.of, events) : 0) + (reported?.value ?? 0);
			return { value: value / formula.per, isEstimate: reported?.isEstimate ?? false };
		}
		const [part, whole] = [this.#amount(formula.part, id), this.#amount(formula.whole, id)];
		const isKnown = part !== null && whole !== null;
		if (!events && !isKnown) {
			return formula.reportedAs === null ? null : (this.#column(formula.reportedAs).get(id) ?? null);
		}
		const above = (events ? eventAmount(formula.part, events) : 0) + (isKnown ? part.value : 0);
		const below = (events ? eventAmount(formula.whole, events) : 0) + (isKnown ? whole.value : 0);
		if (below === 0) return null;
		return {
			value: above / (below * formula.per),
			isEstimate: isKnown && (part.isEstimate || whole.isEstimate)
		};
	}

	/** People are those of events or those of one period, never both. */
	#people(metric: FactMetric, id: string, events: ((figure: FigureId) => number) | null) {
		const reported = this.#column(metric).get(id) ?? null;
		if (!events) return reported;
		const met = isFigureId(metric) ? events(metric) : NaN;
		return reported || Number.isNaN(met) ? null : { value: met, isEstimate: false };
	}

	#amount(metric: FactMetric, id: string): Reported | null {
		const own = this.#column(metric).get(id) ?? null;
		if (own || metric !== 'engagements') return own;
		const parts = (['saves', 'closeups', 'link_clicks'] as const).map(
			(part) => this.#column(part).get(id) ?? null
		);
		return parts.includes(null) ? null : addUp(parts);
	}

	get #sources(): readonly FactMetric[] {
		return [...new Set(this.#metrics.flatMap(sourcesOf))];
	}

	#column(metric: FactMetric): Column {
		return this.#found(metric).values;
	}

	#found(metric: FactMetric): Found {
		let found = this.#columns.get(metric);
		if (!found) this.#columns.set(metric, (found = this.#find(metric)));
		return found;
	}

	/** The sums of one metric over the periods that cover the range best. */
	#find(metric: FactMetric): Found {
		const { facts } = this.#amounts;
		const { from: first, to: last } = this.#range;
		const known = [...facts.periods(metric, this.#kind, numberOfDay(first), numberOfDay(last))].flatMap(
			(period) => {
				const { from, to } = period;
				const span = { from: dayFromNumber(from), to: dayFromNumber(to) };
				// The one that takes the range's place may hold days with events outside of it.
				if (!this.period && this.#anyEvent(span)) return [];
				const values = this.#ofPeriod(metric, period);
				return values.size > 0 ? [{ span, values }] : [];
			}
		);
		const chosen = bestCover(known, this.#range);
		// Shares and people of several periods make none of the whole.
		if (!isAdditive(metric) && chosen.length > 1) return { values: new Map(), spans: [] };
		const sums = new Map<number, Sum>();
		for (const { values } of chosen) {
			for (const [subject, { value, isEstimate }] of values) {
				const sum = sums.get(subject);
				if (!sum) sums.set(subject, { value, isEstimate });
				else {
					sum.value += value;
					sum.isEstimate ||= isEstimate;
				}
			}
		}
		return {
			values: new Map([...sums].map(([subject, sum]) => [facts.identity.subjectIds[subject] as string, sum])),
			spans: chosen.map(({ span }) => span)
		};
	}

	#ofPeriod(
		metric: FactMetric,
		{
			from,
			to,
			range
		}: {
			readonly from: number;
			readonly to: number;
			readonly range: { readonly start: number; readonly end: number };
		}
	): Map<number, Sum> {
		const values = new Map<number, Sum>();
		const asked = { metric, from, to, question: this.#question, currency: UNKNOWN_CURRENCY };
		this.#amounts.addEach(asked, range, values);
		return values;
	}

	#anyEvent({ from, to }: DaySpan): boolean {
		for (let day = numberOfDay(from); day <= numberOfDay(to); day++) if (this.#holdsEvents(day)) return true;
		return false;
	}

	/** The period that shares most days with a range; where none shares any, the nearest; the newer of equals. */
	#nearest({ from, to }: DaySpan): DaySpan | null {
		const [first, last] = [numberOfDay(from), numberOfDay(to)];
		let best: { from: number; to: number; shared: number; apart: number } | null = null;
		for (const metric of this.#sources) {
			for (const period of this.#amounts.facts.periods(metric, this.#kind, -Infinity, Infinity)) {
				const shared = Math.max(0, Math.min(last, period.to) - Math.max(first, period.from) + 1);
				const apart = Math.max(0, first - period.to, period.from - last);
				const other = { from: period.from, to: period.to, shared, apart };
				if (best && !isNearer(other, best)) continue;
				if (this.#ofPeriod(metric, period).size > 0) best = other;
			}
		}
		return best && { from: dayFromNumber(best.from), to: dayFromNumber(best.to) };
	}
}

interface Nearness {
	readonly from: number;
	readonly to: number;
	readonly shared: number;
	readonly apart: number;
}

function isNearer(a: Nearness, b: Nearness): boolean {
	return (b.shared - a.shared || a.apart - b.apart || b.to - a.to || b.from - a.from) < 0;
}
