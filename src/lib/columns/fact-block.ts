import { dayFromNumber, dayNumber, type Day } from '../model/calendar';
import {
	REPORTED_METRICS,
	filtersKey,
	subjectKey,
	type Fact,
	type ReportedFilters,
	type ReportedSubject
} from '../model/reported';
import type { Dimension } from '../model/event';

/** Facts as columns: what is stored of a report. One entry a fact; what repeats is kept once. */
export interface FactBlock {
	readonly version: number;
	readonly metrics: readonly string[];
	readonly subjects: readonly ReportedSubject[];
	readonly scopes: readonly FactScope[];
	readonly metricOf: Uint8Array;
	readonly subjectOf: Uint32Array;
	readonly scopeOf: Uint16Array;
	/** Day numbers. */
	readonly from: Int32Array;
	readonly to: Int32Array;
	readonly values: Float64Array;
	readonly isEstimate: Uint8Array;
}

interface FactScope {
	readonly filters: ReportedFilters;
	readonly listedBy: readonly Dimension[];
}

/** Version of the stored form. A reader refuses what it does not know. */
export const FACT_BLOCK_VERSION = 1;

/** Packs facts, in their order; a subject and a scope that several have in common is kept once. */
export function packFacts(facts: readonly Fact[]): FactBlock {
	const subjects = new Numbered<ReportedSubject>(subjectKey);
	const scopes = new Numbered<FactScope>(
		({ filters, listedBy }) => `${filtersKey(filters)} ${listedBy.join()}`
	);
	return {
		version: FACT_BLOCK_VERSION,
		metrics: REPORTED_METRICS,
		metricOf: Uint8Array.from(facts, ({ metric }) => REPORTED_METRICS.indexOf(metric)),
		subjectOf: Uint32Array.from(facts, ({ subject }) => subjects.number(subject)),
		scopeOf: Uint16Array.from(facts, ({ filters, listedBy }) => scopes.number({ filters, listedBy })),
		from: Int32Array.from(facts, ({ from }) => numberOf(from)),
		to: Int32Array.from(facts, ({ to }) => numberOf(to)),
		values: Float64Array.from(facts, ({ value }) => value),
		isEstimate: Uint8Array.from(facts, (fact) => (fact.isEstimate ? 1 : 0)),
		subjects: subjects.all,
		scopes: scopes.all
	};
}

/** The facts of a block; null where it is of a version that this program does not know. */
export function unpackFacts(block: FactBlock): Fact[] | null {
	if (block.version !== FACT_BLOCK_VERSION) return null;
	return Array.from(block.values, (value, i) => ({
		metric: block.metrics[block.metricOf[i] as number] as Fact['metric'],
		value,
		from: dayFromNumber(block.from[i] as number),
		to: dayFromNumber(block.to[i] as number),
		subject: block.subjects[block.subjectOf[i] as number]!,
		...block.scopes[block.scopeOf[i] as number]!,
		isEstimate: block.isEstimate[i] === 1
	}));
}

/** Bytes that a block takes, about. */
export function factBlockBytes({ values, subjects }: FactBlock): number {
	const BYTES_PER_FACT = 24;
	const BYTES_PER_SUBJECT = 40;
	return values.length * BYTES_PER_FACT + subjects.length * BYTES_PER_SUBJECT;
}

function numberOf(day: Day): number {
	const number = dayNumber(day);
	if (number === null) throw new Error(`fact block: no such day: ${day}`);
	return number;
}

/** Gives equal things the same number. */
class Numbered<T> {
	readonly all: T[] = [];
	readonly #numbers = new Map<string, number>();
	readonly #keyOf: (item: T) => string;

	constructor(keyOf: (item: T) => string) {
		this.#keyOf = keyOf;
	}

	number(item: T): number {
		const key = this.#keyOf(item);
		let number = this.#numbers.get(key);
		if (number === undefined) {
			number = this.all.push(item) - 1;
			this.#numbers.set(key, number);
		}
		return number;
	}
}
