import { currencyAsked, type Asked } from './asked';
import type { FactRange } from './counted-columns';
import { ACCOUNT, NO_ADS } from './fact-identity';
import { isAsked, type PinsAsked } from './pins-asked';
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
	const group = new GroupBuilder(facts, asked, profile);
	for (let entry = range!.start; entry < range!.end; entry++) group.add(entry, true);
	if (others) for (let entry = others.start; entry < others.end; entry++) group.add(entry, false);
	return group.made();
}

/** Figures of one metric and period that are listed by their entries. */
export function figuresOfEntries(
	facts: ResolvedFacts,
	asked: Asked,
	profile: number,
	entries: readonly number[]
): FigureGroup | null {
	const group = new GroupBuilder(facts, asked, profile);
	for (const entry of entries) group.add(entry, true);
	return group.made();
}

class GroupBuilder {
	readonly #facts: ResolvedFacts;
	readonly #profile: number;
	readonly #currency: number | null;
	readonly #pins: PinsAsked | null;
	readonly #own: number[] = [];
	readonly #ads = new Map<number, Map<number, number[]>>();
	#dimensions = 0;

	constructor(facts: ResolvedFacts, asked: Asked, profile: number) {
		this.#facts = facts;
		this.#profile = profile;
		this.#currency = currencyAsked(asked);
		this.#pins = asked.question.pins;
	}

	/** @param takesOwn whether a figure of no campaign, ad group or ad counts */
	add(entry: number, takesOwn: boolean): void {
		const { figures, identity } = this.#facts;
		if (this.#pins && !isAsked(this.#pins, this.#facts.subjectAt(figures, entry))) return;
		const terms = this.#facts.termsAt(figures, entry);
		if (terms.profile !== this.#profile) return;
		if (this.#currency !== null && terms.currency !== this.#currency) return;
		if (terms.ads === NO_ADS) {
			if (!takesOwn) return;
			this.#own.push(entry);
		} else {
			const subjects = madeAt(this.#ads, terms.ads, () => new Map<number, number[]>());
			madeAt(subjects, this.#facts.subjectAt(figures, entry), () => []).push(entry);
		}
		this.#dimensions |= identity.dimensionsOf[terms.filters] as number;
	}

	/** Null where there are no figures. */
	made(): FigureGroup | null {
		const isEmpty = this.#own.length + this.#ads.size === 0;
		return isEmpty ? null : { own: this.#own, ads: this.#ads, dimensions: this.#dimensions };
	}
}

function madeAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
