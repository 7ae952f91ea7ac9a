import { ESTIMATE } from '../../columns/fact-columns';
import { additionOf, isAdditive, type FactMetric } from '../../model/fact-metric';
import { ADS_LEVELS } from '../../model/reported';
import { ACCOUNT, NO_ADS } from './fact-identity';
import {
	addUp,
	answeredInParts,
	asPaidAnyway,
	isRowOf,
	ofPaid,
	type Question,
	type Reported
} from './question';
import { COMPLETE, type FactRange, type ResolvedFacts } from './resolved-facts';

/** What is reported of a metric and period. */
export interface Amount extends Reported {
	/** The sum over the Pins that are known, there being no figure of the account. */
	readonly isOfPins: boolean;
	/** From figures that name no business account, where several are named and none of them has any. */
	readonly isOfUnnamed: boolean;
}

/** A total as it stood on a day, by its number: the newest, where those of several business accounts are added up. */
export interface LevelAmount extends Amount {
	readonly day: number;
}

/** A sum as it grows. */
export interface Sum {
	value: number;
	isEstimate: boolean;
}

/** What is asked of figures. */
export interface Asked {
	readonly metric: FactMetric;
	/** Day numbers, both included. */
	readonly from: number;
	readonly to: number;
	readonly question: Question;
	/** The number of a currency; of no account for what is no money. */
	readonly currency: number;
}

/** Together they are the engagements, where these are not reported as such; carousel swipes add to them where known. */
const ENGAGEMENT_PARTS = ['saves', 'closeups', 'link_clicks'] as const;

/** The figures of one subject and business account, by the campaign, ad group or ad that they are of. */
interface Grouped {
	/** Of no campaign, ad group or ad. */
	readonly own: readonly number[];
	/** By ads number, then by subject. */
	readonly ads: ReadonlyMap<number, ReadonlyMap<number, readonly number[]>>;
	/** Bits of the dimensions that any figure is filtered by. */
	readonly dimensions: number;
}

/** Reads what figures come to: by business account, level of ads, filters and currency. */
export class Amounts {
	readonly facts: ResolvedFacts;

	constructor(facts: ResolvedFacts) {
		this.facts = facts;
	}

	/** The figure of the account, or else the sum over its Pins; figures of differently named accounts add up. */
	ofAccount(asked: Asked): Amount | null {
		return this.#overProfiles(asked.metric, (profile) => this.#ofProfile(asked, profile));
	}

	/** The figure of the account itself. */
	ofAccountItself(asked: Asked): Amount | null {
		return this.#overProfiles(asked.metric, (profile) => plain(this.#itself(asked, profile)));
	}

	/** The figure of one Pin or board. */
	ofSubject(asked: Asked, subject: number): Amount | null {
		if (subject < 0) return null;
		return this.#overProfiles(asked.metric, (profile) => plain(this.#composed(asked, profile, subject)));
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
		this.#forEachSubject(asked, null, range, add, (subject, { start, end }) => {
			const amount = this.#overProfiles(asked.metric, (profile) =>
				plain(this.#inRange(asked, profile, { start, end }))
			);
			if (amount) add(subject, amount.value, amount.isEstimate);
		});
		return isAny;
	}

	/**
	 * Two metrics over the finest subjects of which both are known: ads, else ad groups, else campaigns, else the account
	 * or the Pin as a whole; paid figures of both.
	 */
	pairs(
		part: Asked,
		whole: Asked,
		subject: number
	): { readonly part: Amount; readonly whole: Amount } | null {
		const [paidPart, paidWhole] = [part, whole].map((asked) => {
			const question = ofPaid(asked.question);
			return question && { ...asked, question };
		});
		if (!paidPart || !paidWhole) return null;
		const found = this.#profiles().map((profile) => this.#pairOf(paidPart, paidWhole, profile, subject));
		const named = found.slice(1).filter((pair) => pair !== null);
		const isOfUnnamed = named.length === 0 && this.facts.hasSeveralProfiles;
		const pairs = named.length > 0 ? named : found.slice(0, 1).filter((pair) => pair !== null);
		if (pairs.length === 0) return null;
		const sum = (side: 'part' | 'whole') => ({
			...addUp(pairs.map((pair) => pair[side]))!,
			isOfPins: false,
			isOfUnnamed
		});
		return { part: sum('part'), whole: sum('whole') };
	}

	/** The numbers of the business accounts, that of figures that name none first. */
	#profiles(): number[] {
		return [...this.facts.identity.profiles.keys()];
	}

	#overProfiles(metric: FactMetric, of: (profile: number) => Amount | null): Amount | null {
		const { profiles } = this.facts.identity;
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
		return unnamed && { ...unnamed, isOfUnnamed: this.facts.hasSeveralProfiles };
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
			return plain({ value: values[last]!, isEstimate: (flags[last]! & ESTIMATE) !== 0 });
		});
		return amount && { ...amount, day };
	}

	#ofProfile(asked: Asked, profile: number): Amount | null {
		const own = this.#itself(asked, profile);
		if (own) return plain(own);
		if (!isAdditive(asked.metric)) return null;
		const pins = this.#sumOfPins(asked, profile);
		return pins && { ...pins, isOfPins: true, isOfUnnamed: false };
	}

	#itself(asked: Asked, profile: number): Reported | null {
		return this.#composed(asked, profile, ACCOUNT);
	}

	#sumOfPins(asked: Asked, profile: number): Reported | null {
		const { facts } = this;
		const { metric, from, to } = asked;
		if (metric !== 'engagements') {
			let value = 0;
			let isEstimate = false;
			let isKnown = false;
			const add = (_: number, more: number, estimate: boolean) => {
				value += more;
				isEstimate ||= estimate;
				isKnown = true;
			};
			this.#forEachSubject(asked, profile, facts.ofPeriod(metric, 'pin', from, to), add, (pin, range) => {
				const found = this.#inRange(asked, profile, range);
				if (found) add(pin, found.value, found.isEstimate);
			});
			return isKnown ? { value, isEstimate } : null;
		}
		const pins = new Set<number>();
		for (const part of ['engagements', ENGAGEMENT_PARTS[0]] as const) {
			const { start, end } = facts.ofPeriod(part, 'pin', from, to);
			for (let entry = start; entry < end; entry++) pins.add(facts.subjectAt(facts.figures, entry));
		}
		return addUp([...pins].map((pin) => this.#composed(asked, profile, pin)));
	}

	/** A figure as it is reported, engagements else from their parts. */
	#composed(asked: Asked, profile: number, subject: number): Reported | null {
		const asReported = this.#simple(asked, profile, subject);
		if (asReported || asked.metric !== 'engagements') return asReported;
		const of = (metric: FactMetric) => this.#simple({ ...asked, metric }, profile, subject);
		const parts: (Reported | null)[] = [];
		for (const part of ENGAGEMENT_PARTS) {
			const found = of(part);
			if (!found) return null;
			parts.push(found);
		}
		return addUp([...parts, of('carousel_swipes')]);
	}

	#simple(asked: Asked, profile: number, subject: number): Reported | null {
		const grouped = this.#grouped(asked, profile, subject);
		return grouped && this.#answer(asked, grouped);
	}

	#grouped({ metric, from, to, currency }: Asked, profile: number, subject: number): Grouped | null {
		const { facts } = this;
		if (subject !== ACCOUNT) {
			const kind = facts.identity.subjectKinds[subject] === 1 ? 'pin' : 'board';
			const range = facts.ofSubject(facts.ofPeriod(metric, kind, from, to), subject);
			return this.#group([range], profile, moneyOf(metric, currency));
		}
		const account = facts.ofPeriod(metric, 'account', from, to);
		// Rows of ads with a Pin are of the account's ads too.
		const pins = facts.hasPinAds ? facts.ofPeriod(metric, 'pin', from, to) : { start: 0, end: 0 };
		return this.#group([account, pins], profile, moneyOf(metric, currency));
	}

	/** @param ranges of the subject, and of others whose figures count where they are of ads */
	#group([range, others]: readonly FactRange[], profile: number, currency: number | null): Grouped | null {
		const { facts } = this;
		const { figures, identity } = facts;
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

	/**
	 * The subjects of figures about one period. Most have one figure, and there can be very many of them: that is read
	 * here, the others by `more`.
	 * @param profile the only business account that counts; null for any
	 */
	#forEachSubject(
		{ metric, question, currency }: Asked,
		profile: number | null,
		range: FactRange,
		one: (subject: number, value: number, isEstimate: boolean) => void,
		more: (subject: number, range: FactRange) => void
	): void {
		const { figures, about, identity } = this.facts;
		const filters = identity.filtersNumber(asPaidAnyway(question, metric).key);
		const money = moneyOf(metric, currency);
		for (let entry = range.start; entry < range.end;) {
			const place = figures.about[entry] as number;
			const subject = about.subject[place] as number;
			let end = entry + 1;
			while (end < range.end && about.subject[figures.about[end] as number] === subject) end++;
			const flags = figures.flags[entry] as number;
			if (end > entry + 1 || flags >= COMPLETE) more(subject, { start: entry, end });
			else if (
				about.filters[place] === filters &&
				(profile === null || about.profile[place] === profile) &&
				(money === null || about.currency[place] === money)
			) {
				one(subject, figures.values[entry] as number, (flags & ESTIMATE) !== 0);
			}
			entry = end;
		}
	}

	/** The figures of one subject, which lie side by side. */
	#inRange(asked: Asked, profile: number, range: FactRange): Reported | null {
		const grouped = this.#group([range], profile, moneyOf(asked.metric, asked.currency));
		return grouped && this.#answer(asked, grouped);
	}

	#answer({ metric, question }: Asked, { own, ads, dimensions }: Grouped): Reported | null {
		const asked = asPaidAnyway(question, metric);
		const direct = (one: Question): Reported | null => {
			const itself = this.#direct(metric, own, one);
			if (itself || ads.size === 0) return itself;
			// Levels of ads are never mixed: the widest that is known stands for all.
			for (let level = 1; level <= ADS_LEVELS.length; level++) {
				const sum = this.#ofLevel(metric, ads, level, one);
				if (sum) return sum;
			}
			return null;
		};
		if (!isAdditive(metric)) return direct(asked);
		return answeredInParts(asked, direct, (dimension) => (dimensions & (1 << dimension)) !== 0);
	}

	#ofLevel(metric: FactMetric, ads: Grouped['ads'], level: number, question: Question): Reported | null {
		const known: Reported[] = [];
		for (const [path, subjects] of ads) {
			if (this.facts.identity.adsLevels[path] !== level) continue;
			const found = this.#ofPath(metric, subjects, question);
			if (found) known.push(found);
		}
		return known.length > 1 && !isAdditive(metric) ? null : addUp(known);
	}

	/** One campaign, ad group or ad: as it is reported, else the sum over its Pins. */
	#ofPath(
		metric: FactMetric,
		subjects: ReadonlyMap<number, readonly number[]>,
		question: Question
	): Reported | null {
		const itself = subjects.get(ACCOUNT);
		const known = itself && this.#entries(metric, itself, question);
		if (known) return known;
		const ofPins: Reported[] = [];
		for (const [subject, entries] of subjects) {
			const found = subject === ACCOUNT ? null : this.#entries(metric, entries, question);
			if (found) ofPins.push(found);
		}
		return ofPins.length > 1 && !isAdditive(metric) ? null : addUp(ofPins);
	}

	#entries(metric: FactMetric, entries: readonly number[], question: Question): Reported | null {
		const { facts } = this;
		const direct = (one: Question) => this.#direct(metric, entries, one);
		if (!isAdditive(metric) || entries.length === 1) return direct(question);
		const dimensions = entries.reduce(
			(bits, entry) => bits | facts.identity.dimensionsOf[facts.termsAt(facts.figures, entry).filters]!,
			0
		);
		return answeredInParts(question, direct, (dimension) => (dimensions & (1 << dimension)) !== 0);
	}

	/** The figure with equal filters, or the rows of a list that holds all there is to the question. */
	#direct(metric: FactMetric, entries: readonly number[], question: Question): Reported | null {
		const { facts } = this;
		const { figures, identity } = facts;
		const reported = (entry: number): Reported => ({
			value: figures.values[entry] as number,
			isEstimate: (figures.flags[entry]! & ESTIMATE) !== 0
		});
		const number = identity.filtersNumber(question.key);
		const equal = entries.find((entry) => facts.termsAt(figures, entry).filters === number);
		if (equal !== undefined) return reported(equal);
		const rows = entries.filter((entry) => {
			const flags = figures.flags[entry] as number;
			if (flags < COMPLETE) return false;
			const filters = identity.filters[facts.termsAt(figures, entry).filters]!;
			return isRowOf(filters, (dimension) => (flags & (COMPLETE << dimension)) !== 0, question);
		});
		const list = ofOneList(rows, figures.flags);
		return list.length > 1 && !isAdditive(metric) ? null : addUp(list.map(reported));
	}

	#pairOf(
		part: Asked,
		whole: Asked,
		profile: number,
		subject: number
	): { part: Reported; whole: Reported } | null {
		if (subject < 0) return null;
		const [parts, wholes] = [part, whole].map((asked) => this.#grouped(asked, profile, subject));
		const of = ({ metric, question }: Asked, subjects: ReadonlyMap<number, readonly number[]>) =>
			this.#ofPath(metric, subjects, asPaidAnyway(question, metric));
		for (let level: number = ADS_LEVELS.length; parts && wholes && level > 0; level--) {
			const found: { part: Reported; whole: Reported }[] = [];
			for (const [path, subjects] of parts.ads) {
				if (this.facts.identity.adsLevels[path] !== level) continue;
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
		// What the account has in all cannot be parted by currency, except money.
		if (!this.#isOfOneCurrency([part, whole], profile)) return null;
		const total = (asked: Asked) =>
			subject === ACCOUNT ? this.#ofProfile(asked, profile) : this.#composed(asked, profile, subject);
		const [above, below] = [total(part), total(whole)];
		return above && below ? { part: above, whole: below } : null;
	}

	#isOfOneCurrency(sides: readonly Asked[], profile: number): boolean {
		if (sides.every(({ metric }) => additionOf(metric) === 'money')) return true;
		const { facts } = this;
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
}

/** Rows of lists that are broken down alike: each such list is all there is, so that two would count everything twice. */
function ofOneList(rows: readonly number[], flags: Uint8Array): readonly number[] {
	const breakdown = (entry: number) => flags[entry]! & -COMPLETE;
	const [first] = rows;
	return first === undefined ? rows : rows.filter((entry) => breakdown(entry) === breakdown(first));
}

/** The currency that figures must be of; null for what is no money. */
function moneyOf(metric: FactMetric, currency: number): number | null {
	return additionOf(metric) === 'money' ? currency : null;
}

function plain(reported: Reported | null): Amount | null {
	return reported && { ...reported, isOfPins: false, isOfUnnamed: false };
}

function madeAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	let value = map.get(key);
	if (value === undefined) map.set(key, (value = make()));
	return value;
}
