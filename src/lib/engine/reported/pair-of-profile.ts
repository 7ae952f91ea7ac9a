import { additionOf } from '../../model/fact-metric';
import { ADS_LEVELS } from '../../model/reported';
import { answerOfAds } from './answer-of-group';
import type { Asked } from './asked';
import { ACCOUNT } from './fact-identity';
import { figuresOfSubject } from './figure-group';
import type { ProfileAmounts } from './profile-amounts';
import { addUp, asPaidAnyway, type Reported } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** Two metrics over the same subjects, as a ratio divides them. */
interface Pair {
	readonly part: Reported;
	readonly whole: Reported;
}

/**
 * Two metrics of one business account over the finest subjects of which both are known: ads, else ad groups, else
 * campaigns, else the account or the Pin as a whole.
 */
export function pairOfProfile(
	facts: ResolvedFacts,
	amounts: ProfileAmounts,
	{ part, whole }: { readonly part: Asked; readonly whole: Asked },
	profile: number,
	subject: number
): Pair | null {
	if (subject < 0) return null;
	const [parts, wholes] = [part, whole].map((asked) => figuresOfSubject(facts, asked, profile, subject));
	const of = ({ metric, question }: Asked, subjects: ReadonlyMap<number, readonly number[]>) =>
		answerOfAds(facts, metric, subjects, asPaidAnyway(question, metric));
	for (let level: number = ADS_LEVELS.length; parts && wholes && level > 0; level--) {
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
	// Totals of the account cannot be divided by currency, except money.
	if (!isOfOneCurrency(facts, [part, whole], profile)) return null;
	const total = (asked: Asked) =>
		subject === ACCOUNT ? amounts.ofAccount(asked, profile) : amounts.ofSubject(asked, profile, subject);
	const [above, below] = [total(part), total(whole)];
	return above && below ? { part: above, whole: below } : null;
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
