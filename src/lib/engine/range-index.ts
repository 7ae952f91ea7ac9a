import type { DayLists, PackedRangeIndex } from '../columns/packed-range-index';
import { AUDIENCES, type Audience } from '../model/figures';
import { OVERALL_SLOT } from './cells';
import type { Meetings, ShareMeetings } from './meetings';

/**
 * Exact people of any range of days, without a look at a row. Of each day it contains how many of its people were last met
 * on which earlier day. The people of days a to b are those who, on one of these days, were last met before a, or never:
 * everybody is counted once, on their first day in the range. Distinct values in a range by the place of the previous
 * equal one: Gupta, Janardan and Smid, "Further results on generalized intersection searching problems" (1995).
 *
 * Only pairs of days that occur are stored, with cumulative counts: a day has at most one entry for each earlier day, and
 * never more entries than people.
 */
export class RangeIndex {
	/** Slot by slot, and in each by audience. */
	readonly #series: readonly DayLists[];
	/** The number of day 0. */
	readonly #firstDay: number;
	/** Slot of each value of the split, by its index; empty without a split. */
	readonly slotOfValue: Uint8Array;

	private constructor(firstDay: number, series: readonly DayLists[], slotOfValue: Uint8Array) {
		this.#firstDay = firstDay;
		this.#series = series;
		this.slotOfValue = slotOfValue;
	}

	/**
	 * @param firstDay number of the first day of the shares' plan
	 * @param days how many days it has
	 * @param shares in the order of their days; they cover all days, and their arrays are overwritten
	 */
	static of(
		firstDay: number,
		days: number,
		shares: readonly ShareMeetings[],
		slotOfValue: Uint8Array
	): RangeIndex {
		const [{ length } = []] = shares;
		const series = Array.from({ length: length ?? 0 }, (_, i) =>
			joined(
				days,
				shares.map((share) => share[i] as Meetings)
			)
		);
		return new RangeIndex(firstDay, series, slotOfValue);
	}

	/** One of all slots, of some that have the next slots each; of the same days. */
	static together([first, ...others]: readonly [RangeIndex, ...RangeIndex[]]): RangeIndex {
		const series = [first, ...others].flatMap((index) => index.#series);
		return new RangeIndex(first.#firstDay, series, first.slotOfValue);
	}

	/** One that was packed. */
	static unpack({ firstDay, series }: PackedRangeIndex): RangeIndex {
		return new RangeIndex(firstDay, series, new Uint8Array(0));
	}

	/** The people of all values of the split together, to be stored. */
	pack(): PackedRangeIndex {
		const overall = AUDIENCES.map((audience) => this.#series[seriesAt(audience, OVERALL_SLOT)]!);
		return { version: 1, firstDay: this.#firstDay, series: overall };
	}

	/** How many entries it keeps, of six bytes each. */
	get entries(): number {
		return this.#series.reduce((sum, { before }) => sum + before.length, 0);
	}

	/** Distinct people of the days [from, to), by their numbers, in a slot. */
	people(audience: Audience, slot: number, from: number, to: number): number {
		const { starts, before, upTo } = this.#series[seriesAt(audience, slot)]!;
		const first = Math.max(from - this.#firstDay, 0);
		const end = Math.min(to - this.#firstDay, starts.length - 1);
		let people = 0;
		for (let day = first; day < end; day++) {
			// The last entry of the day that lies before the range: days count from 1 there, and 0 is never.
			let low = starts[day] as number;
			let high = starts[day + 1] as number;
			const own = low;
			while (low < high) {
				const middle = (low + high) >>> 1;
				if ((before[middle] as number) <= first) low = middle + 1;
				else high = middle;
			}
			if (low > own) people += upTo[low - 1] as number;
		}
		return people;
	}
}

/** The index of the series of an audience and slot. */
function seriesAt(audience: Audience, slot: number): number {
	return slot * AUDIENCES.length + AUDIENCES.indexOf(audience);
}

/** The lists of all shares. A person's first day in a share gets the last day in the shares before it. */
function joined(days: number, shares: readonly Meetings[]): DayLists {
	const last = shares[0]!.last;
	const met = shares.map((share, s) => (s === 0 ? [] : metBefore(last, share)));
	const starts = new Uint32Array(days + 1);
	const before: number[] = [];
	const upTo: number[] = [];
	shares.forEach((share, s) => {
		for (let i = 0; i < share.days.length; i++) {
			const day = share.days[i] as number;
			let people = 0;
			const add = (earlier: number, more: number) => {
				if (more === 0) return;
				before.push(earlier);
				upTo.push((people += more));
			};
			const moved = met[s]![day];
			let entry = share.starts[i] as number;
			const end = share.starts[i + 1] as number;
			if (moved) {
				// The first entry counts people without an earlier day in the share; some have one in a share before.
				add(0, (share.people[entry++] as number) - moved.reduce((sum, people) => sum + people, 0));
				for (let earlier = 1; earlier < moved.length; earlier++) add(earlier, moved[earlier] as number);
			}
			for (; entry < end; entry++) add(share.before[entry] as number, share.people[entry] as number);
			starts[day + 1] = before.length;
		}
	});
	// Days without anybody, and those of no share.
	for (let day = 0; day < days; day++) starts[day + 1] = Math.max(starts[day + 1]!, starts[day]!);
	return { starts, before: Uint16Array.from(before), upTo: Uint32Array.from(upTo) };
}

/**
 * Of the people whom a share meets, those whom one before it has met: per day of their first meeting in the share, how
 * many by the day of the last one before (from 1).
 * @param last per person the day of their last meeting before the share; brought up to the share's end
 */
function metBefore(last: Uint16Array, share: Meetings): Uint32Array[] {
	const met: Uint32Array[] = [];
	const border = (share.days[0] ?? 0) + 1;
	for (let user = 0; user < share.first.length; user++) {
		const first = share.first[user] as number;
		if (first === 0) continue;
		const earlier = last[user] as number;
		if (earlier !== 0) (met[first - 1] ??= new Uint32Array(border))[earlier]!++;
		last[user] = share.last[user] as number;
	}
	return met;
}
