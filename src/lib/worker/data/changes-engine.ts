import { countPeriod, type EventPeriod } from '../../engine/changes/amounts-of-events';
import { changesOfEventPeople, changesOfEvents, withTitles } from '../../engine/changes/changes-of-events';
import { markedValues, peopleOfPeriod } from '../../engine/changes/people-of-period';
import { reportedPart, reportedPeople, reportedTotal } from '../../engine/changes/changes-of-reports';
import { daysBetween } from '../../model/calendar';
import { CHANGE_PARTS, type Changes, type PartChanges } from '../../model/change';
import { AUDIENCES, type Audience } from '../../model/figures';
import { isEventMetric, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import { ChangedValues } from './changed-values';
import { readPeriod, type StoredPeriod } from './stored-period';
import type { StoredData } from './stored-data';

/**
 * Takes the change of a metric between two periods apart. Of events one count a period serves all parts; where reports
 * have a part in either period, it is over the days that both know.
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
		if (now.reported || then.reported || !isEventMetric(metric))
			return changesOfBoth(signal, stored, now, then, metric);
		const days = daysBetween(query.filter.from, query.filter.to);
		const same = { metric, days, daysCompared: days, unanswered: [], currency: '' };
		const catalogue = await now.data.catalogue();
		if (isAudience(metric)) {
			const [a, b] = await Promise.all([countOf(now, 'impressions'), countOf(then, 'impressions')]);
			const values = markedValues([a, b]);
			const pace = paceOf(signal);
			const people = async (period: StoredPeriod) =>
				peopleOfPeriod(
					pace,
					metric,
					{ filter: period.query.filter, plan: period.plan },
					await stored.read(pace, period.plan.segments),
					catalogue,
					values
				);
			const sides = [
				{ ...a, people: await people(now) },
				{ ...b, people: await people(then) }
			] as const;
			return { ...same, ...changesOfEventPeople(...sides, catalogue) };
		}
		const [a, b] = await Promise.all([countOf(now, metric), countOf(then, metric)]);
		return { ...same, ...changesOfEvents(metric, a, b, catalogue) };
	});
}

function isAudience(metric: MetricId): metric is Audience {
	return (AUDIENCES as readonly string[]).includes(metric);
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
	const values = await ChangedValues.of(now, then, metric, (await stored.facts(signal))!);
	const { currency, code } = values;
	const { total, days, base } = reportedTotal(metric, values.whole, currency);
	const catalogue = await now.data.catalogue();
	const parts: PartChanges[] = [];
	for (const part of CHANGE_PARTS) {
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
		unanswered: CHANGE_PARTS.filter((part) => !parts.some((found) => found.part === part)),
		currency: code
	};
}
