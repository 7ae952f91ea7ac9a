import type { About } from '../model/answer';
import { dayAt, dayFromNumber, dayNumber, type Day } from '../model/calendar';
import { courseOfLife, type CourseOfLife } from '../model/life';
import type { Count } from '../model/figures';
import { METRICS, isEventMetric, type MetricId } from '../model/metric';
import type { AllDays } from '../model/page-request';
import type { Coverage } from '../model/query';
import { hasFilters } from './query';
import { reportedLife, type ReportedLife } from './reported-life';

/** The life of a Pin as its page shows it. */
export type PinLife =
	| {
			readonly kind: 'told';
			readonly metric: MetricId;
			readonly course: CourseOfLife;
			readonly born: Day;
			/** Whether a file says when the Pin was made; else it is the day of its first event. */
			readonly isCreation: boolean;
	  }
	/** Some days are not known exactly: what days, periods and totals of reports show. */
	| {
			readonly kind: 'reported';
			readonly life: ReportedLife;
			readonly born: Day;
			readonly isCreation: boolean;
	  }
	/** Nothing says when the Pin was made. */
	| { readonly kind: 'start missing' };

/** The metric that a life is computed from: figures of events that add up over days; of others, impressions. */
export function lifeMetric(metric: MetricId): MetricId {
	const { unit, formula } = METRICS[metric];
	return formula.kind === 'amount' && unit !== 'people' && isEventMetric(metric) ? metric : 'impressions';
}

/** Whether events show the lives of Pins: no report says anything of a day before the first or after the last of them. */
export function areLivesKnown({ events, firstMs, lastMs, reported }: Coverage, tz: string): boolean {
	if (events === 0) return false;
	return !reported || (dayAt(firstMs, tz) <= reported.from && reported.to <= dayAt(lastMs, tz));
}

/** What a life is computed from, as events count it. */
export function lifeFigure(metric: MetricId): Count {
	const { formula } = METRICS[lifeMetric(metric)];
	return (formula.kind === 'amount' ? formula.of : 'impressions') as Count;
}

/**
 * @param about what is known of the Pin besides; its levels are of no filter
 * @returns null where nothing is known of the Pin by day, and not when it was made
 */
export function pinLife(
	{ query, answer, firstDay }: AllDays,
	about: Pick<About, 'pin' | 'periods' | 'levels'>,
	chosen: MetricId
): PinLife | null {
	const metric = lifeMetric(chosen);
	const series = answer.overall[metric];
	const { values, isEstimate } = series;
	const isNothing = values.every((value) => value === null);
	const createdMs = Date.parse(about.pin?.createdAt ?? '');
	const isCreation = !Number.isNaN(createdMs);
	const born = isCreation ? dayAt(createdMs, query.filter.tz) : firstDay;
	if (born === null) return answer.reportedDays > 0 && !isNothing ? { kind: 'start missing' } : null;
	// Days before the Pin was made hold nothing of it, known or not.
	const [first, bornNumber] = [dayNumber(query.filter.from) ?? 0, dayNumber(born) ?? 0];
	const isMissing = (value: number | null, i: number) =>
		first + i >= bornNumber && (value === null || isEstimate?.[i] === true);
	if (values.some(isMissing)) {
		const levels = hasFilters(query.filter.values) ? [] : about.levels;
		const life = reportedLife(metric, series, first, { periods: about.periods, levels }, bornNumber);
		return { kind: 'reported', life, born: dayFromNumber(bornNumber), isCreation };
	}
	const course = courseOfLife(
		values.map((value) => value ?? 0),
		first,
		bornNumber
	);
	return { kind: 'told', metric, course, born: dayFromNumber(bornNumber), isCreation };
}

/** How figures are shared out among classes of age, as fractions; null where there is none. */
export function ageShares(sums: readonly number[]): readonly number[] | null {
	const whole = sums.reduce((sum, one) => sum + one, 0);
	return whole === 0 ? null : sums.map((sum) => sum / whole);
}
