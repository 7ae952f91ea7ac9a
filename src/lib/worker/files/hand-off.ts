import type { Catalogue } from '../../columns/catalogue';
import type { LabelIndex } from '../../columns/label-index';
import type { Segment } from '../../columns/segment';
import type { TextBlocks } from '../../columns/text-blocks';
import { pinMask } from '../../engine/pin-mask';
import { ownTaskOf, type OwnNames } from '../../engine/own-values';
import { compileFilter } from '../../engine/combinations';
import type { Pace } from '../../engine/pace';
import type { Plan, SegmentRef } from '../../engine/plan';
import { narrowed } from '../../engine/scanner';
import { selectEvents } from '../../engine/select-events';
import { EventsParquet, type ByteSink } from '../../export/events-parquet';
import type { Query } from '../../model/query';

/** Events on their way to another engine, read days at a time: however many there are, few of them are in memory. */

/** Segments that are read together. */
const WINDOW_BYTES = 32 << 20;

/** What is stored, as far as it is needed. */
export interface HandOffData {
	readonly catalogue: () => Promise<Catalogue>;
	readonly labels?: () => Promise<LabelIndex>;
	/** Columns of one's own and their values. */
	readonly own: OwnNames;
	readonly readUserIds: () => Promise<TextBlocks>;
	/** The segments that are asked for, in the same order. */
	readonly read: (refs: readonly SegmentRef[]) => Promise<readonly Segment[]>;
}

/** Writes the events that pass as a Parquet file. `plan` is by day; `tell` gets how far it is, from 0 to 1. */
export async function writeEvents(
	pace: Pace,
	tell: (fraction: number) => void,
	query: Query,
	plan: Plan,
	data: HandOffData,
	sink: ByteSink
): Promise<void> {
	const catalogue = await data.catalogue();
	const mask = await pinMask(query, data);
	const filter = compileFilter(query.filter, catalogue.accounts);
	const parquet = new EventsParquet(catalogue, await data.readUserIds(), data.own, sink);
	const rows = plan.segments.reduce((sum, { head }) => sum + head.rows, 0);
	let rowsDone = 0;
	for (const window of windowsOf(plan, WINDOW_BYTES)) {
		const segments = narrowed(await data.read(window.segments), mask, ownTaskOf(query.filter, data.own));
		const rowsHere = segments.reduce((sum, segment) => sum + segment.rows, 0);
		let done = 0;
		for await (const selection of selectEvents(pace, window, segments, filter)) {
			await parquet.write(segments, selection);
			done += selection.length;
			tell(Math.min(1, (rowsDone + Math.min(done, rowsHere)) / rows));
		}
		rowsDone += rowsHere;
	}
	await parquet.finish();
}

/**
 * Cuts a plan into stretches of whole buckets, in order, each with the segments that hold an instant of it: no more than
 * `maxBytes` of them, unless it is a single bucket.
 */
export function* windowsOf(plan: Plan, maxBytes: number): Generator<Plan> {
	const { buckets, bucketStarts, bucketDays, segments } = plan;
	const spans = segments.map(({ head }) => ({
		first: bucketAt(bucketStarts, head.firstMs),
		last: bucketAt(bucketStarts, head.lastMs)
	}));
	const bytesFrom = new Float64Array(buckets.length);
	segments.forEach(({ head }, s) => (bytesFrom[spans[s]!.first]! += head.byteLength));
	for (let start = 0; start < buckets.length;) {
		let bytes = bytesFrom[start] as number;
		segments.forEach(({ head }, s) => {
			if (spans[s]!.first < start && spans[s]!.last >= start) bytes += head.byteLength;
		});
		let end = start + 1;
		while (end < buckets.length && bytes + (bytesFrom[end] as number) <= maxBytes) {
			bytes += bytesFrom[end++] as number;
		}
		const isIn = (_: SegmentRef, s: number) => spans[s]!.first < end && spans[s]!.last >= start;
		yield {
			...plan,
			buckets: buckets.slice(start, end),
			bucketStarts: bucketStarts.slice(start, end + 1),
			bucketDays: bucketDays.slice(start, end + 1),
			segments: segments.filter(isIn)
		};
		start = end;
	}
}

/** The bucket that an instant is in; of one before or after all of them the first or the last. */
function bucketAt(starts: Float64Array, ms: number): number {
	let low = 0;
	let high = starts.length - 2;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if ((starts[middle] as number) <= ms) low = middle;
		else high = middle - 1;
	}
	return low;
}
