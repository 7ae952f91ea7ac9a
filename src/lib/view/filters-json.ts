import { DIMENSIONS } from '../model/event';
import type { Query } from '../model/query';

/** What an archive's `filters.json` says: which events its files are about, for people and programs. */
export function filtersJson({ filter, subject, split, sort, ads }: Query, address: string): string {
	const chosen = DIMENSIONS.filter((dimension) => filter.values[dimension].length > 0);
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
			address
		},
		null,
		2
	)}\n`;
}
