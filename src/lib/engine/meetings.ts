import type { Segment } from '../columns/segment';
import { AUDIENCES } from '../model/figures';
import type { Filter } from '../model/query';
import { OVERALL_SLOT, CELLS, slotOfCell } from './cells';
import { compileFilter } from './combinations';
import { CELL_MASK, LookupWords, MARK_SHIFT, type Lookup, type LookupTask } from './lookup';
import type { Pace } from './pace';
import { EVER_ENGAGED } from './people';
import type { PinMask, Share } from './plan';
import { walkBuckets } from './walk-buckets';

/** Who is met on which day, and when they were met last before: one pass over the rows, for the range index. */

/** What is to be looked at. */
export interface MeetingsTask extends Omit<LookupTask, 'withVideo'> {
	readonly filter: Filter;
	/** The Pins whose rows count. */
	readonly pins: PinMask;
	/** The slots that are counted: [from, to). */
	readonly slots: { readonly from: number; readonly to: number };
	/** People with a number; a person's number plus one is at most this. */
	readonly userCount: number;
}

/** The people of one audience and slot over the days of a share. Days are places in the plan; as marks they count from 1. */
export interface Meetings {
	/** The days of the share, one after the other. */
	readonly days: Uint32Array;
	/** Day i of the share has the entries [starts[i], starts[i + 1]). */
	readonly starts: Uint32Array;
	/** Per entry the mark of the day of the last meeting within the share; 0 for none. They rise within a day. */
	readonly before: Uint16Array;
	/** Per entry how many people. */
	readonly people: Uint32Array;
	/** Per person the marks of the first and the last day on which they were met; 0 where they were not. */
	readonly first: Uint16Array;
	readonly last: Uint16Array;
}

/** Slot by slot of those that are counted, and in each by audience, in the order of AUDIENCES. */
export type ShareMeetings = readonly Meetings[];

/**
 * @param segments the share's segments, read
 * @param share of a plan by day, whose days follow each other
 */
export async function meetings(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	task: MeetingsTask
): Promise<ShareMeetings> {
	const words = new LookupWords(compileFilter(task.filter, task.accounts), { ...task, withVideo: false });
	const lookups = segments.map(({ codes }) => words.of(codes));
	const { from, to } = task.slots;
	const builders = Array.from(
		{ length: (to - from) * AUDIENCES.length },
		() => new MeetingsBuilder(task.userCount + 1)
	);
	await walkBuckets(pace, segments, share, {
		begin: (bucket) => {
			for (const builder of builders) builder.begin((share.buckets[bucket] as number) + 1);
		},
		rows: (s, start, end) => addMeetings(segments[s]!, lookups[s]!, start, end, from, builders),
		end: () => {
			for (const builder of builders) builder.end();
		}
	});
	return builders.map((builder) => builder.finish());
}

const [TOTAL, ENGAGED] = [AUDIENCES.indexOf('total_audience'), AUDIENCES.indexOf('engaged_audience')];
const SLOT_OF_CELL = Uint8Array.from({ length: CELLS }, (_, cell) =>
	cell === 0 ? OVERALL_SLOT : slotOfCell(cell)
);

/** Adds who is met in rows [start, end) in the slots from `firstSlot` on that there are builders of. */
function addMeetings(
	{ combinations, users }: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	firstSlot: number,
	builders: readonly MeetingsBuilder[]
): void {
	const [total, engaged] = firstSlot === OVERALL_SLOT ? [builders[TOTAL], builders[ENGAGED]] : [];
	for (let row = start; row < end; row++) {
		const found = lookup[combinations[row] as number] as number;
		if (found === 0) continue;
		const user = users[row] as number;
		if (user === 0) continue;
		const isEngaged = ((found >>> MARK_SHIFT) & EVER_ENGAGED) !== 0;
		total?.meet(user);
		if (isEngaged) engaged?.meet(user);
		const slot = SLOT_OF_CELL[found & CELL_MASK] as number;
		const own = (slot - firstSlot) * AUDIENCES.length;
		if (slot === OVERALL_SLOT || own < 0 || own >= builders.length) continue;
		builders[own + TOTAL]!.meet(user);
		if (isEngaged) builders[own + ENGAGED]!.meet(user);
	}
}

/** Collects who was met on which day, of one audience and slot. */
class MeetingsBuilder {
	readonly #first: Uint16Array;
	readonly #last: Uint16Array;
	/** Of the current day: people by the mark of the day of their last meeting, and the marks that occur. */
	#people = new Uint32Array(1 << 10);
	#marks: number[] = [];
	#day = 0;
	readonly #days: number[] = [];
	readonly #starts: number[] = [0];
	readonly #entryMarks: number[] = [];
	readonly #entryPeople: number[] = [];

	constructor(userCount: number) {
		this.#first = new Uint16Array(userCount);
		this.#last = new Uint16Array(userCount);
	}

	/** @param day its mark: the days rise */
	begin(day: number): void {
		this.#day = day;
		if (day < this.#people.length) return;
		this.#people = new Uint32Array(2 * day);
	}

	meet(user: number): void {
		const last = this.#last[user] as number;
		if (last === this.#day) return;
		if (last === 0) this.#first[user] = this.#day;
		this.#last[user] = this.#day;
		if (this.#people[last]!++ === 0) this.#marks.push(last);
	}

	end(): void {
		for (const mark of this.#marks.sort((a, b) => a - b)) {
			this.#entryMarks.push(mark);
			this.#entryPeople.push(this.#people[mark] as number);
			this.#people[mark] = 0;
		}
		this.#marks = [];
		this.#days.push(this.#day - 1);
		this.#starts.push(this.#entryMarks.length);
	}

	finish(): Meetings {
		return {
			days: Uint32Array.from(this.#days),
			starts: Uint32Array.from(this.#starts),
			before: Uint16Array.from(this.#entryMarks),
			people: Uint32Array.from(this.#entryPeople),
			first: this.#first,
			last: this.#last
		};
	}
}
