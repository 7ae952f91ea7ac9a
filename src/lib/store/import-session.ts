import { Dictionary } from '../columns/dictionary';
import { textCount, type TextBlock } from '../columns/text-block';
import type { PinClaims } from '../columns/pin-claims';
import { reportClaims } from '../columns/report-claims';
import type { OfferedColumn } from '../model/import-report';
import { unlessFull, type Rejection } from '../model/problem';
import { ownDimension } from '../model/dimension';
import { nextStamp } from './batch-order';
import {
	deleteBatch,
	isReadable,
	liveBatches,
	ownColumnsOf,
	ownVocabularies,
	readTexts,
	tablesOfBatches
} from './batches';
import {
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredBatch,
	type StoredTexts,
	type StoredMark,
	type StoredUndoMark,
	type WorkspaceDatabase
} from './database';
import type { Pause } from './day-marks';
import { bytesOf, writeHeld, type Written } from './part-writer';
import { addReport, readFactBatches, type BatchFacts, type BatchName, type ReportToStore } from './reports';
import { takeOver } from './same-days';
import { countingMarks, putMarksAhead } from './undo-marks';

type Vocabulary = StoredTexts['vocabulary'];
const VOCABULARIES = ['pin', 'user', 'account'] as const satisfies readonly Vocabulary[];

/** Lists that may only have so many values: none may be taken up by rows that are thrown away. */
const isOpenList = (vocabulary: Vocabulary) => vocabulary !== 'pin' && vocabulary !== 'user';

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

/**
 * Writing to a workspace. Only one session may be open on a workspace at a time (see the lock in worker/), since it
 * holds the numbering of all texts.
 */
export class ImportSession {
	readonly #db: WorkspaceDatabase;
	readonly #dictionaries = new Map<Vocabulary, { readonly dictionary: Dictionary; stored: number }>();
	#batches: LiveBatch[] = [];
	#marks: ReadonlyMap<string, StoredUndoMark> = new Map();

	private constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	static async open(db: WorkspaceDatabase): Promise<ImportSession> {
		const session = new ImportSession(db);
		session.#batches = await liveBatches(db);
		const marks = await db.undoMarks.toArray();
		session.#marks = new Map(countingMarks(marks, session.#batches).map((mark) => [mark.fingerprint, mark]));
		await session.#addMarksAhead(marks);
		for (const vocabulary of [...VOCABULARIES, ...(await ownVocabularies(db))]) {
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

	/** Starts a batch that is not live yet. Nothing of it is stored before it is asked for its number or committed. */
	begin(start: BatchStart): BatchWriter {
		const staging: StoredBatch = {
			...start,
			state: 'staging',
			stamp: 0,
			generation: 1,
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
		};
		return new BatchWriter(this, this.#db, staging);
	}

	/** The facts of live batches of reports, in the order of their import. */
	factsOf(batches: readonly LiveBatch[]): Promise<BatchFacts[]> {
		return readFactBatches(this.#db, batches);
	}

	/** Whether all that counts of a live batch can be read. */
	isReadable(batch: LiveBatch): Promise<boolean> {
		return isReadable(this.#db, batch);
	}

	/**
	 * Stores a batch of reported figures, a directory or audience insights, which is live at once. Not while a batch of
	 * events is on its way in: texts belong to the batch that brought them.
	 * @param instead the batch that it takes the place of: one that can no longer be read, or was read less fully
	 */
	async addReport(report: ReportToStore, instead?: LiveBatch): Promise<LiveBatch> {
		const pins = this.dictionary('pin');
		const claims = reportClaims(report.contents, (pinId) => pins.internText(pinId));
		const named = this.#nameOf(report.fingerprint, instead);
		const names = { claims, texts: this.#newTexts() };
		const batch = await addReport(this.#db, report, names, { named, marks: this.#marks, instead });
		this.#noteTextsStored();
		this.#batches = instead ? await liveBatches(this.#db) : [...this.#batches, batch];
		return batch;
	}

	dictionary(vocabulary: Vocabulary): Dictionary {
		let known = this.#dictionaries.get(vocabulary);
		if (!known) this.#dictionaries.set(vocabulary, (known = { dictionary: new Dictionary(), stored: 0 }));
		return known.dictionary;
	}

	/** The texts of a vocabulary, by their numbers. */
	names(vocabulary: Vocabulary): readonly string[] {
		const dictionary = this.dictionary(vocabulary);
		return Array.from({ length: dictionary.size }, (_, i) => dictionary.text(i));
	}

	/** Columns of one's own that a live batch has, by name, with the values that have a number. */
	get ownColumns(): readonly { readonly name: string; readonly values: readonly string[] }[] {
		return ownColumnsOf(this.#batches).map((name) => ({ name, values: this.names(ownDimension(name)) }));
	}

	/** How many values each open list has: accounts, then columns of one's own. */
	openLists(): ReadonlyMap<Vocabulary, number> {
		const lists = [...this.#dictionaries].filter(([vocabulary]) => isOpenList(vocabulary));
		return new Map(lists.map(([vocabulary, { dictionary }]) => [vocabulary, dictionary.size]));
	}

	/** Forgets of open lists all but the first values: the others are named by nothing but rows thrown away. */
	keepOnly(sizes: ReadonlyMap<Vocabulary, number>): void {
		for (const [vocabulary, { dictionary: known, stored }] of this.#dictionaries) {
			if (!isOpenList(vocabulary)) continue;
			const dictionary = new Dictionary();
			for (let i = 0; i < (sizes.get(vocabulary) ?? 0); i++) dictionary.internText(known.text(i));
			this.#dictionaries.set(vocabulary, { dictionary, stored });
		}
	}

	/**
	 * Makes a batch live, in one transaction with what it holds and the texts and claims that it brings, and reads it
	 * back.
	 * @param batch its number where it has one; as it is before its end, where it has none
	 * @param damaged goes in the same transaction; its texts stay, since later numbers follow on theirs. Needs a number
	 * @returns the batch as stored
	 */
	async commit(
		batch: BatchId | StoredBatch,
		end: BatchEnd,
		written: readonly Written[],
		damaged?: Damaged
	): Promise<LiveBatch> {
		const db = this.#db;
		const texts = this.#newTexts();
		const { fingerprint, byteLength, accepted, rejected, rejections, columns, parts, firstMs, lastMs } = end;
		const own = {
			...(end.own?.length ? { own: end.own } : {}),
			...(end.offered?.length ? { offered: end.offered } : {})
		};
		const hasRows = accepted > 0;
		const segments = written.flatMap((part) => part.segments);
		const textBytes = texts.reduce(
			(sum, { block }) => sum + block.bytes.length + block.offsets.byteLength,
			0
		);

		const changes = {
			...this.#nameOf(fingerprint, damaged?.batch),
			state: 'live',
			fingerprint,
			fileBytes: byteLength,
			accepted,
			rejected,
			rejections,
			columns,
			...own,
			firstLines: parts.map(({ firstLine }) => firstLine),
			firstMs: hasRows ? firstMs : null,
			lastMs: hasRows ? lastMs : null,
			segments,
			storedBytes: bytesOf(written) + textBytes
		} as const;
		const takeItsPlace =
			damaged && typeof batch === 'number' && (await this.#takeOver(damaged, batch, written, changes));

		const id = await db.transaction('rw', [...tablesOfBatches(db), db.texts, db.undoMarks], async () => {
			const batchId = typeof batch === 'number' ? batch : await db.batches.add({ ...batch, ...changes });
			if (!takeItsPlace) for (const { held } of written) await writeHeld(db, batchId, held);
			await db.daySums.bulkAdd(
				written.map(({ daySums }, part) => ({ zone: 'UTC', batchId, part, sums: daySums }))
			);
			await db.texts.bulkAdd(texts.map((block) => ({ ...block, batchId })));
			await db.claims.bulkAdd(parts.map(({ claims }, part) => ({ batchId, part, claims })));
			if (typeof batch === 'number') await db.batches.update(batchId, changes);
			if (takeItsPlace) await takeItsPlace();
			const stored = await db.batches.get(batchId);
			if (stored) await putMarksAhead(db, [stored], this.#marks);
			return batchId;
		});
		this.#noteTextsStored();
		const live = await db.batches.get(id);
		if (live?.state !== 'live') throw new Error(`batch ${id} is not there after it was made live`);
		this.#batches = damaged ? await liveBatches(db) : [...this.#batches, live as LiveBatch];
		return live as LiveBatch;
	}

	/** The texts that came since the last call, to be stored with the batch that brought them (`commitTaken`). */
	takeNewTexts(): Omit<StoredTexts, 'batchId'>[] {
		const texts = this.#newTexts();
		this.#noteTextsStored();
		return texts;
	}

	/**
	 * Makes batches live that were read in another copy of the workspace, in one transaction.
	 * @param store does so within it, with the texts that they bring (`takeNewTexts`), and gives their numbers
	 */
	async commitTaken(store: () => Promise<readonly BatchId[]>): Promise<LiveBatch[]> {
		const db = this.#db;
		const ids = await db.transaction('rw', db.tables, async () => {
			const stored = await store();
			const batches = (await db.batches.bulkGet([...stored])).filter((batch) => batch !== undefined);
			await putMarksAhead(db, batches, this.#marks);
			return stored;
		});
		this.#batches = await liveBatches(db);
		const live = new Map(this.#batches.map((batch) => [batch.id, batch]));
		return ids.map((id) => {
			const batch = live.get(id);
			if (!batch) throw new Error(`batch ${id} is not there after it was taken in`);
			return batch;
		});
	}

	/** Whether the import of any file was undone, and not made again since. */
	get hasUndone(): boolean {
		return this.#marks.size > 0;
	}

	/** Whether the import of these bytes was undone, and not made again since. */
	isUndone(fingerprint: string): boolean {
		const mark = this.#marks.get(fingerprint);
		return mark !== undefined && !this.#batches.some((batch) => batch.fingerprint === fingerprint);
	}

	/** What names a batch among all that there are, and gives it its place. */
	#nameOf(fingerprint: string, instead: LiveBatch | undefined): BatchName {
		const now = Date.now();
		if (instead) {
			const { stamp, generation } = instead;
			// The later reading counts, even where the clock was set back.
			return { stamp, generation, importedAt: Math.max(now, instead.importedAt + 1) };
		}
		const stamp = nextStamp(now, this.#batches, this.#marks.values());
		const generation = (this.#marks.get(fingerprint)?.generation ?? 0) + 1;
		return { stamp, generation, importedAt: now };
	}

	/** Gives imports of an earlier version their marks, where there is room for them. */
	async #addMarksAhead(stored: readonly StoredMark[]): Promise<void> {
		const there = new Set(stored.flatMap(({ fingerprint, ahead }) => (ahead ? fingerprint : [])));
		const without = this.#batches.filter(({ isSample, fingerprint }) => !isSample && !there.has(fingerprint));
		if (without.length > 0) await putMarksAhead(this.#db, without, this.#marks).catch(unlessFull);
	}

	/** The texts that have a number and are not stored. Those that a cancelled file brought go too: numbers must not have gaps. */
	#newTexts(): Omit<StoredTexts, 'batchId'>[] {
		return [...this.#dictionaries].flatMap(([vocabulary, { dictionary, stored }]) => {
			if (dictionary.size === stored) return [];
			const block = dictionary.blockFrom(stored);
			return [{ vocabulary, first: stored, count: textCount(block), block }];
		});
	}

	#noteTextsStored(): void {
		for (const vocabulary of this.#dictionaries.values()) vocabulary.stored = vocabulary.dictionary.size;
	}

	/** What takes another batch's place is compared with the rows of all others: those that it holds are written first. */
	async #takeOver(
		{ batch, pause }: Damaged,
		id: BatchId,
		written: readonly Written[],
		changes: Partial<LiveBatch>
	) {
		for (const { held } of written) await writeHeld(this.#db, id, held);
		const begun = (await this.#db.batches.get(id)) as LiveBatch;
		// What was chosen for that one holds for it.
		const sameDays = batch.sameDays ?? 'add_all';
		const taker = { ...begun, ...changes, sameDays };
		const settle = await takeOver(this.#db, pause, batch, taker);
		return async () => {
			await this.#db.batches.update(id, { sameDays });
			await settle();
		};
	}
}

/** One batch on its way in. Either `commit` or `discard` ends it. */
export class BatchWriter {
	/** Names of the accounts that had a number before. */
	readonly accounts: readonly string[];
	readonly #openBefore: ReadonlyMap<Vocabulary, number>;
	readonly #session: ImportSession;
	readonly #db: WorkspaceDatabase;
	readonly #staging: StoredBatch;
	readonly #knownPins: number;
	#id: Promise<BatchId> | null = null;

	constructor(session: ImportSession, db: WorkspaceDatabase, staging: StoredBatch) {
		this.#session = session;
		this.#db = db;
		this.#staging = staging;
		this.accounts = session.names('account');
		this.#openBefore = session.openLists();
		this.#knownPins = session.dictionary('pin').size;
	}

	/** The batch's number. It is in the database from then on, and swept at the next start unless it is committed. */
	id(): Promise<BatchId> {
		return (this.#id ??= this.#db.batches.add(this.#staging));
	}

	/** Pins that this batch is the first to name. */
	get newPins(): number {
		return this.#session.dictionary('pin').size - this.#knownPins;
	}

	/** How many values each open list has by now: accounts, then columns of one's own. */
	openLists(): readonly number[] {
		return [...this.#session.openLists().values()];
	}

	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Uint32Array {
		return this.#session.dictionary(vocabulary).internBlock(texts);
	}

	/**
	 * @param written what the parts of `end` have written, in the same order
	 * @param damaged the batch that it takes the place of
	 */
	async commit(end: BatchEnd, written: readonly Written[], damaged?: Damaged): Promise<LiveBatch> {
		const batch = damaged ? await this.id() : ((await this.#id) ?? this.#staging);
		return this.#session.commit(batch, end, written, damaged);
	}

	/** Throws away what part `part` and those after it have written. */
	async discardFrom(part: number): Promise<void> {
		const id = await this.#id;
		if (id !== null) {
			await piecesOf(this.#db.segments, id, part).delete();
			await piecesOf(this.#db.rejectedRows, id, part).delete();
		}
		if (part === 0) this.#session.keepOnly(this.#openBefore);
	}

	async discard(): Promise<void> {
		const id = (await this.#id?.catch(() => null)) ?? null; // where it could not begin, there is nothing of it
		if (id !== null) await deleteBatch(this.#db, id);
		this.#session.keepOnly(this.#openBefore);
	}
}
