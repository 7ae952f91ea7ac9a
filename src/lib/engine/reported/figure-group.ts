import { currencyAsked, type Asked } from './asked';
import type { FactRange } from './counted-columns';
import { ACCOUNT, NO_ADS } from './fact-identity';
import type { ResolvedFacts } from './resolved-facts';

/** The figures of one subject and business account, by the campaign, ad group or ad that they are of. */
export interface FigureGroup {
	/** Of no campaign, ad group or ad. */
	readonly own: readonly number[];
	/** By ads number, then by subject. */
	readonly ads: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;
	/** Bits of the dimensions that any figure is filtered by. */
	readonly dimensions: number;
}

/** The figures of a subject that are of the metric, period and currency asked for; null where there are none. */
export function figuresOfSubject(
	facts: ResolvedFacts,
	asked: Asked,
	profile: number,
	subject: number
): FigureGroup | null {
	const { metric, from, to } = asked;
	if (subject !== ACCOUNT) {
		const kind = facts.identity.subjectKinds[subject] === 1 ? 'pin' : 'board';
		const range = facts.ofSubject(facts.ofPeriod(metric, kind, from, to), subject);
		return figuresInRanges(facts, asked, profile, [range]);
	}
	const account = facts.ofPeriod(metric, 'account', from, to);
	// Rows of ads with a Pin are of the account's ads too.
	const pins = facts.hasPinAds ? facts.ofPeriod(metric, 'pin', from, to) : { start: 0, end: 0 };
	return figuresInRanges(facts, asked, profile, [account, pins]);
}

/** @param ranges of the subject, and of others whose figures count where they are of ads */
export function figuresInRanges(
	facts: ResolvedFacts,
	asked: Asked,
	profile: number,
	[range, others]: readonly FactRange[]
): FigureGroup | null {
	const { figures, identity } = facts;
	const currency = currencyAsked(asked);
	const own: number[] = [];
	const ads = new Map<number, Map<number, number[]>>();
	let dimensions = 0;
	for (const [r, { start, end }] of [range!, others ?? { start: 0, end: 0 }].entries()) {
		for (let entry = start; entry < end; entry++) {
			const terms = facts.termsAt(figures, entry);
			if (terms.profile !== profile || (currency !== null && terms.currency !== currency)) continue;
			if (terms.ads === NO_ADS) {
				if (r > 0) continue;
				own.push(entry);
			} else {
				const subjects = madeAt(ads, terms.ads, () => new Map<number, number[]>());
				madeAt(subjects, facts.subjectAt(figures, entry), () => []).push(entry);
			}
			dimensions |= identity.dimensionsOf[terms.filters] as number;
		}
	}
	return own.length + ads.size === 0 ? null : { own, ads, dimensions };
}

function madeAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
