import { beginAnswer } from '../../engine/answer';
import { countDays } from '../../engine/daily';
import { DAYS_MEASURED_BY, unusualDays } from '../../engine/changes/unusual-days';
import { evaluate, type Days } from '../../engine/reported/evaluate';
import { addDays, dayNumberAt } from '../../model/calendar';
import type { UnusualDay } from '../../model/change';
import type { FigureColumns } from '../../model/figures';
import { METRICS, metricAt, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import { readPeriod, type StoredPeriod } from './stored-period';
import type { StoredData } from './stored-data';

/** Finds the days of a query whose figure lies far outside what their weekday had in the weeks before. */
export function findUnusualDays(
	signal: AbortSignal,
	stored: StoredData,
	query: Query,
	metric: MetricId
): Promise<readonly UnusualDay[]> {
	return stored.withoutDamage(async () => {
		const { filter } = query;
		const from = addDays(filter.from, -DAYS_MEASURED_BY);
		const longer: Query = {
			...query,
			filter: { ...filter, from },
			grain: 'day',
			split: null,
			top: 0
		};
		const period = await readPeriod(signal, stored, longer);
		return unusualDays(period.plan.bucketDays[0]!, await valuesByDay(stored, period, metric));
	});
}

/** A metric by day; NaN where a day has no figure, or only an estimate. */
async function valuesByDay(
	stored: StoredData,
	period: StoredPeriod,
	metric: MetricId
): Promise<Float64Array> {
	const { query, plan, data, reported } = period;
	const isOfPeople = METRICS[metric].unit === 'people';
	const columns = isOfPeople ? await peopleByDay(period) : await countDays(query, plan, data);
	const isStored = daysStored(stored, query.filter.tz);
	const fromEvents = reported && new Set(reported.days.fromEvents);
	const currency = reported?.money.currenciesOf(metric)[0];
	return Float64Array.from(plan.buckets, (_, place) => {
		const day = plan.bucketDays[place] as number;
		if (!reported || !fromEvents) return isStored(day) ? (metricAt(metric, columns, place) ?? NaN) : NaN;
		// Without events or reports a day is not 0, but unknown.
		const isEvent = fromEvents.has(day) && isStored(day);
		const days: Days = { all: [day], fromEvents: isEvent ? [day] : [], reported: isEvent ? [] : [day] };
		const figure = (id: keyof typeof columns) => columns[id][place] ?? 0;
		const { value, isEstimate } = evaluate(metric, days, figure, reported.values, currency);
		return isEstimate ? NaN : (value ?? NaN);
	});
}

/** The figures of each day, people included. */
async function peopleByDay({ query, plan, data }: StoredPeriod): Promise<FigureColumns> {
	const { first, count } = await beginAnswer(query, plan, data);
	return first.isWhole ? first.overall : (await count()).answer.overall;
}

/** Whether a day lies between the first and the last that hold any event. */
function daysStored({ batches }: StoredData, tz: string): (day: number) => boolean {
	const ms = batches.flatMap(({ firstMs, lastMs, report }) =>
		report || firstMs === null || lastMs === null ? [] : [firstMs, lastMs]
	);
	if (ms.length === 0) return () => false;
	const first = dayNumberAt(
		ms.reduce((least, one) => Math.min(least, one)),
		tz
	);
	const last = dayNumberAt(
		ms.reduce((most, one) => Math.max(most, one)),
		tz
	);
	return (day) => first <= day && day <= last;
}
