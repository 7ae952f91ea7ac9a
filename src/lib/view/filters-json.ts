import { dimensionsIn } from '../model/dimension';
import type { Query } from '../model/query';
import type { DayRange } from './range';

/**
 * What an archive's `filters.json` says: which events its files are about, for people and programs.
 * @param compared the days that figures are beside; null for none
 */
export function filtersJson(
	{ filter, subject, split, sort, order, ads }: Query,
	compared: DayRange | null,
	address: string
): string {
	const chosen = dimensionsIn(filter.values).filter((dimension) => filter.values[dimension]?.length);
	return `${JSON.stringify(
		{
			from: filter.from,
			to: filter.to,
			time_zone: filter.tz,
			filters: Object.fromEntries(chosen.map((dimension) => [dimension, filter.values[dimension]])),
			pin: subject?.kind === 'pin' ? subject.name : undefined,
			board: subject?.kind === 'board' ? subject.name : undefined,
			campaigns: ads && ads.campaigns.length > 0 ? ads.campaigns : undefined,
			split: split ?? undefined,
			sort,
			order,
			compared_with: compared ? { from: compared.from, to: compared.to } : undefined,
			address
		},
		null,
		2
	)}\n`;
}
