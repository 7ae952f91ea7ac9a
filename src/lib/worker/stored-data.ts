import type { Catalogue } from '../columns/catalogue';
import type { Segment } from '../columns/segment';
import type { Pace } from '../engine/pace';
import { planQuery, type Plan } from '../engine/plan';
import type { Coverage, Filter, Grain } from '../model/query';
import { liveBatches, readCatalogue, readSegment } from '../store/batches';
import type { LiveBatch, WorkspaceDatabase } from '../store/database';

/** Segments are kept in memory up to this many bytes; those used longest ago go first. */
const MAX_CACHED_BYTES = 768 << 20;

/** Segments are asked for in groups, so that a cancelled query stops reading soon. */
const READ_AT_ONCE = 8;

/** What is stored, as the engine wants it: the live batches, their catalogue, and segments read when first needed. */
export class StoredData {
	readonly #db: WorkspaceDatabase;
	#batches: readonly LiveBatch[] = [];
	#catalogue: Promise<Catalogue> | null = null;
	/** In the order of their last use. */
	readonly #segments = new Map<string, { readonly segment: Segment; readonly byteLength: number }>();
	#cachedBytes = 0;

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	get batches(): readonly LiveBatch[] {
		return this.#batches;
	}

	/** Looks at the database again. */
	async refresh(): Promise<Coverage | null> {
		const batches = await liveBatches(this.#db);
		const ids = new Set(batches.map((batch) => batch.id));
		const isSame =
			batches.length === this.#batches.length && this.#batches.every((batch) => ids.has(batch.id));
		if (!isSame) {
			this.#catalogue = null;
			for (const batch of this.#batches) if (!ids.has(batch.id)) this.#forget(batch);
		}
		this.#batches = batches;
		return coverageOf(batches);
	}

	/** The plan of a query and all that it needs, read. */
	async prepare(
		pace: Pace,
		filter: Filter,
		grain: Grain
	): Promise<{ plan: Plan; catalogue: Catalogue; segments: Segment[] }> {
		const plan = planQuery(filter, grain, this.#batches);
		this.#catalogue ??= readCatalogue(this.#db);
		const catalogue = await this.#catalogue;
		const segments: Segment[] = [];
		for (let first = 0; first < plan.segments.length; first += READ_AT_ONCE) {
			await pace();
			const some = plan.segments.slice(first, first + READ_AT_ONCE);
			segments.push(
				...(await Promise.all(some.map((ref) => this.#segment(ref.batchId, ref.seq, ref.head.byteLength))))
			);
		}
		return { plan, catalogue, segments };
	}

	async #segment(batchId: number, seq: number, byteLength: number): Promise<Segment> {
		const key = `${batchId}:${seq}`;
		const cached = this.#segments.get(key);
		if (cached) {
			this.#segments.delete(key);
			this.#segments.set(key, cached);
			return cached.segment;
		}
		const segment = await readSegment(this.#db, batchId, seq);
		this.#drop(key); // another query may have read it meanwhile
		this.#segments.set(key, { segment, byteLength });
		this.#cachedBytes += byteLength;
		for (const oldest of this.#segments.keys()) {
			if (this.#cachedBytes <= MAX_CACHED_BYTES || oldest === key) break;
			this.#drop(oldest);
		}
		return segment;
	}

	#forget(batch: LiveBatch): void {
		for (const { seq } of batch.segments) this.#drop(`${batch.id}:${seq}`);
	}

	#drop(key: string): void {
		this.#cachedBytes -= this.#segments.get(key)?.byteLength ?? 0;
		this.#segments.delete(key);
	}
}

function coverageOf(batches: readonly LiveBatch[]): Coverage | null {
	const filled = batches.filter(({ accepted }) => accepted > 0);
	if (filled.length === 0) return null;
	return {
		firstMs: filled.reduce((least, { firstMs }) => Math.min(least, firstMs ?? least), Infinity),
		lastMs: filled.reduce((most, { lastMs }) => Math.max(most, lastMs ?? most), -Infinity),
		events: filled.reduce((sum, { accepted }) => sum + accepted, 0)
	};
}
