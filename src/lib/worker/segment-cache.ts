import type { Segment } from '../columns/segment';
import type { Pace } from '../engine/pace';
import type { SegmentRef } from '../engine/plan';
import { readSegment } from '../store/batches';
import type { WorkspaceDatabase } from '../store/database';
import { threadCount } from './nested-thread';

/** Segments in memory, over all threads of a workspace. */
const MAX_BYTES = 768 << 20;

/** Segments are asked for in groups, so that a cancelled query stops reading soon. */
const READ_AT_ONCE = 8;

/** Segments in memory, read when first needed; those used longest ago go first. */
export class SegmentCache {
	readonly #db: WorkspaceDatabase;
	readonly #maxBytes = MAX_BYTES / threadCount();
	/** In the order of their last use. */
	readonly #segments = new Map<string, { readonly segment: Segment; readonly byteLength: number }>();
	#bytes = 0;

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	/**
	 * The segments, in the same order.
	 * @throws ProblemError damaged_data where one is not there, or cannot be read
	 */
	async read(pace: Pace, refs: readonly SegmentRef[]): Promise<Segment[]> {
		const segments: Segment[] = [];
		for (let first = 0; first < refs.length; first += READ_AT_ONCE) {
			await pace();
			const some = refs.slice(first, first + READ_AT_ONCE);
			segments.push(...(await Promise.all(some.map((ref) => this.#readOne(ref)))));
		}
		return segments;
	}

	/** Forgets all segments but those of these batches. */
	keepOnly(batchIds: ReadonlySet<number>): void {
		for (const key of this.#segments.keys()) if (!batchIds.has(Number(key.split(':')[0]))) this.#drop(key);
	}

	async #readOne({ batchId, seq, head }: SegmentRef): Promise<Segment> {
		const key = `${batchId}:${seq}`;
		const cached = this.#segments.get(key);
		if (cached) {
			this.#segments.delete(key);
			this.#segments.set(key, cached);
			return cached.segment;
		}
		const segment = await readSegment(this.#db, batchId, seq);
		this.#drop(key); // another query may have read it meanwhile
		this.#segments.set(key, { segment, byteLength: head.byteLength });
		this.#bytes += head.byteLength;
		for (const oldest of this.#segments.keys()) {
			if (this.#bytes <= this.#maxBytes || oldest === key) break;
			this.#drop(oldest);
		}
		return segment;
	}

	#drop(key: string): void {
		this.#bytes -= this.#segments.get(key)?.byteLength ?? 0;
		this.#segments.delete(key);
	}
}
