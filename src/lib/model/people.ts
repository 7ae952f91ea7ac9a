import type { Bucket } from './answer';
import type { Dimension } from './dimension';
import type { Grain } from './query';

/**
 * Who is new, who comes back and how often, exactly, out of events that name a person. A person is *first met* on the
 * first day on which they occur in anything stored, under the filters that are set but for the days.
 * Definitions: the product's own data contract.
 */

/** On how many days of a range people are met: the classes, by the number of days that each begins with. */
export const DAYS_MET = [
	{ id: '1', from: 1 },
	{ id: '2', from: 2 },
	{ id: '3-5', from: 3 },
	{ id: '6-10', from: 6 },
	{ id: '11+', from: 11 }
] as const;

/** So many values of a dimension are compared by the people that they share: the largest by impressions. */
export const SHARED_VALUES = 12;

/** The people of a range. */
export interface PeopleOfRange {
	/** Distinct people. */
	readonly people: number;
	/** Of these, those who were first met in the range. */
	readonly newPeople: number;
	/** How many are met on so many days: an entry for each of DAYS_MET, which sum to `people`. */
	readonly daysMet: readonly number[];
	/** The steps of the range; one that the range cuts counts its days in the range. */
	readonly buckets: readonly Bucket[];
	/** Per step the people who were first met in it, and the others of its audience. */
	readonly newByBucket: Float64Array;
	readonly returningByBucket: Float64Array;
}

/** The people whom values of a dimension have in common, in a range. */
export interface SharedPeople {
	readonly dimension: Dimension;
	/** The largest values by impressions, at most SHARED_VALUES, the largest first. */
	readonly values: readonly { readonly value: string; readonly people: number }[];
	/** Every two of them: places in `values`, the first before the second. */
	readonly pairs: readonly { readonly first: number; readonly second: number; readonly people: number }[];
}

/** A step of cohorts: months under steps of a month, else weeks. */
export type CohortGrain = Exclude<Grain, 'day'>;

/** The people who were first met in one week or month that lies wholly in the range. */
export interface Cohort {
	/** The first day of the week or month. */
	readonly day: string;
	readonly people: number;
	/** Step k: how many of them occur in the k-th week or month after it; only those that have ended by the newest day. */
	readonly returned: readonly number[];
}

/** The cohorts of a range in which anybody was met first, the oldest first. */
export interface Retention {
	readonly grain: CohortGrain;
	readonly cohorts: readonly Cohort[];
}

/** What the page of people shows. */
export interface PeopleFigures {
	/** Whether any stored event names a person. */
	readonly isAnyNamed: boolean;
	readonly now: PeopleOfRange;
	/** Of the days that are compared with; null where nothing is. */
	readonly before: PeopleOfRange | null;
	readonly shared: SharedPeople;
	readonly retention: Retention;
}

/** The step of cohorts under the step of a chart. */
export function cohortGrain(grain: Grain): CohortGrain {
	return grain === 'month' ? 'month' : 'week';
}

/**
 * The share of a cohort that occurs in step k, as a fraction; null where that has not ended by the newest day.
 * @param step 0 is the cohort's own week or month
 */
export function retentionShare({ people, returned }: Cohort, step: number): number | null {
	const came = returned[step];
	return came === undefined ? null : came / people;
}

/**
 * The same definitions in SQL, for the tests' oracle and for other engines. They read `met`, a row an event that passes
 * all filters but the days and names a person (`user_id`, `day`, and `value`, that of the dimension), and `asked`, one row
 * with the range (`first`, `last`) and the newest day that holds events (`newest`). `step` is `day`, `week` or `month`.
 */
export const PEOPLE_SQL = {
	newAndReturning: (step: Grain) => `
		WITH first_met AS (SELECT user_id, min(day) AS first_day FROM met GROUP BY user_id),
		occurring AS (
			SELECT DISTINCT user_id, date_trunc('${step}', day) AS bucket FROM met, asked WHERE day BETWEEN first AND last
		)
		SELECT bucket, count(*) FILTER (first_day >= greatest(bucket, first)) AS new_people,
			count(*) FILTER (first_day < greatest(bucket, first)) AS returning_people
		FROM occurring JOIN first_met USING (user_id), asked GROUP BY bucket`,
	daysMet: `
		WITH days AS (
			SELECT user_id, count(DISTINCT day) AS n FROM met, asked WHERE day BETWEEN first AND last GROUP BY user_id
		)
		SELECT CASE WHEN n >= 11 THEN '11+' WHEN n >= 6 THEN '6-10' WHEN n >= 3 THEN '3-5' ELSE CAST(n AS VARCHAR) END AS days_met,
			count(*) AS people
		FROM days GROUP BY days_met`,
	shared: `
		WITH named AS (SELECT DISTINCT user_id, value FROM met, asked WHERE day BETWEEN first AND last)
		SELECT a.value AS first_value, b.value AS second_value, count(*) AS people
		FROM named a JOIN named b ON a.user_id = b.user_id AND a.value < b.value GROUP BY a.value, b.value`,
	retention: (step: CohortGrain) => `
		WITH first_met AS (SELECT user_id, date_trunc('${step}', min(day)) AS cohort FROM met GROUP BY user_id),
		cohorts AS (
			SELECT cohort, count(*) AS people FROM first_met, asked
			WHERE cohort >= first AND cohort + INTERVAL 1 ${step} <= last + INTERVAL 1 day GROUP BY cohort
		),
		steps AS (
			SELECT cohort, people, unnest(generate_series(cohort, date_trunc('${step}', newest), INTERVAL 1 ${step})) AS later
			FROM cohorts, asked
		),
		occurring AS (SELECT DISTINCT user_id, date_trunc('${step}', day) AS later FROM met)
		SELECT steps.cohort, any_value(people) AS people, date_diff('${step}', steps.cohort, steps.later) AS step,
			count(user_id) / any_value(people) AS share
		FROM steps LEFT JOIN (occurring JOIN first_met USING (user_id)) came USING (cohort, later), asked
		WHERE later + INTERVAL 1 ${step} <= newest + INTERVAL 1 day
		GROUP BY steps.cohort, steps.later`
} as const;
