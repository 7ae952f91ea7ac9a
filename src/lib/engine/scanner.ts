import type { Segment } from '../columns/segment';
import type { SumsByCode } from './combinations';
import type { Pace } from './pace';
import type { SegmentRef, Share } from './plan';
import { sumByCode } from './range-sums';
import { scan, type ScanResult, type ScanTask } from './scan';

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

/** Has each scanner do its share. */
export function onShares<T>(
	scanners: readonly Scanner[],
	shares: readonly Share[],
	work: (scanner: Scanner, share: Share) => Promise<T>
): Promise<T[]> {
	return Promise.all(shares.map((share, i) => work(scanners[i]!, share)));
}
