import { ADS_LEVELS, type AdsPath } from '../../model/reported';

/**
 * A text that is equal for paths to the same campaign, ad group or ad, and its level: 1 + the place in ADS_LEVELS; null
 * where a path names none.
 * @param idOf the only id that a name of a level was seen with, or ''
 */
export function adsKey(
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
	// An id is unique; a name is unique only within its campaign and ad group.
	const key = JSON.stringify(last[0] === 'id' ? [finest, last] : [finest, ...names.slice(0, finest)]);
	return { key, level: finest };
}

/** A path without the ids of names that `isLoose`. */
export function nameOnly(path: AdsPath, isLoose: (level: number, name: string) => boolean): AdsPath {
	return Object.fromEntries(
		ADS_LEVELS.flatMap((level, l) => {
			const named = path[level];
			if (!named) return [];
			return [[level, named.name !== '' && isLoose(l, named.name) ? { id: '', name: named.name } : named]];
		})
	);
}
