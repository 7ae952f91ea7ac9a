import { Dictionary, textCount, type TextBlock } from '../columns/dictionary';
import { packSegment, packedBytes } from '../columns/packed-segment';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes, type PeriodSums } from '../columns/period-sums';
import { headOf, type Segment } from '../columns/segment';
import type { RejectedBlock } from '../columns/rejected-block';
import type { PinClaims } from '../columns/pin-claims';
import type { Rejection } from '../model/problem';
import { deleteBatch, liveBatches, piecesOf, readTexts } from './batches';
import { segmentChecksum } from './checksum';
import {
	SEQ_PER_PART,
	type BatchId,
	type LiveBatch,
	type StoredHead,
	type StoredSegment,
	type StoredTexts,
	type WorkspaceDatabase
} from './database';
import { addReport, type ReportToStore } from './reports';

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
	/** How long the file is, unpacked. */
	readonly byteLength: number;
	readonly accepted: number;
	readonly rejected: number;
	readonly rejections: readonly Rejection[];
	/** Infinity and -Infinity where no row was accepted. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly columns: readonly string[];
	readonly parts: readonly { readonly firstLine: number; readonly claims: PinClaims }[];
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
			columns: [],
			firstLines: [],
			storedBytes: 0
		});
		return new BatchWriter(this, this.#db, id);
	}

	/** Stores a batch of reported figures, which is live at once. */
	async addReport(report: ReportToStore): Promise<LiveBatch> {
		const batch = await addReport(this.#db, report);
		this.#batches = [...this.#batches, batch];
		return batch;
	}

	dictionary(vocabulary: Vocabulary): Dictionary {
		return this.#dictionaries.get(vocabulary)!.dictionary;
	}

	/** Forgets all but these accounts, which come first: the others are named by nothing but rows thrown away. */
	keepAccounts(names: readonly string[]): void {
		const dictionary = new Dictionary();
		for (const name of names) dictionary.internText(name);
		const { stored } = this.#dictionaries.get('account')!;
		this.#dictionaries.set('account', { dictionary, stored });
	}

	/**
	 * Makes a batch live, in one transaction with the texts and claims that it brings, and reads it back.
	 * @returns the batch as stored
	 */
	async commit(id: BatchId, end: BatchEnd, written: readonly Written[]): Promise<LiveBatch> {
		const db = this.#db;
		// Texts that a cancelled file brought go with this batch: numbers must not have gaps.
		const texts = VOCABULARIES.map((vocabulary): StoredTexts => {
			const { dictionary, stored } = this.#dictionaries.get(vocabulary)!;
			const block = dictionary.blockFrom(stored);
			return { vocabulary, first: stored, count: textCount(block), batchId: id, block };
		}).filter(({ count }) => count > 0);
		const { fingerprint, byteLength, accepted, rejected, rejections, columns, parts, firstMs, lastMs } = end;
		const hasRows = accepted > 0;
		const segments = written.flatMap((part) => part.segments);
		const textBytes = texts.reduce(
			(sum, { block }) => sum + block.bytes.length + block.offsets.byteLength,
			0
		);

		await db.transaction('rw', [db.batches, db.texts, db.claims, db.daySums], async () => {
			await db.daySums.bulkAdd(
				written.map(({ daySums }, part) => ({ zone: 'UTC', batchId: id, part, sums: daySums }))
			);
			await db.texts.bulkAdd(texts);
			await db.claims.bulkAdd(parts.map(({ claims }, part) => ({ batchId: id, part, claims })));
			await db.batches.update(id, {
				state: 'live',
				fingerprint,
				fileBytes: byteLength,
				accepted,
				rejected,
				rejections,
				columns,
				firstLines: parts.map(({ firstLine }) => firstLine),
				firstMs: hasRows ? firstMs : null,
				lastMs: hasRows ? lastMs : null,
				segments,
				storedBytes: bytesOf(written) + textBytes
			});
		});
		for (const vocabulary of this.#dictionaries.values()) vocabulary.stored = vocabulary.dictionary.size;
		const batch = await db.batches.get(id);
		if (batch?.state !== 'live') throw new Error(`batch ${id} is not there after it was made live`);
		this.#batches = [...this.#batches, batch as LiveBatch];
		return batch as LiveBatch;
	}
}

/** What a part of a file has written. */
export interface Written {
	readonly segments: readonly StoredHead[];
	readonly rejectedBytes: number;
	/** By day in UTC. */
	readonly daySums: PeriodSums;
}

function bytesOf(written: readonly Written[]): number {
	return written.reduce(
		(sum, { rejectedBytes, daySums, segments }) =>
			sum +
			rejectedBytes +
			periodSumsBytes(daySums) +
			segments.reduce((all, head) => all + head.storedBytes, 0),
		0
	);
}

/** One batch on its way in. Either `commit` or `discard` ends it. */
export class BatchWriter {
	readonly id: BatchId;
	/** Names of the accounts that had a number before. */
	readonly accounts: readonly string[];
	readonly #session: ImportSession;
	readonly #db: WorkspaceDatabase;
	readonly #knownPins: number;

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

	/** Accounts that have a number by now. */
	accountCount(): number {
		return this.#session.dictionary('account').size;
	}

	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Uint32Array {
		return this.#session.dictionary(vocabulary).internBlock(texts);
	}

	/** @param written what the parts of `end` have written, in the same order */
	async commit(end: BatchEnd, written: readonly Written[]): Promise<LiveBatch> {
		return this.#session.commit(this.id, end, written);
	}

	/** Throws away what part `part` and those after it have written. */
	async discardFrom(part: number): Promise<void> {
		await piecesOf(this.#db.segments, this.id, part).delete();
		await piecesOf(this.#db.rejectedRows, this.id, part).delete();
		if (part === 0) this.#session.keepAccounts(this.accounts);
	}

	async discard(): Promise<void> {
		await deleteBatch(this.#db, this.id);
		this.#session.keepAccounts(this.accounts);
	}
}

/** Writes the pieces of one part of a file; can do so from another worker than the batch's. */
export class PartWriter {
	readonly #segments: StoredHead[] = [];
	readonly #daySums = new PeriodSumsBuilder();
	#rejectedBytes = 0;
	readonly #db: WorkspaceDatabase;
	readonly #batchId: BatchId;
	#nextSegment: number;
	#nextRejected: number;

	constructor(db: WorkspaceDatabase, batchId: BatchId, part: number) {
		this.#db = db;
		this.#batchId = batchId;
		this.#nextSegment = this.#nextRejected = part * SEQ_PER_PART;
	}

	async writeSegments(segments: readonly Segment[]): Promise<void> {
		const stored: StoredSegment[] = [];
		for (const segment of segments) {
			const packed = packSegment(segment);
			const checksum = await segmentChecksum(packed);
			stored.push({ batchId: this.#batchId, seq: this.#nextSegment++, segment: packed, checksum });
		}
		await this.#db.segments.bulkAdd(stored);
		for (const segment of segments) this.#daySums.addSegment(segment, dayBorders(segment, 'UTC'));
		this.#segments.push(
			...stored.map(({ seq, segment: packed }, i) => ({
				...headOf(segments[i]!),
				seq,
				storedBytes: packedBytes(packed)
			}))
		);
	}

	async writeRejected(rows: RejectedBlock): Promise<void> {
		await this.#db.rejectedRows.add({ batchId: this.#batchId, seq: this.#nextRejected++, rows });
		this.#rejectedBytes += rows.cells.bytes.length + rows.lines.byteLength;
	}

	/** What was written; to be asked at the end. */
	written(): Written {
		return {
			segments: this.#segments,
			rejectedBytes: this.#rejectedBytes,
			daySums: this.#daySums.finish()
		};
	}
}
