import { countPeriod, type EventPeriod } from '../../engine/changes/amounts-of-events';
import { changesOfEventPeople, changesOfEvents, withTitles } from '../../engine/changes/changes-of-events';
import { markedColumns, markedValues } from '../../engine/changes/people-of-period';
import { labelsOfPins } from '../../engine/changes/label-amounts';
import { reportedPart, reportedPeople, reportedTotal } from '../../engine/changes/changes-of-reports';
import { ownTaskOf } from '../../engine/own-values';
import { cutShares } from '../../engine/plan';
import { pinMask } from '../../engine/pin-mask';
import { evaluate } from '../../engine/reported/evaluate';
import { addDays, daysBetween } from '../../model/calendar';
import { CHANGE_PARTS, type ChangePart, type Changes, type PartChanges } from '../../model/change';
import { LABEL } from '../../model/dimension';
import { isAudience } from '../../model/figures';
import { isEventMetric, type EventMetricId, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import { ChangedValues } from './changed-values';
import { readPeriod, type StoredPeriod } from './stored-period';
import type { StoredData } from './stored-data';

/**
 * Takes the change of a metric between two periods apart. Of events one count a period serves all parts; where reports
 * have a part in either period, it is over the days that both have.
 */
export function takeChangeApart(
	signal: AbortSignal,
	stored: StoredData,
	query: Query,
	compared: Query,
	metric: MetricId
): Promise<Changes> {
	return stored.withoutDamage(async () => {
		const [now, then] = [await readPeriod(signal, stored, query), await readPeriod(signal, stored, compared)];
		const days = daysBetween(query.filter.from, query.filter.to);
		if (!isEventMetric(metric)) return changesOfBoth(signal, stored, now, then, metric);
		if (isOfEvents(now) && isOfEvents(then)) return changesOfStoredEvents(now, then, metric);
		const known = eventsInCommon(now, then, metric);
		if (!known) return changesOfBoth(signal, stored, now, then, metric);
		const [a, b] = [
			await readPeriod(signal, stored, known.now),
			await readPeriod(signal, stored, known.then)
		];
		return { ...(await changesOfStoredEvents(a, b, metric)), days };
	});
}

/** Whether all figures that events have come from events. */
function isOfEvents({ reported }: StoredPeriod): boolean {
	return reported === null || reported.days.reported.length === 0;
}

/**
 * The same two questions over the days that events of both periods cover, where these follow each other and reports have
 * none of the others; null where they do not.
 */
function eventsInCommon(
	now: StoredPeriod,
	then: StoredPeriod,
	metric: EventMetricId
): { readonly now: Query; readonly then: Query } | null {
	const [here, there] = [now, then].map((period) => placesOfEvents(period, metric));
	if (!here || !there) return null;
	const common = here.filter((place) => there.includes(place));
	const [first, last] = [common[0], common.at(-1)];
	if (first === undefined || last === undefined || last - first !== common.length - 1) return null;
	const cut = ({ query }: StoredPeriod): Query => {
		const from = addDays(query.filter.from, first);
		return { ...query, filter: { ...query.filter, from, to: addDays(from, last - first) } };
	};
	return { now: cut(now), then: cut(then) };
}

/** The places of a period's days that events cover; null where a report has any other. */
function placesOfEvents({ plan, reported }: StoredPeriod, metric: EventMetricId): readonly number[] | null {
	const first = plan.bucketDays[0] as number;
	if (!reported) return plan.buckets.map((_, place) => place);
	const { all, fromEvents, reported: others } = reported.days;
	const { value } = evaluate(metric, { all, fromEvents: [], reported: others }, () => 0, reported.values);
	return others.length > 0 && value !== null ? null : fromEvents.map((day) => day - first);
}

/** Where all figures are those of events. */
async function changesOfStoredEvents(
	now: StoredPeriod,
	then: StoredPeriod,
	metric: EventMetricId
): Promise<Changes> {
	const days = daysBetween(now.query.filter.from, now.query.filter.to);
	const same = { metric, days, daysCompared: days, unanswered: [], currency: '' };
	const catalogue = await now.data.catalogue();
	const labels = labelsOfPins(await now.data.labels!());
	if (!isAudience(metric)) {
		const [a, b] = await Promise.all([countOf(now, metric), countOf(then, metric)]);
		return { ...same, ...changesOfEvents(metric, a, b, catalogue, labels) };
	}
	const [a, b] = await Promise.all([countOf(now, 'impressions'), countOf(then, 'impressions')]);
	const { accounts, pinCount, userCount, boards, links } = catalogue;
	const task = {
		audience: metric,
		accounts,
		pinCount,
		userCount,
		values: markedValues([a, b]),
		columns: markedColumns([a, b]),
		labels,
		boards: { count: boards.names.length, ofPin: boards.ofPin },
		links: { count: links.names.length, ofPin: links.ofPin }
	};
	// A period needs all of its rows in one place, so that each has a thread of its own where there are two.
	const people = async ({ query, plan, data }: StoredPeriod, thread: number) => {
		const scanner = data.scanners[thread % data.scanners.length]!;
		const [share] = cutShares(plan, 1);
		const { filter } = query;
		const [pins, own] = [await pinMask(query, data), ownTaskOf(filter, data.own)];
		return scanner.peopleOfPeriod(share!, { ...task, filter, pins, own });
	};
	const [peopleNow, peopleThen] = await Promise.all([people(now, 0), people(then, 1)]);
	const sides = [
		{ ...a, people: peopleNow },
		{ ...b, people: peopleThen }
	] as const;
	return { ...same, ...changesOfEventPeople(...sides, catalogue, labels) };
}

function countOf(
	{ query, plan, data }: StoredPeriod,
	metric: Parameters<typeof countPeriod>[3]
): Promise<EventPeriod> {
	return countPeriod(query.filter, plan, data, metric);
}

/** Where reports have a part in it. */
async function changesOfBoth(
	signal: AbortSignal,
	stored: StoredData,
	now: StoredPeriod,
	then: StoredPeriod,
	metric: MetricId
): Promise<Changes> {
	const pace = paceOf(signal);
	const facts = (await stored.facts(signal))!;
	const labels = await stored.reportedLabels(facts);
	const values = await ChangedValues.of(now, then, metric, facts, labels);
	const { currency, code } = values;
	const { total, days, base } = reportedTotal(metric, values.whole, currency);
	const catalogue = await now.data.catalogue();
	const parts: PartChanges[] = [];
	const asked: readonly ChangePart[] = labels.names.some((name) => name !== '')
		? [...CHANGE_PARTS, LABEL]
		: CHANGE_PARTS;
	for (const part of asked) {
		await pace();
		const listed = values.of(part, base !== null && base.places === null);
		const found = isAudience(metric)
			? reportedPeople(metric, part, listed, currency)
			: base && reportedPart(metric, part, listed, base, currency);
		if (found) parts.push(part === 'pin' ? withTitles(found, catalogue) : found);
	}
	const { from, to } = now.query.filter;
	return {
		metric,
		total,
		days: daysBetween(from, to),
		daysCompared: days,
		parts,
		unanswered: asked.filter((part) => !parts.some((found) => found.part === part)),
		currency: code
	};
}
