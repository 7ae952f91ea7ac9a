import type { Segment } from '../../columns/segment';
import type { Pace } from '../../engine/pace';
import type { SegmentRef } from '../../engine/plan';
import { ProblemError } from '../../model/problem';
import { readSegments } from '../../store/batches';
import type { WorkspaceDatabase } from '../../store/database';
import { threadCount } from '../threads/nested-thread';

/** Segments in memory, over all threads of a workspace. */
const MAX_BYTES = 768 << 20;

/** Segments are asked for in groups of so many bytes, so that a cancelled query stops reading soon. */
const READ_BYTES = 8 << 20;

/** Segments in memory, read when first needed; those used longest ago go first. */
export class SegmentCache {
	readonly #db: WorkspaceDatabase;
	readonly #maxBytes: number;
	/** In the order of their last use. */
	readonly #segments = new Map<string, { readonly segment: Segment; readonly byteLength: number }>();
	#bytes = 0;

	constructor(db: WorkspaceDatabase, maxBytes = MAX_BYTES / threadCount()) {
		this.#db = db;
		this.#maxBytes = maxBytes;
	}

	/**
	 * The segments, in the same order.
	 * @throws ProblemError damaged_data, with all that are not there or cannot be read
	 */
	async read(pace: Pace, refs: readonly SegmentRef[]): Promise<Segment[]> {
		const missing = new Set(refs.filter((ref) => !this.#segments.has(keyOf(ref))));
		// Those in memory are taken first, before what is read now takes their place.
		const found = new Map<string, Segment>();
		for (const ref of refs) if (!missing.has(ref)) found.set(keyOf(ref), this.#use(keyOf(ref)));
		const damaged: (readonly [number, number])[] = [];
		for (const group of groupsOf([...missing])) {
			await pace();
			const keys = group.map(({ batchId, seq, head }) => [batchId, seq, head.edition] as const);
			const read = await readSegments(this.#db, keys);
			group.forEach((ref, i) => {
				const segment = read[i];
				if (!segment) return damaged.push([ref.batchId, ref.seq]);
				found.set(keyOf(ref), segment);
				this.#keep(ref, segment);
			});
		}
		if (damaged.length > 0) throw new ProblemError({ code: 'damaged_data', segments: damaged });
		return refs.map((ref) => found.get(keyOf(ref))!);
	}

	/** Forgets all segments but those of these batches. */
	keepOnly(batchIds: ReadonlySet<number>): void {
		for (const key of this.#segments.keys()) if (!batchIds.has(Number(key.split(':')[0]))) this.#drop(key);
	}

	#use(key: string): Segment {
		const cached = this.#segments.get(key)!;
		this.#segments.delete(key);
		this.#segments.set(key, cached);
		return cached.segment;
	}

	#keep(ref: SegmentRef, segment: Segment): void {
		const key = keyOf(ref);
		const { byteLength } = ref.head;
		this.#drop(key); // another query may have read it meanwhile
		this.#segments.set(key, { segment, byteLength });
		this.#bytes += byteLength;
		for (const oldest of this.#segments.keys()) {
			if (this.#bytes <= this.#maxBytes || oldest === key) break;
			this.#drop(oldest);
		}
	}

	#drop(key: string): void {
		this.#bytes -= this.#segments.get(key)?.byteLength ?? 0;
		this.#segments.delete(key);
	}
}

function keyOf({ batchId, seq, head }: SegmentRef): string {
	return `${batchId}:${seq}:${head.edition ?? ''}`;
}

/** Cuts what is to be read into groups. */
function groupsOf(refs: readonly SegmentRef[]): SegmentRef[][] {
	const groups: SegmentRef[][] = [];
	let bytes = Infinity;
	for (const ref of refs) {
		if (bytes + ref.head.byteLength > READ_BYTES) {
			groups.push([]);
			bytes = 0;
		}
		groups.at(-1)!.push(ref);
		bytes += ref.head.byteLength;
	}
	return groups;
}
