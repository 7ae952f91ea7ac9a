import { Catalogue } from '../../src/lib/columns/catalogue';
import { Dictionary, type TextBlock } from '../../src/lib/columns/dictionary';
import type { PinClaims } from '../../src/lib/columns/pin-claims';
import { headOf, type Segment } from '../../src/lib/columns/segment';
import { answerQuery, type EngineData } from '../../src/lib/engine/answer';
import { planQuery, type Plan } from '../../src/lib/engine/plan';
import type { ByteSource } from '../../src/lib/import/byte-source';
import {
	importEventFile,
	type BatchSink,
	type EventFileResult,
	type Vocabulary
} from '../../src/lib/import/event-file';
import type { Answer, Filter, Grain, Query } from '../../src/lib/model/query';

/**
 * A workspace without storage: import and engine joined in memory, so that what lies between a file's bytes and an
 * answer can be tested, and timed, in plain Node.
 */
export class MemoryWorkspace {
	readonly #dictionaries: Record<Vocabulary, Dictionary> = {
		pin: new Dictionary(),
		user: new Dictionary(),
		account: new Dictionary()
	};
	readonly #batches: { id: number; segments: Segment[]; claims: PinClaims; result: EventFileResult }[] = [];
	#lastId = 0;
	/** The rejected rows of the file imported last, as CSV. */
	rejectedCsv = '';

	async import(bytes: Uint8Array): Promise<EventFileResult & { batchId: number }> {
		const segments: Segment[] = [];
		this.rejectedCsv = '';
		const accounts = this.#dictionaries.account;
		const sink: BatchSink = {
			accounts: Array.from({ length: accounts.size }, (_, i) => accounts.text(i)),
			intern: async (vocabulary: Vocabulary, texts: TextBlock) =>
				this.#dictionaries[vocabulary].internBlock(texts),
			writeSegments: async (written) => void segments.push(...written),
			writeRejected: async (csv) => void (this.rejectedCsv += new TextDecoder().decode(csv))
		};
		const result = await importEventFile(new AbortController().signal, bufferSource(bytes), sink, () => {});
		const id = ++this.#lastId;
		this.#batches.push({ id, segments, claims: result.claims, result });
		return { ...result, batchId: id };
	}

	undo(batchId: number): void {
		const index = this.#batches.findIndex(({ id }) => id === batchId);
		this.#batches.splice(index, 1);
	}

	get segments(): readonly Segment[] {
		return this.#batches.flatMap(({ segments }) => segments);
	}

	catalogue(): Catalogue {
		const { pin, account, user } = this.#dictionaries;
		return new Catalogue(
			[pin.blockFrom(0)],
			[account.blockFrom(0)],
			[user.blockFrom(0)],
			this.#batches.map(({ claims }) => claims)
		);
	}

	/** The plan of a query, and what it reads. */
	prepare(filter: Filter, grain: Grain): { plan: Plan; data: EngineData } {
		const heads = this.#batches.map(({ id, segments }) => ({ id, segments: segments.map(headOf) }));
		const plan = planQuery(filter, grain, heads);
		const byId = new Map(this.#batches.map(({ id, segments }) => [id, segments]));
		const segments = plan.segments.map(({ batchId, seq }) => byId.get(batchId)![seq]!);
		return { plan, data: { catalogue: this.catalogue(), segments } };
	}

	answer(query: Query): Promise<Answer> {
		const { plan, data } = this.prepare(query.filter, query.grain);
		return answerQuery(() => {}, query, plan, data);
	}
}

/** Bytes as a file has them. */
export function bufferSource(bytes: Uint8Array): ByteSource {
	return { byteLength: bytes.length, slice: async (start, end) => bytes.slice(start, end) };
}

/** Text as the bytes of a file. */
export function utf8(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** A filter that lets everything pass from 1990 to 2099. */
export function openFilter(changes: Partial<Omit<Filter, 'values'>> & { values?: Partial<Filter['values']> } = {}): Filter {
	return {
		tz: 'UTC',
		from: '1990-01-01',
		to: '2099-12-31',
		...changes,
		values: { content_type: [], source: [], device: [], account: [], format: [], ...changes.values }
	};
}

/** A query for everything, by month. */
export function openQuery(changes: Partial<Query> = {}): Query {
	return {
		filter: openFilter(),
		grain: 'month',
		split: null,
		splitLimit: 11,
		sort: 'impressions',
		top: 50,
		...changes
	};
}
