import { ESTIMATE } from '../../columns/fact-columns';
import { additionOf, isAdditive, type FactMetric } from '../../model/fact-metric';
import { plainAmount, type Amount, type AmountPair, type LevelAmount } from './amount';
import type { Asked } from './asked';
import type { FactRange } from './counted-columns';
import { eachSubject } from './each-subject';
import { ACCOUNT, NO_ADS } from './fact-identity';
import { pairOfProfile, type Pair } from './pair-of-profile';
import { ProfileAmounts } from './profile-amounts';
import { addUp, ofPaid } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** A sum as it grows. */
export interface Sum {
	value: number;
	isEstimate: boolean;
}

/** Reads what figures come to: by business account, level of ads, filters and currency. */
export class Amounts {
	readonly facts: ResolvedFacts;
	readonly #ofProfiles: ProfileAmounts;

	constructor(facts: ResolvedFacts) {
		this.facts = facts;
		this.#ofProfiles = new ProfileAmounts(facts);
	}

	/** The figure of the account, or else the sum over its Pins; figures of differently named accounts add up. */
	ofAccount(asked: Asked): Amount | null {
		return this.#overProfiles(asked.metric, (profile) => this.#ofProfiles.ofAccount(asked, profile));
	}

	/** The figure of the account itself. */
	ofAccountItself(asked: Asked): Amount | null {
		return this.ofSubject(asked, ACCOUNT);
	}

	/** The figure of one Pin or board. */
	ofSubject(asked: Asked, subject: number): Amount | null {
		if (subject < 0) return null;
		return this.#overProfiles(asked.metric, (profile) =>
			plainAmount(this.#ofProfiles.ofSubject(asked, profile, subject))
		);
	}

	/** Adds what each Pin or board has of a period to sums by the subject’s number, and says whether any has something. */
	addEach(asked: Asked, range: FactRange, sums: Map<number, Sum>): boolean {
		let isAny = false;
		const add = (subject: number, value: number, isEstimate: boolean) => {
			isAny = true;
			const sum = sums.get(subject);
			if (!sum) sums.set(subject, { value, isEstimate });
			else {
				sum.value += value;
				sum.isEstimate ||= isEstimate;
			}
		};
		eachSubject(this.facts, asked, null, range, add, (subject, { start, end }) => {
			const amount = this.#overProfiles(asked.metric, (profile) =>
				plainAmount(this.#ofProfiles.inRange(asked, profile, { start, end }))
			);
			if (amount) add(subject, amount.value, amount.isEstimate);
		});
		return isAny;
	}

	/**
	 * Two metrics over the finest subjects of which both are known: ads, else ad groups, else campaigns, else the account
	 * or the Pin as a whole; paid figures of both.
	 */
	pairs(part: Asked, whole: Asked, subject: number): AmountPair | null {
		const [paidPart, paidWhole] = [part, whole].map((asked) => {
			const question = ofPaid(asked.question);
			return question && { ...asked, question };
		});
		if (!paidPart || !paidWhole) return null;
		return pairOverProfiles(this.facts, (profile) =>
			pairOfProfile(this.facts, this.#ofProfiles, { part: paidPart, whole: paidWhole }, profile, subject)
		);
	}

	#overProfiles(metric: FactMetric, of: (profile: number) => Amount | null): Amount | null {
		return overProfiles(this.facts, metric, of);
	}

	/** What the account's levels of a metric, each the last one of the days, come to. */
	lastLevel(asked: Asked, subject: number): LevelAmount | null {
		const { facts } = this;
		if (subject < 0) return null;
		let day = -Infinity;
		const amount = this.#overProfiles(asked.metric, (profile) => {
			let last: number | null = null;
			for (const entry of facts.levelsOf(asked.metric, subject, asked.from, asked.to)) {
				const terms = facts.termsAt(facts.levels, entry);
				if (terms.profile !== profile || terms.ads !== NO_ADS) continue;
				if (terms.filters !== facts.identity.filtersNumber(asked.question.key)) continue;
				last = entry;
			}
			if (last === null) return null;
			const { values, flags } = facts.levels;
			day = Math.max(day, facts.levels.from[last]!);
			return plainAmount({ value: values[last]!, isEstimate: (flags[last]! & ESTIMATE) !== 0 });
		});
		return amount && { ...amount, day };
	}
}

/** What the figures of all business accounts come to. Those that name none count where nothing else is known. */
export function overProfiles(
	facts: ResolvedFacts,
	metric: FactMetric,
	of: (profile: number) => Amount | null
): Amount | null {
	const { profiles } = facts.identity;
	if (profiles.length === 1) return of(0);
	let found: Amount | null = null;
	for (let profile = 1; profile < profiles.length; profile++) {
		const amount = of(profile);
		if (!amount) continue;
		if (found && !isAdditive(metric) && additionOf(metric) !== 'level') return null;
		found = found
			? { ...addUp([found, amount])!, isOfPins: found.isOfPins || amount.isOfPins, isOfUnnamed: false }
			: amount;
	}
	if (found) return found;
	const unnamed = of(0);
	return unnamed && { ...unnamed, isOfUnnamed: facts.hasSeveralProfiles };
}

/** The same of the two parts of a ratio. */
export function pairOverProfiles(
	facts: ResolvedFacts,
	of: (profile: number) => Pair | null
): AmountPair | null {
	const found = [...facts.identity.profiles.keys()].map(of);
	const named = found.slice(1).filter((pair) => pair !== null);
	const isOfUnnamed = named.length === 0 && facts.hasSeveralProfiles;
	const pairs = named.length > 0 ? named : found.slice(0, 1).filter((pair) => pair !== null);
	if (pairs.length === 0) return null;
	const sum = (side: 'part' | 'whole') => ({
		...addUp(pairs.map((pair) => pair[side]))!,
		isOfPins: false,
		isOfUnnamed
	});
	return { part: sum('part'), whole: sum('whole') };
}
