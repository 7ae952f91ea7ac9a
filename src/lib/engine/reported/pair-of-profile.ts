import { additionOf } from '../../model/fact-metric';
import { ADS_LEVELS } from '../../model/reported';
import { answerOfAds } from './answer-of-group';
import type { Asked } from './asked';
import { ACCOUNT } from './fact-identity';
import { figuresOfSubject, type FigureGroup } from './figure-group';
import type { ProfileAmounts } from './profile-amounts';
import { addUp, asPaidAnyway, type Reported } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** Two metrics over the same subjects, as a ratio divides them. */
export interface Pair {
	readonly part: Reported;
	readonly whole: Reported;
}

/** What a ratio needs. */
export interface AskedPair {
	readonly part: Asked;
	readonly whole: Asked;
}

/**
 * Two metrics of one business account over the finest subjects of which both are known: ads, else ad groups, else
 * campaigns, else the account or the Pin as a whole.
 */
export function pairOfProfile(
	facts: ResolvedFacts,
	amounts: ProfileAmounts,
	asked: AskedPair,
	profile: number,
	subject: number
): Pair | null {
	if (subject < 0) return null;
	const { part, whole } = asked;
	const group = (one: Asked) => figuresOfSubject(facts, one, profile, subject);
	const ofAds = pairOfAds(facts, asked, group(part), group(whole));
	if (ofAds) return ofAds;
	// Totals of the account cannot be divided by currency, except money.
	if (!isOfOneCurrency(facts, [part, whole], profile)) return null;
	const total = (asked: Asked) =>
		subject === ACCOUNT ? amounts.ofAccount(asked, profile) : amounts.ofSubject(asked, profile, subject);
	const [above, below] = [total(part), total(whole)];
	return above && below ? { part: above, whole: below } : null;
}

/** The same over ads, else ad groups, else campaigns alone. */
export function pairOfAds(
	facts: ResolvedFacts,
	{ part, whole }: AskedPair,
	parts: FigureGroup | null,
	wholes: FigureGroup | null
): Pair | null {
	if (!parts || !wholes) return null;
	const of = ({ metric, question }: Asked, subjects: ReadonlyMap<number, readonly number[]>) =>
		answerOfAds(facts, metric, subjects, asPaidAnyway(question, metric));
	for (let level: number = ADS_LEVELS.length; level > 0; level--) {
		const found: Pair[] = [];
		for (const [path, subjects] of parts.ads) {
			if (facts.identity.adsLevels[path] !== level) continue;
			const others = wholes.ads.get(path);
			const [above, below] = [of(part, subjects), others ? of(whole, others) : null];
			if (above && below) found.push({ part: above, whole: below });
		}
		if (found.length > 0) {
			return {
				part: addUp(found.map((pair) => pair.part))!,
				whole: addUp(found.map((pair) => pair.whole))!
			};
		}
	}
	return null;
}

function isOfOneCurrency(facts: ResolvedFacts, sides: readonly Asked[], profile: number): boolean {
	if (sides.every(({ metric }) => additionOf(metric) === 'money')) return true;
	const found = new Set<number>();
	for (const { metric, from, to } of sides) {
		if (additionOf(metric) !== 'money') continue;
		for (const kind of ['account', 'pin'] as const) {
			const { start, end } = facts.ofPeriod(metric, kind, from, to);
			for (let entry = start; entry < end; entry++) {
				const terms = facts.termsAt(facts.figures, entry);
				if (terms.profile === profile) found.add(terms.currency);
			}
		}
	}
	return found.size <= 1;
}
