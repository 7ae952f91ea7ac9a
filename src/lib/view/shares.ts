import { CLOSED_VALUES, type Dimension } from '../model/event';
import type { ValueShare } from '../model/query';

/** One value of a dimension as the filter panel lists it. */
export interface Choice {
	readonly value: string;
	/** Its part of all impressions under the other filters; null where there are none. */
	readonly share: number | null;
	readonly isChosen: boolean;
}

/**
 * The values of a dimension: those that occur and those that are chosen. Closed lists keep one order (what is unknown
 * last), so that nothing moves under the pointer; accounts come by impressions.
 */
export function choicesOf(
	dimension: Dimension,
	shares: readonly ValueShare[],
	chosen: readonly string[]
): readonly Choice[] {
	const total = shares.reduce((sum, each) => sum + each.impressions, 0);
	const impressionsOf = new Map(shares.map((each) => [each.value, each.impressions]));
	for (const value of chosen) if (!impressionsOf.has(value)) impressionsOf.set(value, 0);
	const values = [...impressionsOf.keys()];
	if (dimension !== 'account') {
		const order = CLOSED_VALUES[dimension] as readonly string[];
		const rank = (value: string) => (value === 'unknown' ? order.length : order.indexOf(value));
		values.sort((a, b) => rank(a) - rank(b));
	}
	return values.map((value) => ({
		value,
		share: total === 0 ? null : (impressionsOf.get(value) ?? 0) / total,
		isChosen: chosen.includes(value)
	}));
}

/** The same for a dimension of two known values, which are both always listed. */
export function fixedChoices(
	dimension: 'content_type' | 'source',
	shares: readonly ValueShare[],
	chosen: readonly string[]
): readonly Choice[] {
	const total = shares.reduce((sum, each) => sum + each.impressions, 0);
	return CLOSED_VALUES[dimension].map((value) => ({
		value,
		share: total === 0 ? null : (shares.find((each) => each.value === value)?.impressions ?? 0) / total,
		isChosen: chosen.includes(value)
	}));
}
