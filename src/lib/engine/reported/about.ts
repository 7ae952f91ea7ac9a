import type { PeriodFigure, ReportedLevel, ReportedPeriod } from '../../model/answer';
import { dayFromNumber } from '../../model/calendar';
import { METRICS, METRIC_IDS, type MetricId } from '../../model/metric';
import type { Subject } from '../../model/query';
import { evaluate, sourcesOf } from './evaluate';
import { NOTHING_REPORTED } from './compare';
import { DayReaders, type DayValues } from './day-values';
import { questionOf, type Question } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** What reports say of one Pin or board, period by period: those of more than a day, newest first. */
export function periodsOf(
	facts: ResolvedFacts,
	subject: Subject,
	filters: Parameters<typeof questionOf>[0]
): ReportedPeriod[] {
	const question: Question = questionOf(filters);
	const days = new DayReaders(facts, subject).of(question);
	const spans = new Map<string, { from: number; to: number }>();
	for (const metric of new Set(METRIC_IDS.flatMap(sourcesOf))) {
		for (const span of days.periods(metric, { from: -Infinity, to: Infinity })) {
			spans.set(`${span.from} ${span.to}`, span);
		}
	}
	return [...spans.values()]
		.sort((a, b) => b.to - a.to || b.from - a.from)
		.flatMap(({ from, to }) => {
			const figures = METRIC_IDS.flatMap((metric): PeriodFigure[] => {
				const found = ofPeriod(metric, from, to);
				return found ? [{ metric, ...found }] : [];
			});
			return figures.length > 0 ? [{ from: dayFromNumber(from), to: dayFromNumber(to), figures }] : [];
		});

	/** Just the period itself: nothing is put together of shorter ones. */
	function ofPeriod(metric: MetricId, from: number, to: number) {
		const alone: DayValues = {
			...NOTHING_REPORTED,
			of: (source, span, currency) =>
				span.from === from && span.to === to ? days.of(source, span, currency) : null,
			pair: (part, whole, span, currency) =>
				span.from === from && span.to === to ? days.pair(part, whole, span, currency) : null,
			periods: () => [{ from, to }]
		};
		const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
		for (const currency of facts.identity.currencies.keys()) {
			const found = evaluate(metric, { all, told: [], reported: all }, () => 0, alone, currency);
			if (found.value !== null) return { value: found.value, isEstimate: found.isEstimate };
		}
		return null;
	}
}

/** The newest totals of a Pin or board since its first day, in the metrics' units. */
export function levelsOf(facts: ResolvedFacts, { kind, name }: Subject): ReportedLevel[] {
	const levels = facts.newestLevels(kind, name);
	return METRIC_IDS.flatMap((metric): ReportedLevel[] => {
		const { formula } = METRICS[metric];
		if (formula.kind !== 'amount') return [];
		const level = levels.find((one) => one.metric === formula.of);
		if (!level) return [];
		const { value, day, isEstimate, currency } = level;
		return [{ metric, value: value / formula.per, day, isEstimate, currency }];
	});
}
