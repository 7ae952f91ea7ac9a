import { Dictionary, textCount, type TextBlock } from '../columns/dictionary';
import { headOf, type Segment, type SegmentHead } from '../columns/segment';
import type { PinClaims } from '../columns/pin-claims';
import type { Rejection } from '../model/problem';
import { deleteBatch, liveBatches, readTexts } from './batches';
import type { BatchId, LiveBatch, StoredTexts, WorkspaceDatabase } from './database';

type Vocabulary = StoredTexts['vocabulary'];
const VOCABULARIES = ['pin', 'user', 'account'] as const satisfies readonly Vocabulary[];

/** What is known of a file before it is read. */
export interface BatchStart {
	readonly file: string;
	readonly fileBytes: number;
	readonly isSample: boolean;
}

/** What is known of it afterwards. */
export interface BatchEnd {
	readonly fingerprint: string;
	readonly accepted: number;
	readonly rejected: number;
	readonly rejections: readonly Rejection[];
	readonly firstMs: number;
	readonly lastMs: number;
	readonly claims: PinClaims;
}

/**
 * Writing to a workspace. Only one session may be open on a workspace at a time (see the lock in worker/), since it
 * holds the numbering of all texts.
 */
export class ImportSession {
	readonly #db: WorkspaceDatabase;
	readonly #dictionaries = new Map<Vocabulary, { readonly dictionary: Dictionary; stored: number }>();
	#batches: LiveBatch[] = [];

	private constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	static async open(db: WorkspaceDatabase): Promise<ImportSession> {
		const session = new ImportSession(db);
		session.#batches = await liveBatches(db);
		for (const vocabulary of VOCABULARIES) {
			const dictionary = new Dictionary();
			for (const { block } of await readTexts(db, vocabulary)) dictionary.internBlock(block);
			session.#dictionaries.set(vocabulary, { dictionary, stored: dictionary.size });
		}
		return session;
	}

	/** The live batches, those of this session included. */
	get batches(): readonly LiveBatch[] {
		return this.#batches;
	}

	/** Starts a batch that is not live yet. */
	async begin(start: BatchStart): Promise<BatchWriter> {
		const id = await this.#db.batches.add({
			...start,
			state: 'staging',
			importedAt: Date.now(),
			fingerprint: '',
			accepted: 0,
			rejected: 0,
			rejections: [],
			firstMs: null,
			lastMs: null,
			segments: [],
			storedBytes: 0
		});
		return new BatchWriter(this, this.#db, id);
	}

	dictionary(vocabulary: Vocabulary): Dictionary {
		return this.#dictionaries.get(vocabulary)!.dictionary;
	}

	/**
	 * Makes a batch live, in one transaction with the texts and claims that it brings, and reads it back.
	 * @returns the batch as stored
	 */
	async commit(
		id: BatchId,
		end: BatchEnd,
		segments: readonly SegmentHead[],
		storedBytes: number
	): Promise<LiveBatch> {
		const db = this.#db;
		// Texts that a cancelled file brought go with this batch: numbers must not have gaps.
		const texts = VOCABULARIES.map((vocabulary): StoredTexts => {
			const { dictionary, stored } = this.#dictionaries.get(vocabulary)!;
			return { vocabulary, first: stored, batchId: id, block: dictionary.blockFrom(stored) };
		}).filter(({ block }) => textCount(block) > 0);
		const { claims, firstMs, lastMs, ...facts } = end;
		const hasRows = end.accepted > 0;
		const textBytes = texts.reduce(
			(sum, { block }) => sum + block.bytes.length + block.offsets.byteLength,
			0
		);

		await db.transaction('rw', [db.batches, db.texts, db.claims], async () => {
			await db.texts.bulkAdd(texts);
			if (hasRows) await db.claims.add({ batchId: id, claims });
			await db.batches.update(id, {
				...facts,
				state: 'live',
				firstMs: hasRows ? firstMs : null,
				lastMs: hasRows ? lastMs : null,
				segments,
				storedBytes: storedBytes + textBytes + claims.texts.bytes.length
			});
		});
		for (const vocabulary of this.#dictionaries.values()) vocabulary.stored = vocabulary.dictionary.size;
		const batch = await db.batches.get(id);
		if (batch?.state !== 'live') throw new Error(`batch ${id} is not there after it was made live`);
		this.#batches = [...this.#batches, batch as LiveBatch];
		return batch as LiveBatch;
	}
}

/** One batch on its way in. Either `commit` or `discard` ends it. */
export class BatchWriter {
	readonly id: BatchId;
	/** Names of the accounts that have a number already. */
	readonly accounts: readonly string[];
	readonly #session: ImportSession;
	readonly #db: WorkspaceDatabase;
	readonly #segments: SegmentHead[] = [];
	readonly #knownPins: number;
	#rejectedPieces = 0;
	#rejectedBytes = 0;

	constructor(session: ImportSession, db: WorkspaceDatabase, id: BatchId) {
		this.#session = session;
		this.#db = db;
		this.id = id;
		const accounts = session.dictionary('account');
		this.accounts = Array.from({ length: accounts.size }, (_, i) => accounts.text(i));
		this.#knownPins = session.dictionary('pin').size;
	}

	/** Pins that this batch is the first to name. */
	get newPins(): number {
		return this.#session.dictionary('pin').size - this.#knownPins;
	}

	async intern(vocabulary: Vocabulary, texts: TextBlock): Promise<Uint32Array> {
		return this.#session.dictionary(vocabulary).internBlock(texts);
	}

	async writeSegments(segments: readonly Segment[]): Promise<void> {
		const first = this.#segments.length;
		await this.#db.segments.bulkAdd(
			segments.map((segment, i) => ({ batchId: this.id, seq: first + i, segment }))
		);
		this.#segments.push(...segments.map(headOf));
	}

	async writeRejected(csv: Uint8Array): Promise<void> {
		await this.#db.rejectedRows.add({ batchId: this.id, seq: this.#rejectedPieces++, csv });
		this.#rejectedBytes += csv.length;
	}

	async commit(end: BatchEnd): Promise<LiveBatch> {
		const segmentBytes = this.#segments.reduce((sum, segment) => sum + segment.byteLength, 0);
		return this.#session.commit(this.id, end, this.#segments, segmentBytes + this.#rejectedBytes);
	}

	async discard(): Promise<void> {
		await deleteBatch(this.#db, this.id);
	}
}
