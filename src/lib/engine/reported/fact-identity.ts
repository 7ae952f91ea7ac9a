import { NATIVE_DIMENSIONS } from '../../model/event';
import {
	filtersKey,
	valuesIn,
	ADS_LEVELS,
	type AdsName,
	type AdsPath,
	type FactScope,
	type FactSource,
	type ReportedFilters,
	type ReportedSubject
} from '../../model/reported';
import type { FactBlocks } from './fact-blocks';
import { ScopeNames } from './scope-names';
import { MONEY, readFilters, type ScopeReading } from './scope-reading';

/** What a figure is about besides its subject, in the numbers of a FactIdentity. */
export interface FactTerms {
	readonly filters: number;
	/** 0 for none. */
	readonly ads: number;
	readonly profile: number;
	/** 0 for all that is no money, and where it is unknown. */
	readonly currency: number;
}

export const SUBJECT_KINDS = [
	'account',
	'pin',
	'board'
] as const satisfies readonly ReportedSubject['kind'][];

/** The number of the account among subjects. */
export const ACCOUNT = 0;
/** The number of the currency that is unknown, and of what is no money. */
export const UNKNOWN_CURRENCY = 0;
/** The number of no campaign, ad group or ad. */
export const NO_ADS = 0;

/** No subjects times terms may go beyond 2^53. */
const MAX_TERMS = 2 ** 26;

/**
 * What facts are about, as numbers that are equal where two facts are about the same. Campaigns, ad groups and ads are
 * the same by id, or by a name that was seen with one id only. Of figures that name no business account, or no
 * currency, the only named one is taken, if there is just one.
 */
export class FactIdentity {
	/** Names of business accounts; entry 0 is '' for figures that name none. */
	readonly profiles: string[] = [''];
	/** Codes of currencies; entry 0 is '' for unknown ones. */
	readonly currencies: string[] = [''];
	readonly filters: ReportedFilters[] = [{}];
	/** Per filters, bit d where they hold values of NATIVE_DIMENSIONS[d]. */
	readonly dimensionsOf: number[] = [0];
	readonly terms: FactTerms[] = [];
	/** Of each ads number, the level: 0 for none, then 1 + the place in ADS_LEVELS. */
	readonly adsLevels: number[] = [0];
	/** Of each ads number, the number of what it is in, 0 for nothing that is named; and what the newest file calls it. */
	readonly adsParents: number[] = [NO_ADS];
	readonly adsNames: AdsName[] = [{ id: '', name: '' }];
	readonly subjectIds: string[] = [''];
	readonly subjectKinds: number[] = [0];
	/** Of each pair of subject and terms, the two. */
	readonly subjectOf: number[] = [];
	readonly termsOf: number[] = [];
	readonly #names: ScopeNames;
	readonly #profileNumbers = new Map([['', 0]]);
	readonly #currencyNumbers = new Map([['', 0]]);
	readonly #filterNumbers = new Map([[filtersKey({}), 0]]);
	readonly #adsNumbers = new Map<string, number>();
	readonly #subjectNumbers = SUBJECT_KINDS.map(() => new Map<string, number>());
	readonly #termsNumbers = new Map<string, number>();
	readonly #pairNumbers = new Map<number, number>();

	private constructor(names: ScopeNames) {
		this.#names = names;
		for (const currency of names.currencies) numberOf(this.#currencyNumbers, this.currencies, currency);
	}

	/** Reads the scopes of all batches. Yields where others can have a turn. */
	static *of(batches: readonly FactBlocks[]): Generator<void, FactIdentity> {
		return new FactIdentity(yield* ScopeNames.of(batches));
	}

	/** The number of what a fact of a scope is about. */
	pair(scope: FactScope, batch: FactSource, reading: ScopeReading): number {
		const subject = this.#subject(scope.subject);
		const terms = this.#terms(scope, batch, reading);
		const key = subject * MAX_TERMS + terms;
		let number = this.#pairNumbers.get(key);
		if (number === undefined) {
			number = this.subjectOf.push(subject) - 1;
			this.termsOf.push(terms);
			this.#pairNumbers.set(key, number);
		}
		return number;
	}

	/**
	 * The numbers that figures have which a figure of another batch is about: those, were it read with the others.
	 * @param other the names in the other batch
	 */
	pairsLike(scope: FactScope, batch: FactSource, reading: ScopeReading, other: ScopeNames): number[] {
		const { kind } = scope.subject;
		const subject =
			kind === 'account' ? ACCOUNT : this.#subjectNumbers[SUBJECT_KINDS.indexOf(kind)]!.get(scope.subject.id);
		const filters = this.#filterNumbers.get(filtersKey(readFilters(scope.filters, reading)));
		if (subject === undefined || filters === undefined) return [];
		const profiles = this.#names
			.profilesLike(scope, batch, other)
			.flatMap((name) => this.#profileNumbers.get(name) ?? []);
		const found = new Set<number>();
		for (const profile of profiles) {
			for (const currency of this.#currenciesLike(scope, profile, reading, other)) {
				for (const ads of this.#adsLike(scope.ads, other)) {
					const terms = this.#termsNumbers.get(`${filters} ${ads} ${profile} ${currency}`);
					const pair = terms === undefined ? undefined : this.#pairNumbers.get(subject * MAX_TERMS + terms);
					if (pair !== undefined) found.add(pair);
				}
			}
		}
		return [...found];
	}

	/** The number of filters as they are asked for; -1 where no figure has them. */
	filtersNumber(key: string): number {
		return this.#filterNumbers.get(key) ?? -1;
	}

	/** The number of a Pin or board; -1 where no figure is about it. */
	subjectNumber(kind: 'pin' | 'board', id: string): number {
		return this.#subjectNumbers[SUBJECT_KINDS.indexOf(kind)]!.get(id) ?? -1;
	}

	#terms(scope: FactScope, batch: FactSource, reading: ScopeReading): number {
		const profileName = this.#names.profileOf(scope, batch);
		const currencyName = reading === MONEY ? this.#names.currencyOf(scope, profileName) : '';
		const filters = this.#filters(readFilters(scope.filters, reading));
		const ads = this.#ads(scope.ads);
		const profile = numberOf(this.#profileNumbers, this.profiles, profileName);
		const currency = numberOf(this.#currencyNumbers, this.currencies, currencyName);
		const key = `${filters} ${ads} ${profile} ${currency}`;
		let number = this.#termsNumbers.get(key);
		if (number === undefined) {
			number = this.terms.push({ filters, ads, profile, currency }) - 1;
			if (number >= MAX_TERMS)
				throw new Error('reported figures: more kinds of figures than can be numbered');
			this.#termsNumbers.set(key, number);
		}
		return number;
	}

	#subject(subject: ReportedSubject): number {
		if (subject.kind === 'account') return ACCOUNT;
		const kind = SUBJECT_KINDS.indexOf(subject.kind);
		const numbers = this.#subjectNumbers[kind]!;
		let number = numbers.get(subject.id);
		if (number === undefined) {
			number = this.subjectIds.push(subject.id) - 1;
			this.subjectKinds.push(kind);
			numbers.set(subject.id, number);
		}
		return number;
	}

	#filters(filters: ReportedFilters): number {
		if (hasNone(filters)) return 0;
		const key = filtersKey(filters);
		let number = this.#filterNumbers.get(key);
		if (number === undefined) {
			number = this.filters.push(filters) - 1;
			this.dimensionsOf.push(
				NATIVE_DIMENSIONS.reduce(
					(bits, dimension, d) => bits | (valuesIn(filters, dimension).length > 0 ? 1 << d : 0),
					0
				)
			);
			this.#filterNumbers.set(key, number);
		}
		return number;
	}

	#ads(path: AdsPath): number {
		if (hasNone(path)) return NO_ADS;
		const named = this.#names.adsKeyOf(path);
		if (named === null) return NO_ADS;
		let number = this.#adsNumbers.get(named.key);
		if (number === undefined) {
			number = this.adsLevels.push(named.level) - 1;
			this.adsParents.push(NO_ADS);
			this.adsNames.push({ id: '', name: '' });
			this.#adsNumbers.set(named.key, number);
		}
		this.#placeAds(number, named.level, path);
		return number;
	}

	/** Notes what a path says of its last part: what it is called, and what it is in. */
	#placeAds(number: number, level: number, path: AdsPath): void {
		const { id, name } = path[ADS_LEVELS[level - 1]!]!;
		const known = this.adsNames[number]!;
		this.adsNames[number] = { id: id || known.id, name: name || known.name };
		const outer = ADS_LEVELS.slice(0, level - 1).filter((one) => path[one]);
		if (outer.length === 0) return;
		const parent = this.#ads(Object.fromEntries(outer.map((one) => [one, path[one]])));
		// A path may leave out what another one says.
		const before = this.adsParents[number]!;
		if (this.adsLevels[parent]! >= this.adsLevels[before]!) this.adsParents[number] = parent;
	}

	#currenciesLike(
		scope: FactScope,
		profile: number,
		reading: ScopeReading,
		other: ScopeNames
	): readonly number[] {
		if (reading !== MONEY) return [UNKNOWN_CURRENCY];
		return this.#names
			.currenciesLike(scope, this.profiles[profile]!, other)
			.flatMap((code) => this.#currencyNumbers.get(code) ?? []);
	}

	#adsLike(path: AdsPath, other: ScopeNames): readonly number[] {
		const keys = this.#names.adsKeysLike(path, other);
		return keys === null ? [NO_ADS] : keys.flatMap((key) => this.#adsNumbers.get(key) ?? []);
	}
}

function numberOf(numbers: Map<string, number>, names: string[], name: string): number {
	let number = numbers.get(name);
	if (number === undefined) {
		number = names.push(name) - 1;
		numbers.set(name, number);
	}
	return number;
}

function hasNone(record: object): boolean {
	for (const _ in record) return false;
	return true;
}
