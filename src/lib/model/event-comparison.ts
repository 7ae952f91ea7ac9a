import type { Answer, Comparison } from './answer';
import { forEachMetric } from './event-answer';
import type { Query } from './query';

/** The question about the days that are compared with, the split cut into the same values, as far as they occur. */
export function withSameValues(compared: Query, { series }: Answer): Query {
	if (compared.split === null) return compared;
	return { ...compared, splitFirst: series.flatMap(({ value }) => (value === null ? [] : [value])) };
}

/** Two answers beside each other where events say all there is: both have all of their days. */
export function eventsCompared(now: Answer, then: Answer): Comparison {
	const days = Math.min(now.days, then.days);
	return {
		answer: then,
		totals: forEachMetric((metric) => ({
			now: now.totals[metric].value,
			then: then.totals[metric].value,
			days
		}))
	};
}
