import { dayFromNumber } from '../../model/calendar';
import type { NativeDimension } from '../../model/event';
import type { FactMetric } from '../../model/fact-metric';
import type { DaySpan, FactSource, ReportedFilters } from '../../model/reported';
import { firstWhereNot, rangeOfHead, type CountedColumns, type FactRange } from './counted-columns';
import type { CountedFacts } from './counted-facts';
import { NO_ADS, SUBJECT_KINDS, type FactIdentity, type FactTerms } from './fact-identity';
import { resolvedRows, sourceOfRow, type ResolvedRow } from './resolved-rows';

type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** All live facts, and which of them count. Made by resolve-facts.ts. */
export class ResolvedFacts {
	/** Where facts are from, in the order of import. */
	readonly sources: readonly FactSource[];
	/** From the first to the last day that any figure is of; null where there is none. */
	readonly span: DaySpan | null;
	/** Per dimension, the values that any figure was filtered by. */
	readonly filteredBy: Readonly<Record<NativeDimension, ReadonlySet<string>>>;
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
				const { start, end } = rangeOfHead(this.figures, metric, kind);
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
		const { start, end } = rangeOfHead(figures, metric, SUBJECT_KINDS.indexOf(kind));
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
		const { start, end } = rangeOfHead(figures, metric, SUBJECT_KINDS.indexOf(kind));
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
		const { start, end } = rangeOfHead(levels, metric, identity.subjectKinds[subject] as number);
		let entry = firstWhereNot(start, end, (one) => (levels.from[one] as number) < first);
		for (; entry < end && (levels.from[entry] as number) <= last; entry++) {
			if (this.subjectAt(levels, entry) === subject) yield entry;
		}
	}

	/** Whether any figure is of a Pin. */
	hasPin(id: string): boolean {
		return this.identity.subjectNumber('pin', id) >= 0;
	}

	/** Whether any file covers a day, even if it has no figure for it. */
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
				const { start, end } = rangeOfHead(this.levels, metric, k);
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
	rows(): Generator<ResolvedRow> {
		return resolvedRows(this.#facts);
	}

	/** The counted entry about the same as a fact; null where there is none. */
	entryAbout(isLevel: boolean, metric: FactMetric, from: number, to: number, pair: number) {
		const columns = isLevel ? this.levels : this.figures;
		const { identity } = this;
		const { aboutOfPair } = this.#facts;
		const about = aboutOfPair[pair] as number;
		const kind = identity.subjectKinds[identity.subjectOf[pair] as number] as number;
		const { start, end } = rangeOfHead(columns, metric, kind);
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
		return sourceOfRow(this.#facts, row);
	}
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
