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

/** Of more days people are not distinguished. */
const MOST_DAYS = 15;

/** The place in DAYS_MET of each number of days. */
const CLASS_OF_DAYS = Uint8Array.from({ length: MOST_DAYS + 1 }, (_, days) =>
	Math.max(0, DAYS_MET.filter(({ from }) => from <= days).length - 1)
);

/**
 * Who is met on which day, of all days that hold events, under the filters of a question: what any range of its days, and
 * any step, is counted from without a look at a row. The days of a person stand side by side, so that a count goes over
 * memory in its own order.
 */
export class PeopleIndex {
	readonly #firstDay: number;
	readonly #days: number;
	/** Person p has the entries [starts[p], starts[p + 1]), a day each; they rise. */
	readonly #starts: Uint32Array;
	/** Per entry the day, counted from 0 at the first day. */
	readonly #dayOf: Uint16Array;
	/** Per entry the bits of the values under which they are met. */
	readonly #values: Uint16Array;
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
		const starts = (this.#starts = new Uint32Array(places + 1));
		for (const { users } of shares)
			for (let entry = 0; entry < users.length; entry++) starts[(users[entry] as number) + 1]!++;
		for (let user = 0; user < places; user++) starts[user + 1]! += starts[user] as number;
		const dayOf = (this.#dayOf = new Uint16Array(starts[places] as number));
		const valuesOf = (this.#values = new Uint16Array(dayOf.length));
		/** Per person the place of their next entry. */
		const next = starts.slice(0, places);
		for (const { days, starts: ofDay, users, values } of shares) {
			for (let i = 0; i < days.length; i++) {
				const day = days[i] as number;
				const end = ofDay[i + 1] as number;
				for (let entry = ofDay[i] as number; entry < end; entry++) {
					const place = next[users[entry] as number]!++;
					dayOf[place] = day;
					valuesOf[place] = values[entry] as number;
				}
			}
		}
	}

	/** Counts the people of the days of an axis, and of each of its steps. */
	range({ buckets, bucketDays }: Axis): CountedRange {
		const [starts, dayOf, values] = [this.#starts, this.#dayOf, this.#values];
		const [from, to] = [bucketDays[0]! - this.#firstDay, bucketDays[buckets.length]! - this.#firstDay];
		const isLate = 2 * from > this.#days;
		const bucketOf = this.#bucketsOfDays(bucketDays);
		const newByBucket = new Float64Array(buckets.length);
		const returningByBucket = new Float64Array(buckets.length);
		const daysMet = DAYS_MET.map(() => 0);
		const bySet = new Float64Array(1 << SHARED_VALUES);
		for (let user = 0, first = 0; user + 1 < starts.length; user++) {
			let entry = first;
			const end = starts[user + 1] as number;
			// From the side that the range is nearer to.
			if (isLate) for (entry = end; entry > first && (dayOf[entry - 1] as number) >= from;) entry--;
			else while (entry < end && (dayOf[entry] as number) < from) entry++;
			// Whoever is first met in the range is new in one of its steps.
			let isNew = entry === first;
			first = end;
			let bucket = -1;
			let met = 0;
			let set = 0;
			for (; entry < end; entry++) {
				const day = dayOf[entry] as number;
				if (day >= to) break;
				met++;
				set |= values[entry] as number;
				const own = bucketOf[day] as number;
				if (own === bucket) continue;
				bucket = own;
				if (isNew) newByBucket[own]!++;
				else returningByBucket[own]!++;
				isNew = false;
			}
			if (met === 0) continue;
			daysMet[CLASS_OF_DAYS[Math.min(met, MOST_DAYS)] as number]!++;
			bySet[set]!++;
		}
		const people = daysMet.reduce((sum, n) => sum + n, 0);
		const newPeople = newByBucket.reduce((sum, n) => sum + n, 0);
		return { range: { people, newPeople, daysMet, buckets, newByBucket, returningByBucket }, bySet };
	}

	/** The step of each day of the index; of those outside the steps, 0. */
	#bucketsOfDays(bucketDays: Int32Array): Uint16Array {
		const bucketOf = new Uint16Array(this.#days);
		for (let bucket = 0; bucket + 1 < bucketDays.length; bucket++) {
			const [start, end] = [bucketDays[bucket]! - this.#firstDay, bucketDays[bucket + 1]! - this.#firstDay];
			bucketOf.fill(bucket, Math.max(start, 0), Math.max(end, 0));
		}
		return bucketOf;
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
		const [entries, dayOf] = [this.#starts, this.#dayOf];
		const rows: (Uint32Array | null)[] = starts.slice(1).map(() => null);
		for (let user = 0; user + 1 < entries.length; user++) {
			const [first, end] = [entries[user] as number, entries[user + 1] as number];
			if (first === end) continue;
			const cohort = stepOfDay[dayOf[first] as number] as number;
			const row = (rows[cohort] ??= new Uint32Array(rows.length - cohort));
			let last = -1;
			for (let entry = first; entry < end; entry++) {
				const step = stepOfDay[dayOf[entry] as number] as number;
				if (step === last) continue;
				last = step;
				row[step - cohort]!++;
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
