import type { PinClaims } from '../columns/pin-claims';
import type { TextBlock } from '../columns/text-block';
import type { OfferedColumn } from '../model/import-report';
import type { Rejection } from '../model/problem';
import { deleteBatch } from './batches';
import {
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredBatch,
	type Vocabulary,
	type WorkspaceDatabase
} from './database';
import type { Pause } from './day-marks';
import type { Written } from './part-writer';
import type { TextNumbering } from './text-numbering';

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
	/** Names of columns of one's own that were kept. */
	readonly own?: readonly string[];
	/** Columns that were not kept and could be. */
	readonly offered?: readonly OfferedColumn[];
	readonly parts: readonly { readonly firstLine: number; readonly claims: PinClaims }[];
}

/** A batch of the same bytes that can no longer be read, and makes way for a new one. */
export interface Damaged {
	readonly batch: LiveBatch;
	readonly pause: Pause;
}

/** Makes a batch live: by its number where it has one, else by its record before its end. */
export type Commit = (
	batch: BatchId | StoredBatch,
	end: BatchEnd,
	written: readonly Written[],
	damaged: Damaged | undefined
) => Promise<LiveBatch>;

/** One batch on its way in. Either `commit` or `discard` ends it. */
export class BatchWriter {
	/** Names of the accounts that had a number before. */
	readonly accounts: readonly string[];
	readonly #openBefore: ReadonlyMap<Vocabulary, number>;
	readonly #db: WorkspaceDatabase;
	readonly #texts: TextNumbering;
	readonly #staging: StoredBatch;
	readonly #commit: Commit;
	readonly #knownPins: number;
	#id: Promise<BatchId> | null = null;

	/** @param staging its record before its end */
	constructor(db: WorkspaceDatabase, texts: TextNumbering, staging: StoredBatch, commit: Commit) {
		this.#db = db;
		this.#texts = texts;
		this.#staging = staging;
		this.#commit = commit;
		this.accounts = texts.names('account');
		this.#openBefore = texts.openLists();
		this.#knownPins = texts.dictionary('pin').size;
	}

	/** The batch's number. It is in the database from then on, and swept at the next start unless it is committed. */
	id(): Promise<BatchId> {
		return (this.#id ??= this.#db.batches.add(this.#staging));
	}

	/** Pins that this batch is the first to name. */
	get newPins(): number {
		return this.#texts.dictionary('pin').size - this.#knownPins;
	}

	/** How many values each open list has by now: accounts, then columns of one's own. */
	openLists(): readonly number[] {
		return [...this.#texts.openLists().values()];
	}

	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Uint32Array {
		return this.#texts.dictionary(vocabulary).internBlock(texts);
	}

	/**
	 * @param written what the parts of `end` have written, in the same order
	 * @param damaged the batch that it takes the place of
	 */
	async commit(end: BatchEnd, written: readonly Written[], damaged?: Damaged): Promise<LiveBatch> {
		const batch = damaged ? await this.id() : ((await this.#id) ?? this.#staging);
		return this.#commit(batch, end, written, damaged);
	}

	/** Throws away what part `part` and those after it have written. */
	async discardFrom(part: number): Promise<void> {
		const id = await this.#id;
		if (id !== null) {
			await piecesOf(this.#db.segments, id, part).delete();
			await piecesOf(this.#db.rejectedRows, id, part).delete();
		}
		if (part === 0) this.#texts.keepOnly(this.#openBefore);
	}

	async discard(): Promise<void> {
		const id = (await this.#id?.catch(() => null)) ?? null; // where it could not begin, there is nothing of it
		if (id !== null) await deleteBatch(this.#db, id);
		this.#texts.keepOnly(this.#openBefore);
	}
}
