import { ESTIMATE } from '../../columns/fact-columns';
import { dayFromNumber, type Day } from '../../model/calendar';
import { FACT_METRIC_IDS, type FactMetric } from '../../model/fact-metric';
import type { ResolvedFacts } from './resolved-facts';

/** A total as it stood on a day. */
export interface KnownLevel {
	readonly metric: FactMetric;
	readonly value: number;
	readonly day: Day;
	readonly isEstimate: boolean;
	/** Of money, else ''. */
	readonly currency: string;
}

/** The newest levels of a Pin or board (its figures since its first day), one a metric. */
export function newestLevels(facts: ResolvedFacts, kind: 'pin' | 'board', id: string): readonly KnownLevel[] {
	const { levels, identity } = facts;
	const subject = identity.subjectNumber(kind, id);
	if (subject < 0) return [];
	return FACT_METRIC_IDS.flatMap((metric): KnownLevel[] => {
		const entries = [...facts.levelsOf(metric, subject, -Infinity, Infinity)].filter((entry) => {
			const { filters, ads } = facts.termsAt(levels, entry);
			return filters === 0 && ads === 0;
		});
		const newest = entries.at(-1);
		if (newest === undefined) return [];
		return [
			{
				metric,
				value: levels.values[newest] as number,
				day: dayFromNumber(levels.from[newest] as number),
				isEstimate: (levels.flags[newest]! & ESTIMATE) !== 0,
				currency: identity.currencies[facts.termsAt(levels, newest).currency] as string
			}
		];
	});
}
