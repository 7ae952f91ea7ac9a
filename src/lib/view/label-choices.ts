import type { LabelShares } from '../model/own-words';
import type { Choice } from './shares';

/**
 * Labels as the filter panel lists them, the largest first: a Pin may bear several, so each has its part of all Pins'
 * impressions, and these parts may sum to more than all.
 * @param shares null as long as they are not known
 */
export function labelChoices(
	names: readonly string[],
	shares: LabelShares | null,
	chosen: readonly string[]
): readonly Choice[] {
	const impressions = new Map(shares?.values);
	const of = (name: string) => impressions.get(name) ?? 0;
	const all = names.length > 0 ? [...names, ''] : [];
	return [...new Set([...all, ...chosen])]
		.sort((a, b) => of(b) - of(a))
		.map((value) => ({
			value,
			share: shares && shares.whole > 0 ? of(value) / shares.whole : null,
			isChosen: chosen.includes(value)
		}));
}
