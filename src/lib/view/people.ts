import type { Day } from '../model/calendar';
import {
	retentionShare,
	type Cohort,
	type PeopleOfRange,
	type Retention,
	type SharedPeople
} from '../model/people';
import { compareText } from '../model/text-order';

/** What the page of people draws and lists, out of its figures. */

/** New and returning people of a step. */
export interface PeopleSides {
	readonly newPeople: number;
	readonly returning: number;
}

/** A step of the chart. */
export interface PeopleStep extends PeopleSides {
	readonly day: Day;
	/** Whether the range cuts it. */
	readonly partial: boolean;
	/** The share of new people; null where there is nobody. */
	readonly newShare: number | null;
	/** The step at the same place of the days that are compared with; null where there is none. */
	readonly before: PeopleSides | null;
}

/** The steps of a range, beside those of the days that are compared with. */
export function peopleSteps(now: PeopleOfRange, before: PeopleOfRange | null): PeopleStep[] {
	return now.buckets.map(({ day, partial }, i) => {
		const own = sidesAt(now, i);
		return {
			...own,
			day,
			partial,
			newShare: shareOf(own.newPeople, allOf(own)),
			before: before && i < before.buckets.length ? sidesAt(before, i) : null
		};
	});
}

function sidesAt({ newByBucket, returningByBucket }: PeopleOfRange, i: number): PeopleSides {
	return { newPeople: newByBucket[i] as number, returning: returningByBucket[i] as number };
}

/** All people of a step. */
export function allOf({ newPeople, returning }: PeopleSides): number {
	return newPeople + returning;
}

/** With more steps there is no room for words on one of them. */
const MOST_MARKED = 60;
/** A step stands out where its share of new people is so many times that of all steps. */
const STANDS_OUT = 1.2;
const LEAST_MARKED = 0.05;

/** The step with the largest share of new people among those that are not small; null where none stands out. */
export function newestStep(steps: readonly PeopleStep[]): number | null {
	if (steps.length > MOST_MARKED) return null;
	const most = steps.reduce((largest, step) => Math.max(largest, allOf(step)), 0);
	// A share of few people says little, and the first days of all have nobody but new ones.
	const telling = steps.filter((step) => allOf(step) > 0 && allOf(step) >= most / 4 && step.returning > 0);
	const all = telling.reduce((sum, step) => sum + allOf(step), 0);
	const usual = shareOf(
		telling.reduce((sum, { newPeople }) => sum + newPeople, 0),
		all
	);
	const largest = Math.max(...telling.map(({ newShare }) => newShare ?? 0));
	if (usual === null || largest < Math.max(LEAST_MARKED, STANDS_OUT * usual)) return null;
	return steps.findIndex((step) => telling.includes(step) && step.newShare === largest);
}

/** A part of a whole; null where that is 0. */
export function shareOf(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** The share of people who are met on two days or more; null where nobody is met. */
export function shareMetOften({ people, daysMet }: PeopleOfRange): number | null {
	return shareOf(people - (daysMet[0] ?? 0), people);
}

/** Two values and the people whom they share. */
export interface SharedPair {
	/** Places in the values that are compared, the first value first by code point. */
	readonly first: number;
	readonly second: number;
	readonly people: number;
	/** Both values, by code point. */
	readonly key: string;
}

/** Every two values, those that share most people first. */
export function sharedPairs({ values, pairs }: SharedPeople): SharedPair[] {
	const name = (place: number) => values[place]!.value;
	return pairs
		.map(({ first, second, people }): SharedPair => {
			const [a, b] = compareText(name(first), name(second)) < 0 ? [first, second] : [second, first];
			return { first: a, second: b, people, key: `${name(a)}|${name(b)}` };
		})
		.sort((a, b) => b.people - a.people || compareText(a.key, b.key));
}

/** More cells than this are drawn only when they are asked for. */
const MOST_CELLS = 2_500;
/** Of more cells, the newest so many cohorts are drawn, and so many steps of each. */
const FEW_COHORTS = 53;
const FEW_STEPS = 26;

/** The triangle of retention. */
export interface RetentionTable {
	/** How many steps are drawn, step 0 included. */
	readonly steps: number;
	readonly cohorts: readonly Cohort[];
	/** How many cohorts there are; `cohorts` may be the newest of them. */
	readonly total: number;
	/** Whether cohorts or steps are left out. */
	readonly isCut: boolean;
	/** Over all cohorts that know a step, the share of their people who occur in it; null where none does. */
	readonly overall: readonly (number | null)[];
	/** The people of all cohorts. */
	readonly people: number;
	/** The largest share of a step after the first: the darkest shade. */
	readonly largest: number;
}

/** @param isWhole whether all of it is wanted, however much that is */
export function retentionTable({ cohorts }: Retention, isWhole: boolean): RetentionTable {
	const all = cohorts.reduce((most, { returned }) => Math.max(most, returned.length), 0);
	const cells = cohorts.reduce((sum, { returned }) => sum + returned.length, 0);
	const isCut = !isWhole && cells > MOST_CELLS;
	const steps = isCut ? Math.min(all, FEW_STEPS) : all;
	const shown = isCut ? cohorts.slice(-FEW_COHORTS) : cohorts;
	const overall = Array.from({ length: steps }, (_, step) => {
		const known = cohorts.filter(({ returned }) => step < returned.length);
		const came = known.reduce((sum, { returned }) => sum + (returned[step] as number), 0);
		return shareOf(
			came,
			known.reduce((sum, { people }) => sum + people, 0)
		);
	});
	const largest = shown.reduce(
		(most, cohort) =>
			cohort.returned.reduce(
				(found, _, step) => (step === 0 ? found : Math.max(found, retentionShare(cohort, step) ?? 0)),
				most
			),
		0
	);
	return {
		...{ steps, cohorts: shown, total: cohorts.length, isCut, overall, largest },
		people: cohorts.reduce((sum, { people }) => sum + people, 0)
	};
}
