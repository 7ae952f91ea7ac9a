import { additionOf, type FactMetric } from '../../model/fact-metric';
import { plainAmount, type Amount, type AmountPair } from './amount';
import { overProfiles, pairOverProfiles } from './amounts';
import { answerOfGroup } from './answer-of-group';
import type { Asked } from './asked';
import type { DayNumbers, DayValues } from './day-values';
import { figuresOfEntries } from './figure-group';
import { pairOfAds } from './pair-of-profile';
import type { Question } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** Which counted figures are of a campaign, an ad group, an ad or a Pin, with all that is in it: by metric and period. */
export class FigureSet {
	readonly #entries = new Map<string, number[]>();
	readonly #periods = new Map<FactMetric, DayNumbers[]>();

	add(metric: FactMetric, period: DayNumbers, entry: number): void {
		const key = keyOf(metric, period);
		const entries = this.#entries.get(key);
		if (entries) entries.push(entry);
		else {
			this.#entries.set(key, [entry]);
			if (period.from === period.to) return;
			const periods = this.#periods.get(metric);
			if (periods) periods.push({ from: period.from, to: period.to });
			else this.#periods.set(metric, [{ from: period.from, to: period.to }]);
		}
	}

	of(metric: FactMetric, period: DayNumbers): readonly number[] {
		return this.#entries.get(keyOf(metric, period)) ?? [];
	}

	/** The periods of several days that it has figures of. */
	periods(metric: FactMetric): readonly DayNumbers[] {
		return this.#periods.get(metric) ?? [];
	}
}

const keyOf = (metric: FactMetric, { from, to }: DayNumbers) => `${metric} ${from} ${to}`;

/**
 * What the figures of some campaigns, ad groups, ads or Pins come to by day and period, by the rules for the account:
 * the widest level that is known counts, and a ratio is of the finest subjects of which both parts are known.
 */
export class AdsDays implements DayValues {
	readonly #facts: ResolvedFacts;
	readonly #sets: readonly FigureSet[];
	readonly #question: Question;

	/** @param question of paid content */
	constructor(facts: ResolvedFacts, sets: readonly FigureSet[], question: Question) {
		this.#facts = facts;
		this.#sets = sets;
		this.#question = question;
	}

	of(metric: FactMetric, days: DayNumbers, currency: number): Amount | null {
		const entries = this.#entries(metric, days);
		if (entries.length === 0) return null;
		const asked = this.#asked(metric, days, currency);
		return overProfiles(this.#facts, metric, (profile) => plainAmount(this.#amount(asked, profile, entries)));
	}

	periods(metric: FactMetric, { from, to }: DayNumbers): readonly DayNumbers[] {
		const all = this.#sets.flatMap((set) => set.periods(metric));
		const inside = all.filter((period) => period.from >= from && period.to <= to);
		return [...new Map(inside.map((period) => [keyOf(metric, period), period])).values()];
	}

	pair(part: FactMetric, whole: FactMetric, days: DayNumbers, currency: number): AmountPair | null {
		const [parts, wholes] = [this.#entries(part, days), this.#entries(whole, days)];
		if (parts.length === 0 || wholes.length === 0) return null;
		const asked = {
			part: this.#asked(part, days, currency),
			whole: this.#asked(whole, days, currency)
		};
		return pairOverProfiles(this.#facts, (profile) => {
			const group = (one: Asked, entries: readonly number[]) =>
				figuresOfEntries(this.#facts, one, profile, entries);
			const ofAds = pairOfAds(this.#facts, asked, group(asked.part, parts), group(asked.whole, wholes));
			if (ofAds) return ofAds;
			// What is known of both only as a whole cannot be divided by currency, except money.
			if (!this.#isOfOneCurrency(part, parts, whole, wholes)) return null;
			const above = this.#amount(asked.part, profile, parts);
			const below = this.#amount(asked.whole, profile, wholes);
			return above && below ? { part: above, whole: below } : null;
		});
	}

	lastLevel(): null {
		return null;
	}

	/** Nothing is said of other filters: reports on ads have none to choose. */
	filtersThere(): readonly [] {
		return [];
	}

	#amount(asked: Asked, profile: number, entries: readonly number[]) {
		const group = figuresOfEntries(this.#facts, asked, profile, entries);
		return group && answerOfGroup(this.#facts, asked, group);
	}

	#isOfOneCurrency(
		part: FactMetric,
		parts: readonly number[],
		whole: FactMetric,
		wholes: readonly number[]
	): boolean {
		const [isMoneyPart, isMoneyWhole] = [additionOf(part) === 'money', additionOf(whole) === 'money'];
		if (isMoneyPart && isMoneyWhole) return true;
		const { figures } = this.#facts;
		const money = isMoneyPart ? parts : isMoneyWhole ? wholes : [];
		return new Set(money.map((entry) => this.#facts.termsAt(figures, entry).currency)).size <= 1;
	}

	#entries(metric: FactMetric, days: DayNumbers): readonly number[] {
		const [only] = this.#sets;
		return this.#sets.length === 1
			? only!.of(metric, days)
			: this.#sets.flatMap((set) => set.of(metric, days));
	}

	#asked(metric: FactMetric, { from, to }: DayNumbers, currency: number): Asked {
		return { metric, from, to, question: this.#question, currency };
	}
}
