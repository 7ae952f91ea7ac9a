import type { Segment } from '../columns/segment';
import type { SumsByCode } from './combinations';
import type { Pace } from './pace';
import { cutShares, type Plan, type SegmentRef, type Share } from './plan';
import { mergeSums, sumByCode } from './range-sums';
import { mergeScans, scan, type ScanResult, type ScanTask } from './scan';

/** Works on a share of a query: in this thread, or by proxy in another. */
export interface Scanner {
	/** Σ n per combination over the share, whatever the filter. */
	sumByCode(share: Share): Promise<SumsByCode>;
	scan(share: Share, task: ScanTask): Promise<ScanResult>;
}

/** A scanner in this thread. `read` gives the segments that are asked for, in the same order. */
export function scannerHere(
	pace: Pace,
	read: (pace: Pace, refs: readonly SegmentRef[]) => Promise<readonly Segment[]>
): Scanner {
	return {
		sumByCode: async (share) => sumByCode(pace, await read(pace, share.segments), share),
		scan: async (share, task) => scan(pace, await read(pace, share.segments), share, task)
	};
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

/** Σ n per combination over the whole plan. */
export async function sumAll(assignments: readonly Assignment[]): Promise<SumsByCode> {
	return mergeSums(await onAll(assignments, ({ scanner, share }) => scanner.sumByCode(share)));
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
function onAll<T>(
	assignments: readonly Assignment[],
	work: (assignment: Assignment) => Promise<T>
): Promise<T[]> {
	return Promise.all(assignments.map(work));
}
