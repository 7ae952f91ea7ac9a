import { LABEL, type Dimension } from '../../model/dimension';
import { additionOf, isAdditive, type FactMetric } from '../../model/fact-metric';
import type { Filter, Subject } from '../../model/query';
import type { ReportedFilters } from '../../model/reported';
import type { Amount, AmountPair, LevelAmount } from './amount';
import { Amounts } from './amounts';
import type { Asked } from './asked';
import { ACCOUNT, UNKNOWN_CURRENCY, type FactIdentity } from './fact-identity';
import { bothAsked, isAsked, type ReportedLabels } from './pins-asked';
import { addUp, narrowedTo, questionOf, type Question } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** Days by their numbers, both included. */
export interface DayNumbers {
	readonly from: number;
	readonly to: number;
}

/** Reported figures by day and by longer periods, under one question. Money is of one currency, by its number. */
export interface DayValues {
	/** What is reported of just these days: of a day, or of a longer period. */
	of(metric: FactMetric, days: DayNumbers, currency: number): Amount | null;
	/** The periods of several days inside some days that figures of a metric are about. */
	periods(metric: FactMetric, inside: DayNumbers): readonly DayNumbers[];
	/** The last level of some days. */
	lastLevel(metric: FactMetric, days: DayNumbers): LevelAmount | null;
	/** Two metrics over the finest subjects of which both are known; paid figures of both. */
	pair(part: FactMetric, whole: FactMetric, days: DayNumbers, currency: number): AmountPair | null;
	/** The filters under which a day has figures of these metrics at all. */
	filtersThere(metrics: readonly FactMetric[], day: number): readonly ReportedFilters[];
}

/** The figures of the account, or else the sums over its Pins; of one Pin or board where the question is about it alone. */
export class ReportedDays implements DayValues {
	readonly #amounts: Amounts;
	readonly #question: Question;
	readonly #subject: number;
	readonly #kind: 'account' | 'pin' | 'board';
	readonly #known = new Map<string, Amount | null>();

	constructor(amounts: Amounts, question: Question, subject: Subject | null) {
		this.#amounts = amounts;
		this.#question = question;
		this.#subject = subjectNumber(amounts.facts.identity, subject);
		this.#kind = subject?.kind ?? 'account';
	}

	of(metric: FactMetric, { from, to }: DayNumbers, currency: number): Amount | null {
		const key = `${from} ${to} ${metric} ${additionOf(metric) === 'money' ? currency : ''}`;
		let value = this.#known.get(key);
		if (value === undefined) {
			this.#known.set(key, (value = this.#find(this.#asked(metric, { from, to }, currency))));
		}
		return value;
	}

	periods(metric: FactMetric, { from, to }: DayNumbers): readonly DayNumbers[] {
		const { facts } = this.#amounts;
		if (this.#subject < 0) return [];
		// Rows of ads with a Pin are of the account's ads too.
		const kinds = this.#kind === 'account' && facts.hasPinAds ? (['account', 'pin'] as const) : [this.#kind];
		const found = new Map<string, DayNumbers>();
		for (const kind of kinds) {
			for (const period of facts.periods(metric, kind, from, to)) {
				if (period.from < period.to) found.set(`${period.from} ${period.to}`, period);
			}
		}
		return [...found.values()];
	}

	lastLevel(metric: FactMetric, days: DayNumbers): LevelAmount | null {
		if (!isAsked(this.#question.pins, this.#subject)) return null;
		return this.#amounts.lastLevel(this.#asked(metric, days, UNKNOWN_CURRENCY), this.#subject);
	}

	pair(part: FactMetric, whole: FactMetric, days: DayNumbers, currency: number) {
		return this.#amounts.pairs(
			this.#asked(part, days, currency),
			this.#asked(whole, days, currency),
			this.#subject
		);
	}

	filtersThere(metrics: readonly FactMetric[], day: number): readonly ReportedFilters[] {
		if (this.#subject < 0) return [];
		const subject = this.#kind === 'account' ? null : this.#subject;
		return metrics.flatMap((metric) => this.#amounts.facts.filtersThere(metric, day, subject));
	}

	#find(asked: Asked): Amount | null {
		if (this.#subject !== ACCOUNT) return this.#amounts.ofSubject(asked, this.#subject);
		// Lists of the best Pins of a period do not add up to the account; those of single days are all there is.
		return asked.from === asked.to ? this.#amounts.ofAccount(asked) : this.#amounts.ofAccountItself(asked);
	}

	#asked(metric: FactMetric, { from, to }: DayNumbers, currency: number): Asked {
		return { metric, from, to, question: this.#question, currency };
	}
}

/** The readers of one query, each made once: series, shares and exports ask the same questions. */
export class DayReaders {
	readonly facts: ResolvedFacts;
	readonly labels: ReportedLabels | null;
	readonly #amounts: Amounts;
	readonly #subject: Subject | null;
	readonly #made = new Map<string, ReportedDays>();

	/** @param labels null where no question is about labels */
	constructor(facts: ResolvedFacts, subject: Subject | null, labels: ReportedLabels | null = null) {
		this.facts = facts;
		this.labels = labels;
		this.#amounts = new Amounts(facts);
		this.#subject = subject;
	}

	/** The question of a query's filters. */
	questionOf({ values }: Pick<Filter, 'values'>): Question {
		return labelledQuestion(values, this.labels);
	}

	/** The same question of one value of a dimension. */
	narrowed(question: Question, dimension: Dimension, value: string): Question {
		if (dimension !== LABEL || !this.labels) return narrowedTo(question, dimension, value);
		return { ...question, pins: bothAsked(question.pins, this.labels.bearing([value])), narrowed: new Map() };
	}

	of(question: Question): ReportedDays {
		const key = `${question.key} ${question.pins?.key ?? ''}`;
		let reader = this.#made.get(key);
		if (!reader) {
			reader = new ReportedDays(this.#amounts, question, this.#subject);
			this.#made.set(key, reader);
		}
		return reader;
	}
}

/** The question of some filters, of labels too. */
export function labelledQuestion(values: Filter['values'], labels: ReportedLabels | null): Question {
	const wanted = values[LABEL] ?? [];
	return questionOf(values, wanted.length > 0 && labels ? labels.bearing(wanted) : null);
}

/** The sum of what several questions answer: of the values of a split that share one series. */
export class JoinedDays implements DayValues {
	readonly #parts: readonly DayValues[];

	constructor(parts: readonly DayValues[]) {
		this.#parts = parts;
	}

	of(metric: FactMetric, days: DayNumbers, currency: number): Amount | null {
		if (!isAdditive(metric)) return null;
		return joined(this.#parts.map((part) => part.of(metric, days, currency)));
	}

	periods(metric: FactMetric, inside: DayNumbers): readonly DayNumbers[] {
		const all = this.#parts.flatMap((part) => part.periods(metric, inside));
		return [...new Map(all.map((period) => [`${period.from} ${period.to}`, period])).values()];
	}

	lastLevel(): null {
		return null;
	}

	pair(part: FactMetric, whole: FactMetric, days: DayNumbers, currency: number) {
		const pairs = this.#parts.map((one) => one.pair(part, whole, days, currency));
		const [above, below] = [
			joined(pairs.map((pair) => pair && pair.part)),
			joined(pairs.map((pair) => pair && pair.whole))
		];
		return above && below ? { part: above, whole: below } : null;
	}

	filtersThere(): readonly ReportedFilters[] {
		return [];
	}
}

/** The number of the subject of a question; that of the account for null, -1 where nothing is about it. */
function subjectNumber(identity: FactIdentity, subject: Subject | null): number {
	return subject === null ? ACCOUNT : identity.subjectNumber(subject.kind, subject.name);
}

function joined(parts: readonly (Amount | null)[]): Amount | null {
	const known = parts.filter((part) => part !== null);
	const sum = addUp(known);
	return (
		sum && {
			...sum,
			isOfPins: known.some(({ isOfPins }) => isOfPins),
			isOfUnnamed: known.some(({ isOfUnnamed }) => isOfUnnamed)
		}
	);
}
