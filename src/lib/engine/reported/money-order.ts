import { compareText } from '../../model/text-order';
import type { DayValues } from './day-values';
import { evaluate, type Days } from './evaluate';

/**
 * The numbers of currencies by their spend over some days, most first, ties by code; those without any spend come last.
 * @param codes of the currencies, by their numbers
 */
export function moneyOrder(all: Days, days: DayValues, codes: readonly string[]): number[] {
	return codes
		.map((code, currency) => ({
			code,
			currency,
			spend: evaluate('spend', all, () => 0, days, currency).value ?? -1
		}))
		.sort((a, b) => b.spend - a.spend || compareText(a.code, b.code))
		.map(({ currency }) => currency);
}
