import type { AdsNames, PeriodFigure, ReportedLevel, ReportedPeriod } from '../../model/answer';
import { dayFromNumber } from '../../model/calendar';
import { FACT_METRIC_IDS } from '../../model/fact-metric';
import { ADS_LEVELS, adsLabel } from '../../model/reported';
import { compareText } from '../../model/text-order';
import { METRICS, METRIC_IDS, type MetricId } from '../../model/metric';
import type { Filter, Subject } from '../../model/query';
import { evaluate, isOfMoney, sourcesOf } from './evaluate';
import { rangeOfHead } from './counted-columns';
import { NO_ADS, SUBJECT_KINDS } from './fact-identity';
import { NOTHING_REPORTED } from './compare';
import { DayReaders, type DayValues } from './day-values';
import { newestLevels } from './newest-levels';
import type { ReportedLabels } from './pins-asked';
import type { ResolvedFacts } from './resolved-facts';

/** The reported figures of one Pin or board by period: those of more than a day, newest first. */
export function periodsOf(
	facts: ResolvedFacts,
	subject: Subject,
	filter: Pick<Filter, 'values'>,
	labels: ReportedLabels | null
): ReportedPeriod[] {
	const readers = new DayReaders(facts, subject, labels);
	const days = readers.of(readers.questionOf(filter));
	const spans = new Map<string, { from: number; to: number }>();
	for (const metric of new Set(METRIC_IDS.flatMap(sourcesOf))) {
		for (const span of days.periods(metric, { from: -Infinity, to: Infinity })) {
			spans.set(`${span.from} ${span.to}`, span);
		}
	}
	return [...spans.values()]
		.sort((a, b) => b.to - a.to || b.from - a.from)
		.flatMap(({ from, to }) => {
			const figures = METRIC_IDS.flatMap((metric) => ofPeriod(metric, from, to));
			return figures.length > 0 ? [{ from: dayFromNumber(from), to: dayFromNumber(to), figures }] : [];
		});

	/** The figures of the period itself: nothing is added up from shorter ones. */
	function ofPeriod(metric: MetricId, from: number, to: number): PeriodFigure[] {
		const alone: DayValues = {
			...NOTHING_REPORTED,
			of: (source, span, currency) =>
				span.from === from && span.to === to ? days.of(source, span, currency) : null,
			pair: (part, whole, span, currency) =>
				span.from === from && span.to === to ? days.pair(part, whole, span, currency) : null,
			periods: () => [{ from, to }]
		};
		const all = Array.from({ length: to - from + 1 }, (_, i) => from + i);
		const codes = isOfMoney(metric) ? facts.identity.currencies : [''];
		return codes.flatMap((currency, number) => {
			const period = { all, fromEvents: [], reported: all };
			const { value, isEstimate } = evaluate(metric, period, () => 0, alone, number);
			return value === null ? [] : [{ metric, value, isEstimate, currency }];
		});
	}
}

/** The newest totals of a Pin or board since its first day, in the metrics' units. */
export function levelsOf(facts: ResolvedFacts, { kind, name }: Subject): ReportedLevel[] {
	const levels = newestLevels(facts, kind, name);
	return METRIC_IDS.flatMap((metric): ReportedLevel[] => {
		const { formula } = METRICS[metric];
		if (formula.kind !== 'amount') return [];
		const level = levels.find((one) => one.metric === formula.of);
		if (!level) return [];
		const { value, day, isEstimate, currency } = level;
		return [{ metric, value: value / formula.per, day, isEstimate, currency }];
	});
}

/** The campaigns, ad groups and ads that any figure of a Pin is of, by name. */
export function adsOfPin(facts: ResolvedFacts, pin: string): AdsNames[] {
	const { identity, about } = facts;
	const subject = identity.subjectNumber('pin', pin);
	if (subject < 0 || !facts.hasPinAds) return [];
	const numbers = new Set<number>();
	for (const metric of FACT_METRIC_IDS) {
		const { start, end } = rangeOfHead(facts.figures, metric, SUBJECT_KINDS.indexOf('pin'));
		for (let entry = start; entry < end; entry++) {
			if (about.subject[facts.figures.about[entry]!] !== subject) continue;
			const { ads } = facts.termsAt(facts.figures, entry);
			if (ads !== NO_ADS) numbers.add(ads);
		}
	}
	const parents = new Set([...numbers].map((number) => identity.adsParents[number]));
	return [...numbers]
		.filter((number) => !parents.has(number))
		.map((number) => {
			const names = { campaign: '', ad_group: '', ad: '' };
			for (let one = number; one !== NO_ADS; one = identity.adsParents[one]!)
				names[ADS_LEVELS[identity.adsLevels[one]! - 1]!] = adsLabel(identity.adsNames[one]);
			return names;
		})
		.sort((a, b) => compareText(Object.values(a).join('\0'), Object.values(b).join('\0')));
}
