import type { Count } from './figures';
import type { Query } from './query';
import type { DaySpan } from './reported';

/**
 * How a Pin ages. A life looks at all days that hold data, whatever the range, under the other filters. Days are numbers
 * (days since 1970-01-01 in the report's zone).
 * Definitions: the product's own data contract, "Age of a Pin".
 */

/** A Pin still grows where its last days of this count have at least half of what its best in a row had. */
export const GROWTH_DAYS = 28;

/** What is said of a Pin's life by one metric. */
export interface Life {
	/** Days from the day the Pin was made to the newest day that holds data. */
	readonly age: number;
	/** The least age by which at least half of the figures so far had come; null without any. */
	readonly halfAge: number | null;
	readonly grows: boolean;
}

/** A Pin's figure at an age, and all until then. */
export interface LifeStep {
	readonly age: number;
	readonly value: number;
	readonly running: number;
}

/** A life, age by age from 0 on. */
export interface CourseOfLife extends Life {
	readonly steps: readonly LifeStep[];
}

/** Orders of a list by the lives of its Pins; those without one come last in each. */
export const LIFE_ORDERS = ['oldest', 'youngest', 'half_latest', 'half_earliest', 'growing'] as const;
export type LifeOrder = (typeof LIFE_ORDERS)[number];

/** By which lives a list is in order: Pins of equal ones stay in the order of the list. */
export interface ByLife {
	readonly order: LifeOrder;
	readonly allDays: DaySpan;
	readonly figure: Count;
}

/** A question about the figures of a range by the age of their Pins. */
export interface AgesRequest {
	readonly query: Query;
	readonly allDays: DaySpan;
}

/** A question about the lives of some Pins. */
export interface LivesRequest {
	/** Its filters count, and not its days. */
	readonly query: Query;
	readonly allDays: DaySpan;
	readonly figure: Count;
	readonly pinIds: readonly string[];
}

/** Ages by which figures of many Pins are summed. */
export const AGE_CLASSES = [
	{ name: '0-7', first: 0 },
	{ name: '8-30', first: 8 },
	{ name: '31-90', first: 31 },
	{ name: '91-365', first: 91 },
	{ name: '366+', first: 366 }
] as const;
export type AgeClass = (typeof AGE_CLASSES)[number]['name'];

/** The age on a day: 0 on the day that the Pin was made, and before it. */
export function ageOn(day: number, born: number): number {
	return Math.max(0, day - born);
}

/** In which class an age lies, by its place. */
export function ageClassOf(age: number): number {
	let place = AGE_CLASSES.length - 1;
	while (age < AGE_CLASSES[place]!.first) place--;
	return place;
}

/**
 * A life by its figures of each day.
 * @param values of a metric that adds up, day by day up to the newest that holds data
 * @param first the day of the first of them
 * @param born the day that the Pin was made
 */
export function courseOfLife(values: ArrayLike<number>, first: number, born: number): CourseOfLife {
	const newest = first + values.length - 1;
	const age = ageOn(newest, born);
	const byAge = new Float64Array(age + 1);
	for (let i = 0; i < values.length; i++) byAge[ageOn(first + i, born)]! += values[i] as number;
	const steps: LifeStep[] = [];
	let running = 0;
	for (let at = 0; at <= age; at++) {
		running += byAge[at] as number;
		steps.push({ age: at, value: byAge[at] as number, running });
	}
	const half = running === 0 ? undefined : steps.find((step) => 2 * step.running >= running);
	return { age, halfAge: half?.age ?? null, grows: growsBy(values), steps };
}

function growsBy(values: ArrayLike<number>): boolean {
	let window = 0;
	let best = 0;
	for (let i = 0; i < values.length; i++) {
		window += values[i] as number;
		if (i >= GROWTH_DAYS) window -= values[i - GROWTH_DAYS] as number;
		best = Math.max(best, window);
	}
	return best > 0 && 2 * window >= best;
}

/**
 * The same definitions in SQL, for the tests' oracle and for other engines. They read a table with a row a Pin and day
 * that has events which pass, and the columns `pin_id`, `day`, `born` and `newest` (as numbers of days) and `value`.
 */
export const LIFE_SQL = `
	SELECT pin_id, max(newest - born) AS age,
		min(greatest(day - born, 0)) FILTER (total > 0 AND 2 * running >= total) AS half_age,
		max(best) > 0 AND 2 * coalesce(sum(value) FILTER (day > newest - ${GROWTH_DAYS}), 0) >= max(best) AS grows
	FROM (
		SELECT *, sum(value) OVER (PARTITION BY pin_id) AS total,
			sum(value) OVER (PARTITION BY pin_id ORDER BY day) AS running,
			sum(value) OVER (PARTITION BY pin_id ORDER BY day RANGE BETWEEN ${GROWTH_DAYS - 1} PRECEDING AND CURRENT ROW) AS best
		FROM days)
	GROUP BY pin_id`;

/** In which class the age of an event's Pin lies, over the columns `day` and `born`. */
export const AGE_CLASS_SQL = `CASE ${AGE_CLASSES.slice(0, -1)
	.map(({ name }, i) => `WHEN day - born < ${AGE_CLASSES[i + 1]!.first} THEN '${name}'`)
	.join(' ')} ELSE '${AGE_CLASSES.at(-1)!.name}' END`;
