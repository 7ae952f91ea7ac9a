import { dimensionsIn } from '../model/dimension';
import type { Query } from '../model/query';
import type { DayRange } from './range';

/** What an archive's `filters.json` says, and a workbook's sheet of filters: which events the figures are about. */
export type WrittenFilters = Readonly<
	Record<
		string,
		string | undefined | readonly string[] | { readonly [name: string]: string | readonly string[] }
	>
>;

/** @param compared the days that figures are beside; null for none */
export function filtersOf(
	{ filter, subject, split, sort, order, ads }: Query,
	compared: DayRange | null,
	address: string
): WrittenFilters {
	const chosen = dimensionsIn(filter.values).filter((dimension) => filter.values[dimension]?.length);
	return {
		from: filter.from,
		to: filter.to,
		time_zone: filter.tz,
		filters: Object.fromEntries(chosen.map((dimension) => [dimension, filter.values[dimension] ?? []])),
		pin: subject?.kind === 'pin' ? subject.name : undefined,
		board: subject?.kind === 'board' ? subject.name : undefined,
		campaigns: ads && ads.campaigns.length > 0 ? ads.campaigns : undefined,
		split: split ?? undefined,
		sort,
		order,
		compared_with: compared ? { from: compared.from, to: compared.to } : undefined,
		address
	};
}

/** For people and programs. */
export function filtersJson(filters: WrittenFilters): string {
	return `${JSON.stringify(filters, null, 2)}\n`;
}

/** A row a filter that is set: its name, for a part of one with what it is part of before a dot, and its values. */
export function filterRows(filters: WrittenFilters): [name: string, value: string][] {
	return Object.entries(filters).flatMap(([name, value]): [string, string][] => {
		if (value === undefined) return [];
		if (typeof value === 'string') return [[name, value]];
		if (isList(value)) return [[name, value.join(', ')]];
		return Object.entries(value).map(([part, values]) => [
			`${name}.${part}`,
			typeof values === 'string' ? values : values.join(', ')
		]);
	});
}

function isList(value: object): value is readonly string[] {
	return Array.isArray(value);
}
