import { DAY_STATES, type CoverageMap, type DayState } from '../../model/answer';
import { dayNumber } from '../../model/calendar';
import { METRICS, METRIC_IDS, isEventMetric, type MetricId } from '../../model/metric';
import type { DaySpan } from '../../model/reported';
import type { DayReaders } from './day-values';
import { evaluate, isOfMoney, type Days } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { isFromEvents, type EventDays } from './part-range';
import { questionOf } from './question';

const STATE = Object.fromEntries(DAY_STATES.map((state, number) => [state, number])) as Record<
	DayState,
	number
>;

/** Metrics of events that no export of a platform has as a metric of its own. */
const NOT_EXPORTED: readonly MetricId[] = ['carousel_swipes', 'video_plays'];

/**
 * Which days of which metric of the account are known, and from where. Rates are not in it: they follow from others.
 * @param span from the first day that holds data to the newest
 * @param readers null where nothing reported is stored
 * @param stored the metrics that only reports have, as far as any was imported
 */
export function coverageOf(
	span: DaySpan,
	events: EventDays | null,
	readers: DayReaders | null,
	stored: readonly MetricId[]
): CoverageMap {
	const first = dayNumber(span.from) as number;
	const last = dayNumber(span.to) as number;
	const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
	const facts = readers?.facts ?? null;
	const fromEvents = all.filter((day) => events !== null && isFromEvents(day, events, facts));
	const isFromEvent = new Set(fromEvents);
	const days: Days = { all, fromEvents, reported: all.filter((day) => !isFromEvent.has(day)) };
	const reader = readers?.of(questionOf({})) ?? null;
	const currencies = [...(facts?.identity.currencies.keys() ?? [])];
	const metrics = METRIC_IDS.filter(
		(metric) => isListed(metric) && (isEventMetric(metric) || stored.includes(metric))
	);
	return {
		...span,
		metrics: metrics.flatMap((metric) => {
			const { formula } = METRICS[metric];
			const states = new Uint8Array(all.length);
			if (isEventMetric(metric)) for (const day of fromEvents) states[day - first] = STATE.events;
			for (const currency of reader ? (isOfMoney(metric) ? currencies : [UNKNOWN_CURRENCY]) : []) {
				const { known, asOf } = evaluate(metric, days, () => 0, reader!, currency);
				for (const { from, to, isEstimate } of known)
					states.fill(isEstimate ? STATE.estimate : STATE.reports, from - first, to - first + 1);
				if (asOf !== null) markLevels(states);
			}
			const isThere = states.some((state) => state !== STATE.missing);
			// Others are listed even so: an export would bring them.
			const isExported = isEventMetric(metric) && !NOT_EXPORTED.includes(metric);
			return isThere || isExported ? [{ metric, days: states }] : [];

			function markLevels(into: Uint8Array): void {
				for (const day of all) {
					const level = formula.kind === 'amount' && reader?.lastLevel(formula.of, { from: day, to: day });
					if (level) into[day - first] = level.isEstimate ? STATE.estimate : STATE.reports;
				}
			}
		})
	};
}

function isListed(metric: MetricId): boolean {
	return METRICS[metric].formula.kind === 'amount';
}
