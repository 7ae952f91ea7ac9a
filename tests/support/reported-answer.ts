import { Catalogue } from '../../src/lib/columns/catalogue';
import { factColumns } from '../../src/lib/columns/fact-columns';
import { pinShift } from '../../src/lib/engine/lookup';
import { planQuery } from '../../src/lib/engine/plan';
import { BoardNames } from '../../src/lib/engine/reported/board-names';
import { DayReaders } from '../../src/lib/engine/reported/day-values';
import type { FactBlocks } from '../../src/lib/engine/reported/fact-blocks';
import { withReported } from '../../src/lib/engine/reported/merge';
import { partRange, type EventDays } from '../../src/lib/engine/reported/part-range';
import type { ListSources } from '../../src/lib/engine/reported/list-side';
import { withReportedLists } from '../../src/lib/engine/reported/reported-lists';
import { ReportedPinList } from '../../src/lib/engine/reported/reported-pin-list';
import { resolveFactsNow } from '../../src/lib/engine/reported/resolve-facts';
import type { ResolvedFacts } from '../../src/lib/engine/reported/resolved-facts';
import { atOnce } from '../../src/lib/engine/steps';
import { NO_ROWS, type Answer } from '../../src/lib/model/answer';
import { dayNumber } from '../../src/lib/model/calendar';
import type { EventAnswer } from '../../src/lib/model/event-answer';
import { COUNTS, FIGURE_IDS, emptyFigureColumns, type FigureId } from '../../src/lib/model/figures';
import type { Query } from '../../src/lib/model/query';
import { PLAIN_FIGURE, type Fact, type FactBatch } from '../../src/lib/model/reported';

/** Reported figures answered without a store: what events would say is given by hand. */

/** A figure of one day of the account, unless said otherwise. */
export function fact(day: string, metric: Fact['metric'], value: number, more: Partial<Fact> = {}): Fact {
	return {
		metric,
		value,
		from: day,
		to: day,
		subject: { kind: 'account' },
		filters: {},
		...PLAIN_FIGURE,
		isEstimate: false,
		...more
	};
}

/** Imports of these facts, one after the other and exported in the same order. */
export function batchesOf(...imports: readonly (readonly Fact[])[]): FactBatch[] {
	return imports.map((facts, i) => ({
		batchId: i + 1,
		file: `file ${i + 1}`,
		format: 'overview_export',
		exportedAt: 1_000 + i,
		profile: '',
		facts,
		covered: facts.map(({ from, to }) => ({ from, to }))
	}));
}

/** A batch as the store reads it. */
export function blocksOf(batch: FactBatch): FactBlocks {
	const { facts, ...source } = batch;
	return { ...source, blocks: [factColumns(facts)] };
}

/** Which facts of these imports count. */
export function resolved(batches: readonly FactBatch[]): ResolvedFacts {
	return resolveFactsNow(batches.map(blocksOf));
}

/** Figures of the days that hold events. */
export type EventFigures = Readonly<Record<string, Partial<Record<FigureId, number>>>>;

/** What is known of days where events are just these: of all days, as soon as there is any. */
export function eventDays(events: EventFigures): EventDays {
	const days = new Set(Object.keys(events).map((day) => dayNumber(day)!));
	return { holds: (day) => days.has(day), covers: () => days.size > 0 };
}

/**
 * What lists are made of; the Pins of a catalogue have no events unless counts are given.
 * @param reportedDays one of which nothing is said, unless said otherwise
 */
export function listSources(
	facts: ResolvedFacts,
	{ holds }: EventDays,
	catalogue = new Catalogue([], [], 0, []),
	counts?: ListSources['counts'],
	reportedDays: readonly number[] = [0]
): ListSources {
	const none = { withVideo: true, counts: new Float64Array(catalogue.pinCount << pinShift(true)) };
	const boards = new BoardNames(facts.identity, catalogue.boards.names);
	return { facts, catalogue, boards, labels: null, holdsEvents: holds, reportedDays, counts: counts ?? none };
}

/** What an engine would have counted of these events, which are of no Pin. */
export function countedOf(
	query: Query,
	events: EventFigures,
	shares: Partial<EventAnswer['shares']> = {}
): EventAnswer {
	const plan = planQuery(query.filter, query.grain, []);
	const overall = emptyFigureColumns(plan.buckets.length);
	const totals = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as Record<FigureId, number>;
	for (const [day, figures] of Object.entries(events)) {
		const number = dayNumber(day)!;
		const bucket = plan.bucketDays.findLastIndex((first) => first <= number);
		for (const [id, n] of Object.entries(figures) as [FigureId, number][]) {
			if (bucket < 0 || bucket >= plan.buckets.length) continue;
			const isCount = (COUNTS as readonly string[]).includes(id);
			overall[id][bucket] = isCount ? overall[id][bucket]! + n : n;
			totals[id] += n;
		}
	}
	return {
		isWhole: true,
		hasPeople: true,
		damaged: [],
		totals,
		buckets: plan.buckets,
		overall,
		series: query.split === null ? [{ value: null, isRest: false, figures: overall }] : [],
		shares: { content_type: [], source: [], device: [], account: [], format: [], ...shares },
		topPins: NO_ROWS,
		topBoards: NO_ROWS,
		topLinks: NO_ROWS
	};
}

/** The answer where events are just these. */
export function answerWith(
	batches: readonly FactBatch[],
	query: Query,
	events: EventFigures = {},
	shares: Partial<EventAnswer['shares']> = {}
): Answer {
	const facts = resolved(batches);
	const known = eventDays(events);
	const range = partRange(planQuery(query.filter, query.grain, []), facts, known);
	if (!range) throw new Error('no reported figures have a part in this range');
	const counted = countedOf(query, events, shares);
	const merged = atOnce(withReported(counted, query, range, new DayReaders(facts, query.subject)));
	if (query.subject !== null) return merged;
	const sources = listSources(facts, known);
	return withReportedLists(merged, query, sources, ReportedPinList.of(query, sources));
}
