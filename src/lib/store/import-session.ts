import { reportClaims } from '../columns/report-claims';
import { ownDimension } from '../model/dimension';
import { unlessFull } from '../model/problem';
import { nextStamp } from './batch-order';
import { BatchWriter, type BatchEnd, type BatchStart, type Damaged } from './batch-writer';
import { isReadable, liveBatches, ownColumnsOf, tablesOfBatches } from './batches';
import type {
	BatchId,
	LiveBatch,
	StoredBatch,
	StoredMark,
	StoredUndoMark,
	WorkspaceDatabase
} from './database';
import { takeOver } from './hidden-rows';
import { bytesOf, writeHeld, type Written } from './part-writer';
import { addReport, readFactBatches, type BatchFacts, type BatchName, type ReportToStore } from './reports';
import { countingMarks, putMarksAhead } from './undo-marks';
import { TextNumbering, bytesOfTexts } from './text-numbering';

/**
 * Writing to a workspace. Only one session may be open on a workspace at a time (see the lock in worker/), since it
 * holds the numbering of all texts.
 */
export class ImportSession {
	/** All texts, by their numbers. */
	readonly texts: TextNumbering;
	readonly #db: WorkspaceDatabase;
	#batches: LiveBatch[] = [];
	#marks: ReadonlyMap<string, StoredUndoMark> = new Map();

	private constructor(db: WorkspaceDatabase, texts: TextNumbering) {
		this.#db = db;
		this.texts = texts;
	}

	static async open(db: WorkspaceDatabase): Promise<ImportSession> {
		const session = new ImportSession(db, await TextNumbering.read(db));
		session.#batches = await liveBatches(db);
		const marks = await db.undoMarks.toArray();
		session.#marks = new Map(countingMarks(marks, session.#batches).map((mark) => [mark.fingerprint, mark]));
		await session.#addMarksAhead(marks);
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
		return new BatchWriter(this.#db, this.texts, staging, (...batch) => this.#commit(...batch));
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
		const pins = this.texts.dictionary('pin');
		const claims = reportClaims(report.contents, (pinId) => pins.internText(pinId));
		const named = this.#nameOf(report.fingerprint, instead);
		const names = { claims, texts: this.texts.unstored() };
		const batch = await addReport(this.#db, report, names, { named, marks: this.#marks, instead });
		this.texts.noteStored();
		this.#batches = instead ? await liveBatches(this.#db) : [...this.#batches, batch];
		return batch;
	}

	/** Columns of one's own that a live batch has, by name, with the values that have a number. */
	get ownColumns(): readonly { readonly name: string; readonly values: readonly string[] }[] {
		return ownColumnsOf(this.#batches).map((name) => ({
			name,
			values: this.texts.names(ownDimension(name))
		}));
	}

	/**
	 * Makes a batch live, in one transaction with what it holds and the texts and claims that it brings, and reads it
	 * back.
	 * @param batch its number where it has one; as it is before its end, where it has none
	 * @param damaged goes in the same transaction; its texts stay, since later numbers follow on theirs. Needs a number
	 * @returns the batch as stored
	 */
	async #commit(
		batch: BatchId | StoredBatch,
		end: BatchEnd,
		written: readonly Written[],
		damaged?: Damaged
	): Promise<LiveBatch> {
		const db = this.#db;
		const texts = this.texts.unstored();
		const changes = {
			...this.#nameOf(end.fingerprint, damaged?.batch),
			...changesAtEnd(end, written),
			storedBytes: bytesOf(written) + bytesOfTexts(texts)
		};
		const takeItsPlace =
			damaged && typeof batch === 'number' && (await this.#takeOver(damaged, batch, written, changes));

		const id = await db.transaction('rw', [...tablesOfBatches(db), db.texts, db.undoMarks], async () => {
			const batchId = typeof batch === 'number' ? batch : await db.batches.add({ ...batch, ...changes });
			if (!takeItsPlace) for (const { held } of written) await writeHeld(db, batchId, held);
			await db.daySums.bulkAdd(
				written.map(({ daySums }, part) => ({ zone: 'UTC', batchId, part, sums: daySums }))
			);
			await db.texts.bulkAdd(texts.map((block) => ({ ...block, batchId })));
			await db.claims.bulkAdd(end.parts.map(({ claims }, part) => ({ batchId, part, claims })));
			if (typeof batch === 'number') await db.batches.update(batchId, changes);
			if (takeItsPlace) await takeItsPlace();
			const stored = await db.batches.get(batchId);
			if (stored) await putMarksAhead(db, [stored], this.#marks);
			return batchId;
		});
		this.texts.noteStored();
		const live = await db.batches.get(id);
		if (live?.state !== 'live') throw new Error(`batch ${id} is not there after it was made live`);
		this.#batches = damaged ? await liveBatches(db) : [...this.#batches, live as LiveBatch];
		return live as LiveBatch;
	}

	/**
	 * Makes batches live that were read in another copy of the workspace, in one transaction.
	 * @param store does so within it, with the texts that they bring (`texts.takeNew`), and gives their numbers
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

/** What is changed of a batch's record at its end. */
function changesAtEnd(end: BatchEnd, written: readonly Written[]) {
	const { fingerprint, byteLength, accepted, rejected, rejections, columns, parts, firstMs, lastMs } = end;
	const hasRows = accepted > 0;
	return {
		state: 'live',
		fingerprint,
		fileBytes: byteLength,
		accepted,
		rejected,
		rejections,
		columns,
		...(end.own?.length ? { own: end.own } : {}),
		...(end.offered?.length ? { offered: end.offered } : {}),
		firstLines: parts.map(({ firstLine }) => firstLine),
		firstMs: hasRows ? firstMs : null,
		lastMs: hasRows ? lastMs : null,
		segments: written.flatMap((part) => part.segments)
	} as const;
}
