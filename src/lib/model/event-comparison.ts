import type { Answer, Comparison } from './answer';
import { forEachMetric } from './event-answer';

/** Two answers beside each other where events say all there is: both know all of their days. */
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
