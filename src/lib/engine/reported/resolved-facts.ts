import { factAt, type FactColumns } from '../../columns/fact-columns';
import { dayFromNumber, dayNumber, type Day } from '../../model/calendar';
import type { Dimension } from '../../model/event';
import { FACT_METRIC_IDS, type FactMetric } from '../../model/fact-metric';
import type { DaySpan, Fact, FactSource, ReportedFilters } from '../../model/reported';
import {
	ACCOUNT,
	NO_ADS,
	SUBJECT_KINDS,
	type FactBlocks,
	type FactIdentity,
	type FactTerms
} from './fact-identity';

/**
 * Facts that count, as columns in the order of metric and kind of subject (`head`), first day, last day, subject and
 * terms. Entry i of every column belongs together.
 */
export interface CountedColumns {
	/** Entries of head h are headStarts[h] to headStarts[h + 1]. */
	readonly headStarts: Uint32Array;
	readonly from: Int32Array;
	readonly to: Int32Array;
	/** What it is about: a place in `subjects` and `terms` of CountedFacts. */
	readonly about: Uint32Array;
	readonly values: Float64Array;
	/** Sum of ESTIMATE of fact-columns.ts and COMPLETE << d where the list is broken down completely by DIMENSIONS[d]. */
	readonly flags: Uint8Array;
	/** The place among all rows of all batches; -1 - i for figure i that follows from two levels. */
	readonly row: Int32Array;
}

/** Of flags of counted facts, the bit of the first dimension. */
export const COMPLETE = 4;

/** What is left once it is settled which facts count. */
export interface CountedFacts {
	readonly batches: readonly FactBlocks[];
	readonly identity: FactIdentity;
	/** By what figures are about, the subject's number; rises. */
	readonly subjects: Uint32Array;
	readonly terms: Uint32Array;
	/** By pairs of FactIdentity, the place in the two. */
	readonly aboutOfPair: Uint32Array;
	readonly figures: CountedColumns;
	/** Totals as they stood on a day: `from` equals `to`. */
	readonly levels: CountedColumns;
	/** Per row of all batches, 1 where it counts. */
	readonly counts: Uint8Array;
	/** Figures that follow from two levels, by the row of the later. */
	readonly derived: readonly DerivedFigure[];
	readonly filteredBy: Readonly<Record<Dimension, ReadonlySet<string>>>;
	readonly covered: readonly { readonly from: number; readonly to: number }[];
}

/** What came between two levels. */
export interface DerivedFigure {
	/** The row of the later level. */
	readonly row: number;
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly isEstimate: boolean;
	/** Set once no other figure takes its place. */
	counts: boolean;
}

/** A stretch of entries of CountedColumns. */
export interface FactRange {
	readonly start: number;
	readonly end: number;
}

/** A figure or level with where it is from. */
export interface ResolvedRow {
	readonly fact: Fact;
	readonly batchId: number;
	/** Whether no later export has the same one. */
	readonly counts: boolean;
	/** Whether it follows from two levels, of which the later is of the batch. */
	readonly isDerived: boolean;
}

/** A total as it stood on a day. */
export interface KnownLevel {
	readonly metric: FactMetric;
	readonly value: number;
	readonly day: Day;
	readonly isEstimate: boolean;
	/** Of money, else ''. */
	readonly currency: string;
}

export type SubjectKind = (typeof SUBJECT_KINDS)[number];

const METRIC_NUMBERS = new Map(FACT_METRIC_IDS.map((metric, m) => [metric, m]));

/** The place of a metric and a kind of subject in the order of counted facts. */
export function headOf(metric: FactMetric, kind: number): number {
	return METRIC_NUMBERS.get(metric)! * SUBJECT_KINDS.length + kind;
}

/** The metric of such a place. */
export function metricOfHead(head: number): FactMetric {
	return FACT_METRIC_IDS[Math.floor(head / SUBJECT_KINDS.length)]!;
}

export const HEADS = FACT_METRIC_IDS.length * SUBJECT_KINDS.length;

/** All live facts, and which of them count. Made by resolve-facts.ts. */
export class ResolvedFacts {
	/** Where facts are from, in the order of import. */
	readonly sources: readonly FactSource[];
	/** From the first to the last day that any figure is of; null where there is none. */
	readonly span: DaySpan | null;
	/** Per dimension, the values that any figure was filtered by. */
	readonly filteredBy: Readonly<Record<Dimension, ReadonlySet<string>>>;
	/** Whether any figure of a campaign, ad group or ad is of a Pin. */
	readonly hasPinAds: boolean;
	/** By what figures are about, the numbers of subject, filters, business account and currency. */
	readonly about: {
		readonly subject: Uint32Array;
		readonly filters: Uint32Array;
		readonly profile: Uint32Array;
		readonly currency: Uint32Array;
	};
	readonly #facts: CountedFacts;
	readonly #filtersThere = new Map<string, readonly ReportedFilters[]>();

	constructor(facts: CountedFacts) {
		this.#facts = facts;
		this.sources = facts.batches;
		this.filteredBy = facts.filteredBy;
		const { identity } = facts;
		this.hasPinAds = identity.termsOf.some(
			(terms, pair) =>
				identity.terms[terms]!.ads !== NO_ADS &&
				identity.subjectKinds[identity.subjectOf[pair]!] === SUBJECT_KINDS.indexOf('pin')
		);
		const column = (of: keyof FactTerms) =>
			Uint32Array.from(facts.terms, (terms) => identity.terms[terms]![of]);
		this.about = {
			subject: facts.subjects,
			filters: column('filters'),
			profile: column('profile'),
			currency: column('currency')
		};
		const { from, to } = facts.figures;
		this.span =
			from.length === 0 ? null : { from: dayFromNumber(leastOf(from)), to: dayFromNumber(mostOf(to)) };
	}

	/** Whether there is neither a figure nor a level. */
	get isEmpty(): boolean {
		return this.figures.values.length + this.levels.values.length === 0;
	}

	get identity(): FactIdentity {
		return this.#facts.identity;
	}

	get figures(): CountedColumns {
		return this.#facts.figures;
	}

	get levels(): CountedColumns {
		return this.#facts.levels;
	}

	/** Whether several business accounts are named, so that figures that name none stand apart. */
	get hasSeveralProfiles(): boolean {
		return this.identity.profiles.length > 2;
	}

	/** Whether any figure is of money. */
	get hasMoney(): boolean {
		return (['spend', 'order_value'] as const).some((metric) =>
			SUBJECT_KINDS.some((_, kind) => {
				const { start, end } = this.#head(this.figures, metric, kind);
				return end > start;
			})
		);
	}

	termsAt(columns: CountedColumns, entry: number): FactTerms {
		const { terms, identity } = this.#facts;
		return identity.terms[terms[columns.about[entry] as number] as number] as FactTerms;
	}

	subjectAt(columns: CountedColumns, entry: number): number {
		return this.#facts.subjects[columns.about[entry] as number] as number;
	}

	/** The figures of a metric about one period, in the order of their subjects. */
	ofPeriod(metric: FactMetric, kind: SubjectKind, from: number, to: number): FactRange {
		const { figures } = this;
		const { start, end } = this.#head(figures, metric, SUBJECT_KINDS.indexOf(kind));
		const isBefore = (entry: number) =>
			(figures.from[entry] as number) < from ||
			((figures.from[entry] as number) === from && (figures.to[entry] as number) < to);
		const isNotAfter = (entry: number) =>
			(figures.from[entry] as number) < from ||
			((figures.from[entry] as number) === from && (figures.to[entry] as number) <= to);
		const first = firstWhereNot(start, end, isBefore);
		// Most questions are about days that have few figures or none.
		if (first === end || figures.from[first] !== from || figures.to[first] !== to)
			return { start: first, end: first };
		return { start: first, end: firstWhereNot(first, end, isNotAfter) };
	}

	/** Of figures about one period, those of one subject. */
	ofSubject({ start, end }: FactRange, subject: number): FactRange {
		const { figures } = this;
		const first = firstWhereNot(start, end, (entry) => this.subjectAt(figures, entry) < subject);
		return {
			start: first,
			end: firstWhereNot(first, end, (entry) => this.subjectAt(figures, entry) <= subject)
		};
	}

	/** The periods, single days too, that lie inside others days and that figures of a metric are about. */
	*periods(metric: FactMetric, kind: SubjectKind, first: number, last: number) {
		const { figures } = this;
		const { start, end } = this.#head(figures, metric, SUBJECT_KINDS.indexOf(kind));
		let entry = firstWhereNot(start, end, (one) => (figures.from[one] as number) < first);
		while (entry < end && (figures.from[entry] as number) <= last) {
			const from = figures.from[entry] as number;
			const to = figures.to[entry] as number;
			const next = firstWhereNot(
				entry,
				end,
				(one) => figures.from[one] === from && (figures.to[one] as number) <= to
			);
			if (to <= last) yield { from, to, range: { start: entry, end: next } };
			entry = next;
		}
	}

	/** The levels of a metric up to and with some days, the subject's own; in the order of days. */
	*levelsOf(metric: FactMetric, subject: number, first: number, last: number): Generator<number> {
		const { levels, identity } = this;
		const { start, end } = this.#head(levels, metric, identity.subjectKinds[subject] as number);
		let entry = firstWhereNot(start, end, (one) => (levels.from[one] as number) < first);
		for (; entry < end && (levels.from[entry] as number) <= last; entry++) {
			if (this.subjectAt(levels, entry) === subject) yield entry;
		}
	}

	/** Whether any figure is of a Pin. */
	hasPin(id: string): boolean {
		return this.identity.subjectNumber('pin', id) >= 0;
	}

	/** The newest levels of a Pin or board (its figures since its first day), one a metric. */
	newestLevels(kind: 'pin' | 'board', id: string): readonly KnownLevel[] {
		const subject = this.identity.subjectNumber(kind, id);
		if (subject < 0) return [];
		return FACT_METRIC_IDS.flatMap((metric): KnownLevel[] => {
			const { levels } = this;
			const entries = [...this.levelsOf(metric, subject, -Infinity, Infinity)].filter((entry) => {
				const { filters, ads } = this.termsAt(levels, entry);
				return filters === 0 && ads === 0;
			});
			const newest = entries.at(-1);
			if (newest === undefined) return [];
			return [
				{
					metric,
					value: levels.values[newest] as number,
					day: dayFromNumber(levels.from[newest] as number),
					isEstimate: (levels.flags[newest]! & 1) !== 0,
					currency: this.identity.currencies[this.termsAt(levels, newest).currency] as string
				}
			];
		});
	}

	/** Whether any file speaks of a day, even if it has no figure for it. */
	isCovered(day: number): boolean {
		const { covered } = this.#facts;
		const place = firstWhereNot(0, covered.length, (i) => covered[i]!.to < day);
		return place < covered.length && covered[place]!.from <= day;
	}

	/** Whether any figure or level of these metrics is of a day between two. */
	hasAny(metrics: readonly FactMetric[], first: number, last: number): boolean {
		return metrics.some((metric) =>
			SUBJECT_KINDS.some((kind, k) => {
				for (const _ of this.periods(metric, kind, first, last)) return true;
				const { start, end } = this.#head(this.levels, metric, k);
				const entry = firstWhereNot(start, end, (one) => (this.levels.from[one] as number) < first);
				return metric === 'followers' && entry < end && (this.levels.from[entry] as number) <= last;
			})
		);
	}

	/** The filters under which a metric has figures of a day; of one subject where one is given. */
	filtersThere(metric: FactMetric, day: number, subject: number | null): readonly ReportedFilters[] {
		const key = `${metric} ${day} ${subject}`;
		let found = this.#filtersThere.get(key);
		if (!found) this.#filtersThere.set(key, (found = this.#findFilters(metric, day, subject)));
		return found;
	}

	#findFilters(metric: FactMetric, day: number, subject: number | null): ReportedFilters[] {
		const { identity, figures } = this;
		const kinds =
			subject === null ? (['account', 'pin'] as const) : [SUBJECT_KINDS[identity.subjectKinds[subject]!]!];
		const numbers = new Set<number>();
		for (const kind of kinds) {
			const whole = this.ofPeriod(metric, kind, day, day);
			const { start, end } = subject === null ? whole : this.ofSubject(whole, subject);
			for (let entry = start; entry < end; entry++) numbers.add(this.termsAt(figures, entry).filters);
		}
		return [...numbers].map((number) => identity.filters[number] as ReportedFilters);
	}

	/** Every fact of every batch in the order of import, and after those of a batch what follows from its levels. */
	*rows(): Generator<ResolvedRow> {
		const { batches, counts, derived } = this.#facts;
		let row = 0;
		let next = 0;
		for (const { batchId, profile, blocks } of batches) {
			const named = (fact: Fact): Fact =>
				fact.profile === '' && profile !== '' ? { ...fact, profile } : fact;
			const firstRow = row;
			for (const block of blocks) {
				for (let i = 0; i < block.values.length; i++, row++) {
					yield { fact: named(factAt(block, i)), batchId, counts: counts[row] === 1, isDerived: false };
				}
			}
			for (; next < derived.length && derived[next]!.row < row; next++) {
				const { row: later, from, to, value, isEstimate, counts } = derived[next]!;
				const level = factOfRow(blocks, later - firstRow);
				const days = { from: dayFromNumber(from), to: dayFromNumber(to) };
				const fact = named({ ...level, ...days, kind: 'figure', value, isEstimate });
				yield { fact, batchId, counts, isDerived: true };
			}
		}
	}

	/** The counted entry about the same as a fact; null where there is none. */
	entryAbout(isLevel: boolean, metric: FactMetric, from: number, to: number, pair: number) {
		const columns = isLevel ? this.levels : this.figures;
		const { identity } = this;
		const { aboutOfPair } = this.#facts;
		const about = aboutOfPair[pair] as number;
		const kind = identity.subjectKinds[identity.subjectOf[pair] as number] as number;
		const { start, end } = this.#head(columns, metric, kind);
		const at = (values: ArrayLike<number>, entry: number) => values[entry] as number;
		const entry = firstWhereNot(start, end, (one) => {
			const order =
				at(columns.from, one) - from || at(columns.to, one) - to || at(columns.about, one) - about;
			return order < 0;
		});
		const isSame =
			entry < end &&
			columns.from[entry] === from &&
			columns.to[entry] === to &&
			columns.about[entry] === about;
		return isSame ? entry : null;
	}

	/** The batch that a row is of. */
	sourceOfRow(row: number): FactSource {
		const { batches, derived } = this.#facts;
		let left = row < 0 ? derived[-1 - row]!.row : row;
		for (const batch of batches) {
			const count = batch.blocks.reduce((sum, { values }) => sum + values.length, 0);
			if (left < count) return batch;
			left -= count;
		}
		throw new Error(`no batch has row ${row}`);
	}

	#head({ headStarts }: CountedColumns, metric: FactMetric, kind: number): FactRange {
		const head = headOf(metric, kind);
		return { start: headStarts[head] as number, end: headStarts[head + 1] as number };
	}
}

/** The number of the subject of a question; that of the account for null, -1 where nothing is about it. */
export function subjectOf(
	identity: FactIdentity,
	subject: { readonly kind: 'pin' | 'board'; readonly name: string } | null
): number {
	return subject === null ? ACCOUNT : identity.subjectNumber(subject.kind, subject.name);
}

function factOfRow(blocks: readonly FactColumns[], row: number): Fact {
	for (const block of blocks) {
		if (row < block.values.length) return factAt(block, row);
		row -= block.values.length;
	}
	throw new Error('no such row');
}

/** The first number from `start` to `end` for which something that holds up to there no longer holds. */
function firstWhereNot(start: number, end: number, holds: (place: number) => boolean): number {
	let low = start;
	let high = end;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}

function leastOf(values: Int32Array): number {
	let least = Infinity;
	for (const value of values) if (value < least) least = value;
	return least;
}

function mostOf(values: Int32Array): number {
	let most = -Infinity;
	for (const value of values) if (value > most) most = value;
	return most;
}

/** The number of a day that a query names. */
export function numberOfDay(day: Day): number {
	const number = dayNumber(day);
	if (number === null) throw new Error(`no such day: ${day}`);
	return number;
}
