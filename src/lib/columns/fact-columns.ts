import { dayFromNumber, dayNumber } from '../model/calendar';
import { FACT_METRIC_IDS, additionOf, type FactMetric } from '../model/fact-metric';
import {
	ADS_LEVELS,
	filtersKey,
	subjectKey,
	type DaySpan,
	type Fact,
	type FactKind,
	type FactScope
} from '../model/reported';
import { growableFloat64, growableUint32 } from './growable';

/**
 * Facts as columns, an entry a fact, in the order of scope, metric, kind and days; no two are about the same. What
 * many facts are about is kept once, as their scope.
 */
export interface FactColumns {
	readonly scopes: readonly FactScope[];
	/** Names of the numbers in `metricOf`. */
	readonly metrics: readonly FactMetric[];
	readonly scopeOf: Uint32Array;
	readonly metricOf: Uint8Array;
	/** Day numbers, both included. */
	readonly from: Int32Array;
	readonly to: Int32Array;
	readonly values: Float64Array;
	/** Sum of the bits ESTIMATE and LEVEL. */
	readonly flags: Uint8Array;
}

export const ESTIMATE = 1;
export const LEVEL = 2;

/** Fact `index` of the columns. */
export function factAt(columns: FactColumns, index: number): Fact {
	const flags = columns.flags[index] as number;
	return {
		...(columns.scopes[columns.scopeOf[index] as number] as FactScope),
		kind: (flags & LEVEL) === 0 ? 'figure' : 'level',
		metric: columns.metrics[columns.metricOf[index] as number] as FactMetric,
		value: columns.values[index] as number,
		from: dayFromNumber(columns.from[index] as number),
		to: dayFromNumber(columns.to[index] as number),
		isEstimate: (flags & ESTIMATE) !== 0
	};
}

/** All facts of the columns, in their order. */
export function* factsOf(columns: FactColumns): Generator<Fact> {
	for (let i = 0; i < columns.values.length; i++) yield factAt(columns, i);
}

/**
 * From the first to the last day that any figure is of; of levels, which answer no range, only where there is nothing
 * else. Null where there is no fact.
 */
export function spanOfFacts({ from, to, flags }: FactColumns): DaySpan | null {
	const hasFigures = flags.some((own) => (own & LEVEL) === 0);
	let first = Infinity;
	let last = -Infinity;
	for (let i = 0; i < from.length; i++) {
		if (hasFigures && ((flags[i] as number) & LEVEL) !== 0) continue;
		first = Math.min(first, from[i] as number);
		last = Math.max(last, to[i] as number);
	}
	return first > last ? null : { from: dayFromNumber(first), to: dayFromNumber(last) };
}

/** The metrics that any fact is of, in the order of the registry. */
export function metricsOfFacts({ metrics, metricOf }: FactColumns): FactMetric[] {
	const found = new Set(metricOf);
	return metrics.filter((_, number) => found.has(number));
}

/** Whether any figure is of an ad, ad group or campaign. */
export function holdsAds({ scopes }: FactColumns): boolean {
	return scopes.some(({ ads }) => ADS_LEVELS.some((level) => ads[level]));
}

/** A text that is the same for the same scope, and for no other. */
function scopeKey(scope: FactScope): string {
	const { subject, filters, completeBreakdowns, ads, currency, profile } = scope;
	const path = ADS_LEVELS.map((level) => [ads[level]?.id ?? '', ads[level]?.name ?? '']);
	return JSON.stringify([
		subjectKey(subject),
		filtersKey(filters),
		completeBreakdowns,
		path,
		currency,
		profile
	]);
}

/** A fact by the number of its scope and by day numbers. */
export interface FactEntry {
	/** From `FactColumnsBuilder.scope`. */
	readonly scope: number;
	readonly metric: FactMetric;
	readonly kind: FactKind;
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly isEstimate: boolean;
	/** When the row was fetched, in milliseconds since 1970, where the file says so for each row. */
	readonly fetchedAt?: number;
}

/**
 * Collects the facts of one file. Of entries about the same, those that were fetched last count, and these add up;
 * people, rates and averages that clash are left out, since neither is the right one; of levels the last counts.
 */
export class FactColumnsBuilder {
	readonly #scopes: FactScope[] = [];
	readonly #scopeNumbers = new Map<string, number>();
	readonly #scopeOf = growableUint32();
	readonly #metricOf = growableUint32();
	readonly #flags = growableUint32();
	readonly #from = growableFloat64();
	readonly #to = growableFloat64();
	readonly #values = growableFloat64();
	readonly #fetchedAt = growableFloat64();

	/** How many entries were added. */
	get length(): number {
		return this.#values.length;
	}

	/** The number of a scope; equal scopes have the same. */
	scope(scope: FactScope): number {
		const key = scopeKey(scope);
		let number = this.#scopeNumbers.get(key);
		if (number === undefined) {
			number = this.#scopes.push(scope) - 1;
			this.#scopeNumbers.set(key, number);
		}
		return number;
	}

	add(entry: FactEntry): void {
		this.#scopeOf.push(entry.scope);
		this.#metricOf.push(METRIC_NUMBER.get(entry.metric) as number);
		this.#flags.push((entry.isEstimate ? ESTIMATE : 0) | (entry.kind === 'level' ? LEVEL : 0));
		this.#from.push(entry.from);
		this.#to.push(entry.to);
		this.#values.push(entry.value);
		this.#fetchedAt.push(entry.fetchedAt ?? -Infinity);
	}

	/** Adds a fact with its scope and days as texts. */
	addFact(fact: Fact, fetchedAt?: number): void {
		this.add({
			scope: this.scope(scopeOfFact(fact)),
			metric: fact.metric,
			kind: fact.kind,
			from: existingDay(fact.from),
			to: existingDay(fact.to),
			value: fact.value,
			isEstimate: fact.isEstimate,
			...(fetchedAt === undefined ? {} : { fetchedAt })
		});
	}

	finish(): FactColumns {
		const order = this.#sorted();
		const kept = growableUint32();
		const values = growableFloat64();
		const flags = growableUint32();
		for (let start = 0; start < order.length;) {
			let end = start + 1;
			while (end < order.length && this.#compareKeys(order[start]!, order[end]!) === 0) end++;
			const merged = this.#merge(order.subarray(start, end));
			if (merged) {
				kept.push(order[start]!);
				values.push(merged.value);
				flags.push(merged.flags);
			}
			start = end;
		}
		const rows = kept.finish();
		return {
			scopes: this.#scopes,
			metrics: FACT_METRIC_IDS,
			scopeOf: rows.map((row) => this.#scopeOf.array[row] as number),
			metricOf: Uint8Array.from(rows, (row) => this.#metricOf.array[row] as number),
			from: Int32Array.from(rows, (row) => this.#from.array[row] as number),
			to: Int32Array.from(rows, (row) => this.#to.array[row] as number),
			values: values.finish(),
			flags: Uint8Array.from(flags.finish())
		};
	}

	/** Entries by what they are about; of those about the same the last fetched, then the last added, at the end. */
	#sorted(): Uint32Array {
		const order = Uint32Array.from({ length: this.#values.length }, (_, i) => i);
		const { array: fetchedAt } = this.#fetchedAt;
		return order.sort(
			(a, b) =>
				this.#compareKeys(a, b) || compareNumbers(fetchedAt[a] as number, fetchedAt[b] as number) || a - b
		);
	}

	#compareKeys(a: number, b: number): number {
		const of = (column: { array: ArrayLike<number> }) =>
			(column.array[a] as number) - (column.array[b] as number);
		return (
			of(this.#scopeOf) ||
			of(this.#metricOf) ||
			((this.#flags.array[a] as number) & LEVEL) - ((this.#flags.array[b] as number) & LEVEL) ||
			of(this.#from) ||
			of(this.#to)
		);
	}

	/** What entries about the same come to; null where they clash. */
	#merge(entries: Uint32Array): { value: number; flags: number } | null {
		const last = entries[entries.length - 1] as number;
		const flags = this.#flags.array[last] as number;
		const value = this.#values.array[last] as number;
		if (entries.length === 1 || (flags & LEVEL) !== 0) return { value, flags };
		const newest = this.#fetchedAt.array[last];
		const counted = entries.filter((entry) => this.#fetchedAt.array[entry] === newest);
		if (counted.length === 1) return { value, flags };
		const adds = additionOf(FACT_METRIC_IDS[this.#metricOf.array[last] as number] as FactMetric);
		if (adds !== 'sum' && adds !== 'money') return null;
		return {
			value: counted.reduce((sum, entry) => sum + (this.#values.array[entry] as number), 0),
			flags: counted.reduce((all, entry) => all | (this.#flags.array[entry] as number), 0)
		};
	}
}

/** The facts of a list as columns. */
export function factColumns(facts: Iterable<Fact>): FactColumns {
	const builder = new FactColumnsBuilder();
	for (const fact of facts) builder.addFact(fact);
	return builder.finish();
}

/** What a fact is about. */
function scopeOfFact(fact: FactScope): FactScope {
	const { subject, filters, completeBreakdowns, ads, currency, profile } = fact;
	return { subject, filters, completeBreakdowns, ads, currency, profile };
}

const METRIC_NUMBER: ReadonlyMap<FactMetric, number> = new Map(FACT_METRIC_IDS.map((id, i) => [id, i]));

function existingDay(day: string): number {
	const number = dayNumber(day);
	if (number === null) throw new Error(`fact columns: no such day: ${day}`);
	return number;
}

function compareNumbers(a: number, b: number): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
