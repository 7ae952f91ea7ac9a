import { rowAt, type Segment } from '../columns/segment';
import type { Pace } from './pace';
import type { Share } from './plan';

/** Callbacks for each bucket of a share, and for its rows in each segment. */
export interface BucketVisitor {
	/** @param bucket its place in the share */
	readonly begin: (bucket: number) => void;
	/** Rows [start, end) of segment s are of the bucket that began. */
	readonly rows: (s: number, start: number, end: number) => void;
	readonly end?: (bucket: number) => void;
}

/**
 * Goes through a share bucket by bucket, and in each through all segments that have rows in it, so that a person's mark
 * shows whether they were met in it. Buckets that no segment reaches into are passed over.
 * @param segments the share's segments, read
 */
export async function walkBuckets(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	visitor: BucketVisitor
): Promise<void> {
	// Segments by the time they start, so that each bucket looks only at those that have begun and not ended.
	const waiting = segments.map((_, s) => s).sort((a, b) => segments[b]!.firstMs - segments[a]!.firstMs);
	let open: number[] = [];
	for (let bucket = 0; bucket < share.buckets.length; bucket++) {
		const fromMs = share.fromMs[bucket] as number;
		const toMs = share.toMs[bucket] as number;
		while (waiting.length > 0 && segments[waiting[waiting.length - 1]!]!.firstMs < toMs)
			open.push(waiting.pop()!);
		if (open.length === 0) continue;
		visitor.begin(bucket);
		for (const s of open) {
			const turn = pace();
			if (turn) await turn; // seldom: an await alone costs as much as some rows
			const segment = segments[s]!;
			const start = fromMs <= segment.firstMs ? 0 : rowAt(segment, fromMs);
			const end = toMs > segment.lastMs ? segment.rows : rowAt(segment, toMs);
			if (start < end) visitor.rows(s, start, end);
		}
		visitor.end?.(bucket);
		open = open.filter((s) => segments[s]!.lastMs >= toMs);
	}
}
