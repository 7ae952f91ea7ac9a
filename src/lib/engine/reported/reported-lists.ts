import type { Alternative, Answer, Top, TopBoard } from '../../model/answer';
import { SORT_METRICS } from '../../model/metric';
import type { Query } from '../../model/query';
import { groupSums } from '../pin-counts';
import { ListRows } from './list-rows';
import {
	ListSide,
	comparableSide,
	type ListBefore,
	type ListEntry,
	type ListQuery,
	type ListSources
} from './list-side';
import { numberOfDay } from './number-of-day';
import type { ReportedPinList } from './reported-pin-list';
import type { ResolvedFacts } from './resolved-facts';

/**
 * Top lists where reports have a part in them: figures of events for the days that hold events, and what is reported of
 * periods between them. A Pin or board that only one side knows is in the list too.
 */

/** The first boards; null where no report has a part in the list. */
export function reportedBoards(
	query: Pick<Query, 'top'> & ListQuery,
	sources: ListSources,
	before: ListBefore | null = null
): Top<TopBoard> | null {
	const { catalogue, boards } = sources;
	const own = groupSums(sources.counts, catalogue.boards);
	const now = new ListSide('board', query, sources, own.sums);
	const others = before && groupSums(before.sources.counts, catalogue.boards).sums;
	const asked = before && others && new ListSide('board', before.query, before.sources, others);
	if (now.ids.size === 0 && (asked?.ids.size ?? 0) === 0) return null;
	const then = comparableSide(query, now, asked);
	const sides = then ? [now, then] : [now];
	const { names } = catalogue.boards;
	const numbers = new Map(names.map((name, number) => [name, number]));
	const entries = new Map<string, ListEntry>();
	names.forEach((name, number) => {
		if (sides.some((side) => side.isCounted(number)))
			entries.set(name, { number, id: boards.idOf(name), name });
	});
	for (const { ids } of sides) {
		for (const id of ids) {
			const name = boards.nameOf(id);
			if (!entries.has(name)) entries.set(name, { number: numbers.get(name) ?? -1, id, name });
		}
	}
	const rows = new ListRows([...entries.values()], now, then, query);
	return {
		rows: rows.entries.slice(0, query.top).map((entry) => ({
			board: entry.name,
			pins: now.isCounted(entry.number) ? (own.pins[entry.number] as number) : now.isOfEvents ? 0 : null,
			...rows.figuresOf(entry)
		})),
		total: rows.entries.length,
		period: rows.period
	};
}

/**
 * An answer with the lists that events and reports make together.
 * @param pins the full list of Pins; null where it is that of events
 */
export function withReportedLists(
	answer: Answer,
	query: Query,
	sources: ListSources,
	pins: ReportedPinList | null
): Answer {
	const topPins = pins?.rows('', 0, query.top) ?? answer.topPins;
	return {
		...answer,
		topPins,
		topBoards: reportedBoards(query, sources) ?? answer.topBoards,
		listsInstead: topPins.total === 0 ? filtersOfRows(query, sources.facts) : []
	};
}

/** The filters under which there would be rows. */
function filtersOfRows({ filter }: Pick<Query, 'filter'>, facts: ResolvedFacts): readonly Alternative[] {
	const inside = filtersWithin(facts, numberOfDay(filter.from), numberOfDay(filter.to));
	// Without any inside the range, there would be a list of the nearest period.
	const numbers = inside.size > 0 ? inside : filtersWithin(facts, -Infinity, Infinity);
	return [...numbers].map((number) => ({ filters: facts.identity.filters[number]!, days: 0 }));
}

/** The numbers of the filters that figures of Pins are under, of periods within some days. */
function filtersWithin(facts: ResolvedFacts, first: number, last: number): Set<number> {
	const numbers = new Set<number>();
	for (const metric of SORT_METRICS) {
		for (const { range } of facts.periods(metric, 'pin', first, last)) {
			for (let entry = range.start; entry < range.end; entry++)
				numbers.add(facts.termsAt(facts.figures, entry).filters);
		}
	}
	return numbers;
}
