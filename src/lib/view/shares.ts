import { dimensionDef, type Dimension } from '../model/dimension';
import { CLOSED_VALUES } from '../model/event';
import type { ValueShare } from '../model/answer';

/** One value of a dimension as the filter panel lists it. */
export interface Choice {
	readonly value: string;
	/** Its part of all impressions under the other filters; null where there are none, or not all are known. */
	readonly share: number | null;
	readonly isChosen: boolean;
}

/**
 * The values of a dimension: those that occur and those that are chosen. Closed lists keep one order (what is unknown
 * last), so that nothing moves under the pointer; open ones come by impressions.
 */
export function choicesOf(
	dimension: Dimension,
	shares: readonly ValueShare[],
	chosen: readonly string[]
): readonly Choice[] {
	const values = [...new Set([...shares.map(({ value }) => value), ...chosen])];
	const order = dimensionDef(dimension)?.values;
	if (order) {
		const rank = (value: string) => (value === 'unknown' ? order.length : order.indexOf(value));
		values.sort((a, b) => rank(a) - rank(b));
	}
	return choices(values, shares, chosen);
}

/** The same for a dimension of two known values, which are both always listed. */
export function fixedChoices(
	dimension: 'content_type' | 'source',
	shares: readonly ValueShare[],
	chosen: readonly string[]
): readonly Choice[] {
	return choices(CLOSED_VALUES[dimension], shares, chosen);
}

/** Each value with its part of all; none where the whole is unknown or nothing. */
function choices(
	values: readonly string[],
	shares: readonly ValueShare[],
	chosen: readonly string[]
): readonly Choice[] {
	const total = shares.reduce((sum, { impressions }) => sum + (impressions ?? NaN), 0);
	const impressionsOf = new Map(shares.map(({ value, impressions }) => [value, impressions]));
	return values.map((value) => ({
		value,
		share: total > 0 ? (impressionsOf.get(value) ?? 0) / total : null,
		isChosen: chosen.includes(value)
	}));
}
