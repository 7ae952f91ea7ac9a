import { isFigureId } from '../../model/figures';
import { METRIC_IDS, isEventMetric } from '../../model/metric';
import type { Plan } from '../plan';
import { sourcesOf, type Days } from './evaluate';
import type { ResolvedFacts } from './resolved-facts';

/**
 * Which days have the figures of events: a day that holds any event has them, whatever the filter; every other day has
 * what was reported of it, or none.
 */

/** What is known of days by events. */
export interface EventDays {
	/** Whether a day holds any event. */
	readonly holds: (day: number) => boolean;
	/** Whether events of a day would be stored if there were any, so that its figures are 0 without. */
	readonly covers: (day: number) => boolean;
}

/** A range and its steps, parted by where the figures are from. */
export interface Range {
	readonly all: Days;
	readonly buckets: readonly Days[];
	/** How many days hold events. */
	readonly eventDays: number;
}

/** What only reports have. */
const REPORT_SOURCES = [
	...new Set(METRIC_IDS.filter((metric) => !isEventMetric(metric)).flatMap((metric) => sourcesOf(metric)))
].filter((source) => !isFigureId(source));

/** Whether a day's figures are those of events: it holds any, or would if there were any and no report covers it. */
export function isFromEvents(day: number, events: EventDays, facts: ResolvedFacts | null): boolean {
	return events.holds(day) || (events.covers(day) && facts?.isCovered(day) !== true);
}

/** Parts the days of a plan; null where reported figures have no part in it. */
export function partRange(
	{ buckets, bucketDays }: Pick<Plan, 'buckets' | 'bucketDays'>,
	facts: ResolvedFacts,
	events: EventDays
): Range | null {
	let eventDays = 0;
	const parted = buckets.map((_, bucket): Days => {
		const all: number[] = [];
		const fromEvents: number[] = [];
		const reported: number[] = [];
		for (let day = bucketDays[bucket]!; day < bucketDays[bucket + 1]!; day++) {
			all.push(day);
			if (events.holds(day)) eventDays++;
			if (isFromEvents(day, events, facts)) fromEvents.push(day);
			else reported.push(day);
		}
		return { all, fromEvents, reported };
	});
	const all = {
		all: parted.flatMap((days) => days.all),
		fromEvents: parted.flatMap(({ fromEvents }) => fromEvents),
		reported: parted.flatMap(({ reported }) => reported)
	};
	const hasPart =
		all.reported.length > 0 || facts.hasAny(REPORT_SOURCES, all.all[0] ?? 0, all.all.at(-1) ?? -1);
	return hasPart ? { all, buckets: parted, eventDays } : null;
}
