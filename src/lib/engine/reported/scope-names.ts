import { ADS_LEVELS, type AdsPath, type FactScope, type FactSource } from '../../model/reported';
import { adsKey, nameOnly } from './ads-key';
import type { FactBlocks } from './fact-blocks';
import { ENTRIES_PER_TURN } from './radix-order';

/**
 * The business accounts, currencies and ads that the scopes of some batches name, and which names stand for the same.
 * Campaigns, ad groups and ads are the same by id, or by a name that was seen with one id only. Of figures that name no
 * business account, or no currency, the only named one is taken, if there is just one.
 */
export class ScopeNames {
	/** Codes of currencies, in the order in which they were read. */
	readonly currencies = new Set<string>();
	readonly #profiles = new Set<string>();
	/** By business account, the currencies that its figures name. */
	readonly #currenciesOf = new Map<string, Set<string>>();
	/** Per level of ads, the ids that a name was seen with: the only one, or null for several. */
	readonly #idsOfNames = ADS_LEVELS.map(() => new Map<string, string | null>());

	/** Reads the scopes of all batches. Yields where others can have a turn. */
	static *of(batches: readonly FactBlocks[]): Generator<void, ScopeNames> {
		const names = new ScopeNames();
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
		yield* scopes((scope, batch) => names.#read(scope, batch));
		yield* scopes((scope, batch) => names.#readCurrency(scope, batch));
		return names;
	}

	/** The business account that a scope is of; '' where it is unknown. */
	profileOf(scope: FactScope, batch: FactSource): string {
		return namedProfile(scope, batch) || onlyOne(this.#profiles);
	}

	/**
	 * The currency of money; '' where it is unknown.
	 * @param profile from profileOf
	 */
	currencyOf(scope: FactScope, profile: string): string {
		return scope.currency || onlyOne(this.#currenciesOf.get(profile));
	}

	/** The key and level of a path, see adsKey. */
	adsKeyOf(path: AdsPath): { readonly key: string; readonly level: number } | null {
		return adsKey(path, (level, name) => this.#idsOfNames[level]!.get(name) ?? '');
	}

	/** The business accounts by which figures here can be of the same as a scope, were it read with these. */
	profilesLike(scope: FactScope, batch: FactSource, other: ScopeNames): readonly string[] {
		const name = namedProfile(scope, batch);
		const only = onlyOne(new Set([...this.#profiles, ...other.#profiles]));
		return name === '' || name === only ? [...new Set([only, ''])] : [name];
	}

	/** The same of the currencies of money of a business account. */
	currenciesLike(scope: FactScope, profile: string, other: ScopeNames): readonly string[] {
		const all = new Set([
			...(this.#currenciesOf.get(profile) ?? []),
			...(other.#currenciesOf.get(profile) ?? []),
			...(other.#currenciesOf.get('') ?? [])
		]);
		const only = onlyOne(all);
		const { currency } = scope;
		return currency === '' || currency === only ? [...new Set([only, ''])] : [currency];
	}

	/** The same of the keys of campaigns, ad groups and ads; null where a path names none. */
	adsKeysLike(path: AdsPath, other: ScopeNames): readonly string[] | null {
		const idOf = (level: number, name: string): string => {
			const [own, theirs] = [this, other].map((names) => names.#idsOfNames[level]!.get(name));
			if (own === undefined || theirs === undefined) return own ?? theirs ?? '';
			return own === theirs && own !== null ? own : '';
		};
		const united = adsKey(path, idOf);
		if (united === null) return null;
		// An earlier figure that has only a name is of the id that the added batch gives for this name.
		const byName = this.adsKeyOf(
			nameOnly(
				path,
				(level, name) => this.#idsOfNames[level]!.get(name) === undefined && idOf(level, name) !== ''
			)
		);
		return [...new Set([united.key, ...(byName ? [byName.key] : [])])];
	}

	#read(scope: FactScope, batch: FactSource): void {
		const profile = namedProfile(scope, batch);
		if (profile !== '') this.#profiles.add(profile);
		ADS_LEVELS.forEach((level, l) => {
			const named = scope.ads[level];
			if (!named || named.id === '' || named.name === '') return;
			const known = this.#idsOfNames[l]!.get(named.name);
			if (known === undefined) this.#idsOfNames[l]!.set(named.name, named.id);
			else if (known !== named.id) this.#idsOfNames[l]!.set(named.name, null);
		});
		if (scope.currency !== '') this.currencies.add(scope.currency);
	}

	/** Once all business accounts are known: the currencies of each. */
	#readCurrency(scope: FactScope, batch: FactSource): void {
		if (scope.currency === '') return;
		const profile = this.profileOf(scope, batch);
		const named = this.#currenciesOf.get(profile) ?? new Set();
		this.#currenciesOf.set(profile, named.add(scope.currency));
	}
}

/** The business account that a scope names, or that the user named for its file. */
function namedProfile({ profile }: FactScope, batch: FactSource): string {
	return profile || batch.profile;
}

/** The only text of a set; '' where there are several or none. */
function onlyOne(texts: ReadonlySet<string> | undefined): string {
	if (texts?.size !== 1) return '';
	const [only] = texts;
	return only!;
}
