import { axisOf, type Axis } from '../../model/axis';
import { dayFromNumber, dayNumber } from '../../model/calendar';
import {
	DAYS_MET,
	SHARED_VALUES,
	type Cohort,
	type CohortGrain,
	type PeopleOfRange
} from '../../model/people';
import type { MetDays } from './met-days';

/** What people of a range have in common besides: how many are met under each set of values, by the set's bits. */
export interface CountedRange {
	readonly range: PeopleOfRange;
	/** 2^SHARED_VALUES entries. */
	readonly bySet: Float64Array;
}

/** A person's word in the count of a range: the bits of their values, then the days on which they were met, then their last step. */
const VALUE_MASK = (1 << SHARED_VALUES) - 1;
/** Above an entry's values: whether the person is met for the first time. */
const FIRST_MET = 1 << 15;
if (SHARED_VALUES > 15) throw new Error('people index: too few bits for the values');
const DAYS_SHIFT = SHARED_VALUES;
const MOST_DAYS = 15;
const STEP_SHIFT = 16;

/** The place in DAYS_MET of each number of days. */
const CLASS_OF_DAYS = Uint8Array.from({ length: MOST_DAYS + 1 }, (_, days) =>
	Math.max(0, DAYS_MET.filter(({ from }) => from <= days).length - 1)
);

/**
 * Who is met on which day, of all days that hold events, under the filters of a question: what any range of its days, and
 * any step, is counted from without a look at a row.
 */
export class PeopleIndex {
	readonly #firstDay: number;
	readonly #days: number;
	readonly #shares: readonly MetDays[];
	readonly #places: number;
	/** Per person the day on which they were first met, counted from 1 at the first day; 0 for nobody. */
	readonly #firstMet: Uint16Array;
	readonly #words: Uint32Array;
	/** What cohorts come to, by their step: it does not depend on the range. */
	readonly #returned = new Map<CohortGrain, Returned>();

	/**
	 * @param firstDay number of the first day of the shares' plan
	 * @param days how many days it has: the last is the newest that holds events
	 * @param shares in the order of their days
	 * @param places the people's places are below this
	 */
	constructor(firstDay: number, days: number, shares: readonly MetDays[], places: number) {
		this.#firstDay = firstDay;
		this.#days = days;
		this.#shares = shares;
		this.#places = places;
		this.#words = new Uint32Array(places);
		const firstMet = (this.#firstMet = new Uint16Array(places));
		for (const { days, starts, users, values } of shares) {
			for (let i = 0; i < days.length; i++) {
				const mark = (days[i] as number) + 1;
				const end = starts[i + 1] as number;
				for (let entry = starts[i] as number; entry < end; entry++) {
					const user = users[entry] as number;
					if (firstMet[user] !== 0) continue;
					firstMet[user] = mark;
					// Said at the entry, so that a count of a range need not look it up.
					values[entry]! |= FIRST_MET;
				}
			}
		}
	}

	/** How many entries it keeps, of six bytes each. */
	get entries(): number {
		return this.#shares.reduce((sum, { users }) => sum + users.length, 0);
	}

	/** Counts the people of the days of an axis, and of each of its steps. */
	range({ buckets, bucketDays }: Axis): CountedRange {
		const words = this.#words.fill(0);
		const newByBucket = new Float64Array(buckets.length);
		const returningByBucket = new Float64Array(buckets.length);
		const last = bucketDays[buckets.length] as number;
		let bucket = 0;
		for (const { days, starts, users, values } of this.#shares) {
			for (let i = 0; i < days.length; i++) {
				const day = (days[i] as number) + this.#firstDay;
				if (day < (bucketDays[0] as number)) continue;
				if (day >= last) break;
				while (day >= (bucketDays[bucket + 1] as number)) bucket++; // days rise
				const step = bucket + 1;
				const end = starts[i + 1] as number;
				let first = 0;
				let others = 0;
				for (let entry = starts[i] as number; entry < end; entry++) {
					const user = users[entry] as number;
					const word = words[user] as number;
					const value = values[entry] as number;
					if (word >>> STEP_SHIFT !== step) {
						if (value >= FIRST_MET) first++;
						else others++;
					}
					const met = Math.min(((word >>> DAYS_SHIFT) & MOST_DAYS) + 1, MOST_DAYS);
					words[user] = (step << STEP_SHIFT) | (met << DAYS_SHIFT) | ((word | value) & VALUE_MASK);
				}
				newByBucket[bucket]! += first;
				returningByBucket[bucket]! += others;
			}
		}
		const daysMet = DAYS_MET.map(() => 0);
		const bySet = new Float64Array(1 << SHARED_VALUES);
		for (let user = 0; user < words.length; user++) {
			const word = words[user] as number;
			if (word === 0) continue;
			daysMet[CLASS_OF_DAYS[(word >>> DAYS_SHIFT) & MOST_DAYS] as number]!++;
			bySet[word & VALUE_MASK]!++;
		}
		const people = daysMet.reduce((sum, n) => sum + n, 0);
		const newPeople = newByBucket.reduce((sum, n) => sum + n, 0);
		return { range: { people, newPeople, daysMet, buckets, newByBucket, returningByBucket }, bySet };
	}

	/**
	 * The cohorts that lie wholly in the days [from, to), by their numbers, the oldest first; those of nobody are left out.
	 */
	cohorts(grain: CohortGrain, from: number, to: number): Cohort[] {
		let returned = this.#returned.get(grain);
		if (!returned) this.#returned.set(grain, (returned = this.#countReturned(grain)));
		const { starts, rows } = returned;
		const ended = starts.filter((start) => start <= this.#firstDay + this.#days).length - 1;
		return rows.flatMap((row, step) => {
			const [start, end] = [starts[step] as number, starts[step + 1] as number];
			if (!row || start < from || end > to) return [];
			const known = row.subarray(0, Math.max(ended - step, 0));
			return [{ day: dayFromNumber(start), people: row[0] as number, returned: Array.from(known) }];
		});
	}

	/** Goes over all days once, and counts everybody once in each week or month in which they occur. */
	#countReturned(grain: CohortGrain): Returned {
		const { starts, stepOfDay } = stepsOf(grain, this.#firstDay, this.#days);
		const firstMet = this.#firstMet;
		const lastStep = new Uint16Array(this.#places); // counted from 1
		const rows: (Uint32Array | null)[] = starts.slice(1).map(() => null);
		for (const { days, starts: entries, users } of this.#shares) {
			for (let i = 0; i < days.length; i++) {
				const step = stepOfDay[days[i] as number] as number;
				const end = entries[i + 1] as number;
				for (let entry = entries[i] as number; entry < end; entry++) {
					const user = users[entry] as number;
					if (lastStep[user] === step + 1) continue;
					lastStep[user] = step + 1;
					const cohort = stepOfDay[(firstMet[user] as number) - 1] as number;
					(rows[cohort] ??= new Uint32Array(rows.length - cohort))[step - cohort]!++;
				}
			}
		}
		return { starts, rows };
	}
}

/** The weeks or months of an index, and who came back. */
interface Returned {
	/** Numbers of the first days of the weeks or months, whole ones, and of the one after the last. */
	readonly starts: readonly number[];
	/** By the week or month in which people were first met, how many occur in each from it on; null where nobody was. */
	readonly rows: readonly (Uint32Array | null)[];
}

/** The whole weeks or months that hold any of so many days, and the place of each day's. */
function stepsOf(grain: CohortGrain, firstDay: number, days: number) {
	// The longest step further on, the one after the last begins.
	const to = dayFromNumber(firstDay + days + 31);
	const { buckets, bucketDays } = axisOf({ tz: 'UTC', from: dayFromNumber(firstDay), to }, grain);
	const all = buckets.map(({ day }) => dayNumber(day) as number);
	const after = all.findIndex((start) => start >= firstDay + days);
	const stepOfDay = new Uint16Array(days);
	for (let step = 0; step < after; step++)
		stepOfDay.fill(step, bucketDays[step]! - firstDay, bucketDays[step + 1]! - firstDay);
	return { starts: all.slice(0, after + 1), stepOfDay };
}
