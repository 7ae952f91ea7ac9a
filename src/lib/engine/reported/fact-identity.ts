import type { FactColumns } from '../../columns/fact-columns';
import { DIMENSIONS } from '../../model/event';
import { additionOf, type FactMetric } from '../../model/fact-metric';
import {
	ADS_LEVELS,
	filtersKey,
	valuesIn,
	type AdsPath,
	type FactScope,
	type FactSource,
	type ReportedFilters,
	type ReportedSubject
} from '../../model/reported';
import { ENTRIES_PER_TURN } from './radix-order';

/** Figures of one import, as they are stored. */
export interface FactBlocks extends FactSource {
	readonly blocks: readonly FactColumns[];
	/** How many figures of it could not be read. */
	readonly damagedFacts?: number;
}

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

/** Metrics that content type All answers as Paid: money, and what ads led to. */
const PAID_METRICS: ReadonlySet<FactMetric> = new Set<FactMetric>([
	'spend',
	'order_value',
	'page_visits',
	'add_to_carts',
	'checkouts'
]);

export function isPaidMetric(metric: FactMetric): boolean {
	return PAID_METRICS.has(metric);
}

/** How the scope of a metric is read: as it stands, as paid whatever it says, or as paid with a currency. */
export type ScopeReading = 0 | 1 | 2;
const PAID: ScopeReading = 1;
const MONEY: ScopeReading = 2;
export const SCOPE_READINGS = 3;

export function scopeReading(metric: FactMetric): ScopeReading {
	return additionOf(metric) === 'money' ? MONEY : PAID_METRICS.has(metric) ? PAID : 0;
}

/** Filters of a metric that is paid anyway: without the content type where it lets paid content through. */
export function withoutPaid(filters: ReportedFilters): ReportedFilters {
	if (!filters.content_type?.includes('paid')) return filters;
	return Object.fromEntries(Object.entries(filters).filter(([dimension]) => dimension !== 'content_type'));
}

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
	/** Per filters, bit d where they hold values of DIMENSIONS[d]. */
	readonly dimensionsOf: number[] = [0];
	readonly terms: FactTerms[] = [];
	/** Of each ads number, the level: 0 for none, then 1 + the place in ADS_LEVELS. */
	readonly adsLevels: number[] = [0];
	readonly subjectIds: string[] = [''];
	readonly subjectKinds: number[] = [0];
	/** Of each pair of subject and terms, the two. */
	readonly subjectOf: number[] = [];
	readonly termsOf: number[] = [];
	readonly #profileNumbers = new Map([['', 0]]);
	readonly #currencyNumbers = new Map([['', 0]]);
	readonly #filterNumbers = new Map([[filtersKey({}), 0]]);
	readonly #adsNumbers = new Map<string, number>();
	readonly #subjectNumbers = SUBJECT_KINDS.map(() => new Map<string, number>());
	readonly #termsNumbers = new Map<string, number>();
	readonly #pairNumbers = new Map<number, number>();
	/** Per level of ads, the ids that a name was seen with: the only one, or null for several. */
	readonly #idsOfNames = ADS_LEVELS.map(() => new Map<string, string | null>());
	readonly #namedProfiles = new Set<string>();
	/** By business account, the currencies that its figures name. */
	readonly #namedCurrencies = new Map<string, Set<string>>();

	/** Reads the scopes of all batches. Yields where others can have a turn. */
	static *of(batches: readonly FactBlocks[]): Generator<void, FactIdentity> {
		const identity = new FactIdentity();
		let read = 0;
		const scopes = function* (each: (scope: FactScope, batch: FactBlocks) => void): Generator<void> {
			for (const batch of batches) {
				for (const block of batch.blocks) {
					for (const scope of block.scopes) {
						each(scope, batch);
						if (++read % ENTRIES_PER_TURN === 0) yield;
					}
				}
			}
		};
		yield* scopes((scope, batch) => identity.#meet(scope, batch));
		yield* scopes((scope, batch) => identity.#meetCurrency(scope, batch));
		return identity;
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

	/** The numbers that figures have which a figure of another batch is about: those, were it read with the others. */
	pairsLike(scope: FactScope, batch: FactSource, reading: ScopeReading, other: FactIdentity): number[] {
		const { kind } = scope.subject;
		const subject =
			kind === 'account' ? ACCOUNT : this.#subjectNumbers[SUBJECT_KINDS.indexOf(kind)]!.get(scope.subject.id);
		const filters = this.#filterNumbers.get(filtersKey(readFilters(scope.filters, reading)));
		if (subject === undefined || filters === undefined) return [];
		const profiles = this.#profilesLike(profileOf(scope, batch), other);
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

	#meet({ ads, currency, profile }: FactScope, batch: FactSource): void {
		const name = profile || batch.profile;
		if (name !== '') this.#namedProfiles.add(name);
		ADS_LEVELS.forEach((level, l) => {
			const named = ads[level];
			if (!named || named.id === '' || named.name === '') return;
			const known = this.#idsOfNames[l]!.get(named.name);
			if (known === undefined) this.#idsOfNames[l]!.set(named.name, named.id);
			else if (known !== named.id) this.#idsOfNames[l]!.set(named.name, null);
		});
		if (currency !== '') numberOf(this.#currencyNumbers, this.currencies, currency);
	}

	/** Once all business accounts are known: whose currencies are named. */
	#meetCurrency(scope: FactScope, batch: FactSource): void {
		if (scope.currency === '') return;
		const profile = this.#takenProfile(profileOf(scope, batch));
		const named = this.#namedCurrencies.get(profile) ?? new Set();
		this.#namedCurrencies.set(profile, named.add(scope.currency));
	}

	#takenProfile(profile: string): string {
		return profile || onlyOne(this.#namedProfiles);
	}

	#terms(scope: FactScope, batch: FactSource, reading: ScopeReading): number {
		const profileName = this.#takenProfile(profileOf(scope, batch));
		const currencyName =
			reading === MONEY ? scope.currency || onlyOne(this.#namedCurrencies.get(profileName)) : '';
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
				DIMENSIONS.reduce(
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
		const named = adsKey(path, (level, name) => this.#idsOfNames[level]!.get(name) ?? '');
		if (named === null) return NO_ADS;
		let number = this.#adsNumbers.get(named.key);
		if (number === undefined) {
			number = this.adsLevels.push(named.level) - 1;
			this.#adsNumbers.set(named.key, number);
		}
		return number;
	}

	#profilesLike(name: string, other: FactIdentity): number[] {
		const all = new Set([...this.#namedProfiles, ...other.#namedProfiles]);
		const only = onlyOne(all);
		const alike = name === '' || name === only ? [only, ''] : [name];
		return [...new Set(alike)].flatMap((one) => this.#profileNumbers.get(one) ?? []);
	}

	#currenciesLike(
		scope: FactScope,
		profile: number,
		reading: ScopeReading,
		other: FactIdentity
	): readonly number[] {
		if (reading !== MONEY) return [0];
		const name = this.profiles[profile]!;
		const all = new Set([
			...(this.#namedCurrencies.get(name) ?? []),
			...(other.#namedCurrencies.get(name) ?? []),
			...(other.#namedCurrencies.get('') ?? [])
		]);
		const only = onlyOne(all);
		const alike = scope.currency === '' || scope.currency === only ? [only, ''] : [scope.currency];
		return [...new Set(alike)].flatMap((one) => this.#currencyNumbers.get(one) ?? []);
	}

	#adsLike(path: AdsPath, other: FactIdentity): number[] {
		const idOf = (level: number, name: string): string => {
			const [own, theirs] = [this, other].map((identity) => identity.#idsOfNames[level]!.get(name));
			if (own === undefined || theirs === undefined) return own ?? theirs ?? '';
			return own === theirs && own !== null ? own : '';
		};
		const united = adsKey(path, idOf);
		if (united === null) return [NO_ADS];
		// An earlier figure that knows a name alone is of the id that the added one now knows with it.
		const byName = adsKey(
			nameOnly(
				path,
				(level, name) => this.#idsOfNames[level]!.get(name) === undefined && idOf(level, name) !== ''
			),
			(level, name) => this.#idsOfNames[level]!.get(name) ?? ''
		);
		const keys = new Set([united.key, ...(byName ? [byName.key] : [])]);
		return [...keys].flatMap((key) => this.#adsNumbers.get(key) ?? []);
	}
}

/** The business account that a fact names, by itself or by what the user said of its file. */
function profileOf({ profile }: FactScope, batch: Pick<FactSource, 'profile'>): string {
	return profile || batch.profile;
}

function readFilters(filters: ReportedFilters, reading: ScopeReading): ReportedFilters {
	return reading === 0 ? filters : withoutPaid(filters);
}

/** @param idOf the only id that a name of a level was seen with, or '' */
function adsKey(
	path: AdsPath,
	idOf: (level: number, name: string) => string
): { readonly key: string; readonly level: number } | null {
	let finest = 0;
	const names = ADS_LEVELS.map((level, l) => {
		const { id = '', name = '' } = path[level] ?? {};
		if (id === '' && name === '') return null;
		finest = l + 1;
		const known = id || idOf(l, name);
		return known === '' ? ['name', name] : ['id', known];
	});
	if (finest === 0) return null;
	const last = names[finest - 1]!;
	// An id says which it is; a name does so within its campaign and ad group.
	const key = JSON.stringify(last[0] === 'id' ? [finest, last] : [finest, ...names.slice(0, finest)]);
	return { key, level: finest };
}

/** A path without the ids of names that `isLoose`. */
function nameOnly(path: AdsPath, isLoose: (level: number, name: string) => boolean): AdsPath {
	return Object.fromEntries(
		ADS_LEVELS.flatMap((level, l) => {
			const named = path[level];
			if (!named) return [];
			return [[level, named.name !== '' && isLoose(l, named.name) ? { id: '', name: named.name } : named]];
		})
	);
}

function numberOf(numbers: Map<string, number>, names: string[], name: string): number {
	let number = numbers.get(name);
	if (number === undefined) {
		number = names.push(name) - 1;
		numbers.set(name, number);
	}
	return number;
}

/** The only text of a set; '' where there are several or none. */
function onlyOne(texts: ReadonlySet<string> | undefined): string {
	if (texts?.size !== 1) return '';
	const [only] = texts;
	return only!;
}

function hasNone(record: object): boolean {
	for (const _ in record) return false;
	return true;
}
