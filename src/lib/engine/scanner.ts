import { hideOtherPins, narrowSegment } from '../columns/narrow-segment';
import { withOwn, type OwnTask } from '../columns/own-columns';
import type { PeriodSums } from '../columns/period-sums';
import type { Segment } from '../columns/segment';
import type { PeopleOfPeriod, PeopleTask } from './changes/people-of-period';
import { scanHours, type HourTask } from './hours';
import type { OwnCounts, OwnCountTask } from './own-values';
import { meetings, type MeetingsTask, type ShareMeetings } from './meetings';
import type { MetDays, MetDaysTask } from './met-people/met-days';
import type { Pace } from './pace';
import { cutShares, type PinMask, type Plan, type SegmentRef, type Share } from './plan';
import { sumBuckets } from './bucket-sums';
import { mergeScans, scan, type ScanResult, type ScanTask } from './scan';

/** Works on a share of a query: in this thread, or by proxy in another. */
export interface Scanner {
	/** Sums per combination over each bucket of the share, whatever the filter of combinations. */
	sumBuckets(share: Share, pins: PinMask, own: OwnTask | null): Promise<PeriodSums>;
	scan(share: Share, task: ScanTask): Promise<ScanResult>;
	/** Who is met on which day; the share's days follow each other. */
	meetings(share: Share, task: MeetingsTask): Promise<ShareMeetings>;
	/** Who is met on which day, and under which values; the share's days follow each other. */
	metDays(share: Share, task: MetDaysTask): Promise<MetDays>;
	/** The audiences of a period that is taken apart; the share has all of its days. */
	peopleOfPeriod(share: Share, task: PeopleTask): Promise<PeopleOfPeriod>;
	/** Sums per hour of the week. */
	scanHours(share: Share, task: HourTask): Promise<Float64Array>;
	/** What the values of columns of one's own come to, a column each. */
	countOwn(share: Share, task: OwnCountTask): Promise<OwnCounts[]>;
}

/** A scanner in this thread. `read` gives the segments that are asked for, in the same order. */
export function scannerHere(
	pace: Pace,
	read: (pace: Pace, refs: readonly SegmentRef[]) => Promise<readonly Segment[]>
): Scanner {
	const readShare = async ({ segments }: Share, pins: PinMask, own: OwnTask | null) =>
		narrowed(await read(pace, segments), pins, own);
	let last: ShownRows | null = null;
	/** The same for what counts by combination alone. */
	const readShown = async (share: Share, pins: PinMask, own: OwnTask | null) => {
		const seen = await readShare(share, null, own);
		if (pins === null) return seen;
		const [fromMs, toMs] = [share.fromMs[0] as number, share.toMs.at(-1) as number];
		// A question sums its rows up, and then goes over them once more.
		if (last?.pins !== pins || last.fromMs !== fromMs || last.toMs !== toMs)
			last = { pins, fromMs, toMs, shown: new Map() };
		const { shown } = last;
		return seen.map((segment) => {
			let found = shown.get(segment);
			if (!found) shown.set(segment, (found = hideOtherPins(segment, pins, { fromMs, toMs })));
			return found;
		});
	};
	return {
		sumBuckets: async (share, pins, own) => sumBuckets(pace, await readShown(share, pins, own), share),
		scan: async (share, task) => scan(pace, await readShown(share, task.pins, task.own), share, task),
		meetings: async (share, task) => meetings(pace, await readShare(share, task.pins, task.own), share, task),
		scanHours: async (share, task) =>
			scanHours(pace, await readShare(share, task.pins, task.own), share, task),
		countOwn: async (share, task) => {
			// Few workspaces have columns of one's own: what counts by them is fetched with the first.
			const { countOwn } = await import('./count-own');
			return countOwn(pace, await readShare(share, task.pins, null), share, task);
		},
		peopleOfPeriod: async (share, task) => {
			// As the next.
			const { peopleOfPeriod } = await import('./changes/people-of-period');
			return peopleOfPeriod(pace, await readShare(share, task.pins, task.own), share, task);
		},
		metDays: async (share, task) => {
			// Of one page alone, so it is loaded with its first question.
			const { metDays } = await import('./met-people/met-days');
			return metDays(pace, await readShare(share, task.pins, task.own), share, task);
		}
	};
}

/** Segments in which the rows of other Pins are hidden. */
interface ShownRows {
	readonly pins: PinMask;
	readonly fromMs: number;
	readonly toMs: number;
	readonly shown: Map<Segment, Segment>;
}

/** Only the rows of these Pins, as a question about columns of one's own sees them. */
export function narrowed(
	segments: readonly Segment[],
	pins: PinMask,
	own: OwnTask | null
): readonly Segment[] {
	const seen = own === null ? segments : segments.flatMap((segment) => withOwn(segment, own) ?? []);
	return pins === null ? seen : seen.flatMap((segment) => narrowSegment(segment, pins) ?? []);
}

/** A scanner and what it is to do. */
export interface Assignment {
	readonly scanner: Scanner;
	readonly share: Share;
}

/** Shares a plan out; those who would have nothing to read are left in peace. There is always one assignment. */
export function assign(plan: Plan, scanners: readonly Scanner[]): Assignment[] {
	const [first, ...others] = cutShares(plan, scanners.length).map((share, i) => ({
		scanner: scanners[i]!,
		share
	}));
	const busy = [first!, ...others].filter(({ share }) => share.segments.length > 0);
	return busy.length > 0 ? busy : [first!];
}

/** Sums over the whole plan; no two of them are of the same bucket. */
export async function sumAll(
	assignments: readonly Assignment[],
	pins: PinMask,
	own: OwnTask | null
): Promise<PeriodSums[]> {
	return onAll(assignments, ({ scanner, share }) => scanner.sumBuckets(share, pins, own));
}

/** Counts the whole plan. */
export async function scanAll(
	plan: Plan,
	assignments: readonly Assignment[],
	task: ScanTask
): Promise<ScanResult> {
	const results = await onAll(assignments, async ({ scanner, share }) => ({
		share,
		result: await scanner.scan(share, task)
	}));
	return mergeScans(plan.buckets.length, results);
}

/** Has all shares done side by side. */
export function onAll<T>(
	assignments: readonly Assignment[],
	work: (assignment: Assignment) => Promise<T>
): Promise<T[]> {
	return Promise.all(assignments.map(work));
}
