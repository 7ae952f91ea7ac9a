import { factColumns } from '../../src/lib/columns/fact-columns';
import { planQuery } from '../../src/lib/engine/plan';
import { DayReaders } from '../../src/lib/engine/reported/day-values';
import type { FactBlocks } from '../../src/lib/engine/reported/fact-identity';
import { partRange, withReported } from '../../src/lib/engine/reported/merge';
import { resolveFactsNow } from '../../src/lib/engine/reported/resolve-facts';
import type { ResolvedFacts } from '../../src/lib/engine/reported/resolved-facts';
import { withReportedLists } from '../../src/lib/engine/reported/top';
import { dayNumber } from '../../src/lib/model/calendar';
import { DIMENSIONS } from '../../src/lib/model/event';
import { COUNTS, FIGURE_IDS, emptyFigureColumns, type FigureId } from '../../src/lib/model/figures';
import type { Answer, Query } from '../../src/lib/model/query';
import { PLAIN_FIGURE, type Fact, type FactBatch, type ReportedAnswer } from '../../src/lib/model/reported';

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

/** The answer where events are just these. */
export function answerWith(
	batches: readonly FactBatch[],
	query: Query,
	events: EventFigures = {}
): Answer & { readonly reported: ReportedAnswer } {
	const plan = planQuery(query.filter, query.grain, []);
	const overall = emptyFigureColumns(plan.buckets.length);
	const days = new Set<number>();
	const totals = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as Record<FigureId, number>;
	for (const [day, figures] of Object.entries(events)) {
		const number = dayNumber(day)!;
		const bucket = plan.bucketDays.findLastIndex((first) => first <= number);
		days.add(number);
		for (const [id, n] of Object.entries(figures) as [FigureId, number][]) {
			if (bucket < 0 || bucket >= plan.buckets.length) continue;
			const isCount = (COUNTS as readonly string[]).includes(id);
			overall[id][bucket] = isCount ? overall[id][bucket]! + n : n;
			totals[id] += n;
		}
	}
	const facts = resolved(batches);
	const range = partRange(plan, facts, { any: days.size > 0, days });
	if (!range) throw new Error('no reported figures have a part in this range');
	const none = { rows: [], total: 0 };
	const answer: Answer = {
		isWhole: true,
		damaged: [],
		totals,
		buckets: plan.buckets,
		overall,
		series: query.split === null ? [{ value: null, isRest: false, figures: overall }] : [],
		shares: Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, []])) as unknown as Answer['shares'],
		topPins: none,
		topBoards: none,
		topLinks: none
	};
	const merged = withReported(answer, query, range, new DayReaders(facts, query.subject));
	return (range.eventDays > 0 ? merged : withReportedLists(merged, query, facts, () => null)) as Answer & {
		readonly reported: ReportedAnswer;
	};
}
