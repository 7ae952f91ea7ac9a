import { ProblemError } from '../../model/problem';
import type { SameDaysChoice } from '../../model/same-days';
import { deleteBatch } from '../batches';
import { profileKey, sameDaysKey } from '../choices';
import type { LiveBatch, StoredBatch, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { mayHide, takeOver } from '../hidden-rows';
import { ImportSession } from '../import-session';
import type { OtherBatch } from './other-copy';
import { HELD_BYTES, PieceWriter, storeContents, type Contents, type Read } from './piece-writer';
import type { BatchState, PortableHead } from './portable-batch';
import { contentHashOf } from './portable-bytes';

/** Batches that travelled, stored in this workspace under numbers of its own. */

/** What surrounds the writing of batches. */
export interface Taking {
	/** Lets others have a turn. */
	readonly pause: Pause;
	/**
	 * Whether the database held nothing and is of a workspace that is not listed yet: which rows are hidden is then worked out once, after all
	 * batches (settleAll), and no batch takes the place of another.
	 */
	readonly isNew: boolean;
}

/**
 * Writes batches one after the other, each all or nothing. Small ones are kept in memory and stored several in one
 * transaction, since each waits for the disk. Nobody else may write meanwhile.
 */
export class BatchesWriter {
	readonly #db: WorkspaceDatabase;
	readonly #taking: Taking;
	/** By the keys of choices: what was decided. */
	readonly #choices: ReadonlyMap<string, unknown>;
	/** Holds the numbers of texts. */
	#session: ImportSession;
	#isSessionSpoilt = false;
	#group: HeldBatch[] = [];
	#groupBytes = 0;
	readonly #written: LiveBatch[] = [];

	private constructor(
		db: WorkspaceDatabase,
		taking: Taking,
		session: ImportSession,
		choices: ReadonlyMap<string, unknown>
	) {
		this.#db = db;
		this.#taking = taking;
		this.#session = session;
		this.#choices = choices;
	}

	/** Decisions must be there already. */
	static async open(db: WorkspaceDatabase, taking: Taking): Promise<BatchesWriter> {
		const choices = new Map((await db.choices.toArray()).map(({ key, value }) => [key, value]));
		return new BatchesWriter(db, taking, await ImportSession.open(db), choices);
	}

	/** The batch that is a reading of a file, those that were written here included. */
	async readingOf(fingerprint: string): Promise<LiveBatch | undefined> {
		if (this.#group.some(({ live }) => live.fingerprint === fingerprint)) await this.#storeGroup();
		return this.#session.batches.find((own) => own.fingerprint === fingerprint && !own.isSample);
	}

	/**
	 * Stores a batch, in its place among the others. It may be live only after `finish`.
	 * @param instead another reading of the same file, whose place it takes
	 * @param onRows gets how many rows were read
	 * @throws ProblemError backup_damaged where the pieces are not those of the head; too_many_values
	 */
	async write(
		{ head, pieces, state = WHOLE, isProved }: OtherBatch,
		instead: LiveBatch | undefined,
		onRows: (rows: number) => void = () => {}
	): Promise<void> {
		if (this.#isSessionSpoilt) {
			await this.#storeGroup();
			this.#session = await ImportSession.open(this.#db);
			this.#isSessionSpoilt = false;
		}
		const { pause } = this.#taking;
		const before = this.#session.texts.openLists();
		const { contentHash, ...named } = head;
		const staging: StoredBatch = { ...named, ...NOTHING_READ, state: 'staging', isSample: state.isSample };
		const writer = new PieceWriter(this.#db, this.#session.texts, async () => {
			// Texts of earlier batches must stay as long as this one: theirs are the lower numbers.
			await this.#storeGroup();
			return this.#db.batches.add(staging);
		});
		try {
			const passed = async function* () {
				for await (const piece of pieces()) {
					await pause();
					await writer.write(piece);
					if (piece.piece === 'segment') onRows(piece.segment.rows);
					yield piece;
				}
			};
			if (isProved) for await (const piece of passed()) void piece;
			// Hashed as it came; the head is hashed without the hash.
			else if ((await contentHashOf(named, passed())) !== contentHash)
				throw new ProblemError({ code: 'backup_damaged' });
			await this.#commit(writer, this.#liveOf(head, state, writer.finish()), instead);
		} catch (error) {
			const id = await writer.begunAs();
			if (id !== null) await deleteBatch(this.#db, id);
			this.#session.texts.keepOnly(before);
			this.#isSessionSpoilt = true; // its numbers may be of texts that were given up
			throw error;
		}
	}

	/** Stores what is held still. @returns all batches that were written, as they are stored */
	async finish(): Promise<readonly LiveBatch[]> {
		await this.#storeGroup();
		return this.#written;
	}

	#liveOf(head: PortableHead, { isSample, lost }: BatchState, { heads, storedBytes }: Read): NewBatch {
		const { report } = head;
		const sameDays = this.#choices.get(sameDaysKey(head)) as SameDaysChoice | undefined;
		const profile = this.#choices.get(profileKey(head)) as string | undefined;
		const segments = [...heads, ...(lost ?? [])].sort((a, b) => a.seq - b.seq);
		const hasRows = segments.length > 0;
		return {
			...head,
			state: 'live',
			isSample,
			segments,
			firstMs: hasRows ? Math.min(...segments.map(({ firstMs }) => firstMs)) : null,
			lastMs: hasRows ? Math.max(...segments.map(({ lastMs }) => lastMs)) : null,
			storedBytes,
			...(report ? { report: { ...report, ...(profile ? { profile } : {}) } } : {}),
			...(sameDays ? { sameDays } : {})
		};
	}

	/** Makes it live, with all that follows for others. */
	async #commit(writer: PieceWriter, live: NewBatch, instead: LiveBatch | undefined): Promise<void> {
		const db = this.#db;
		const others = [...this.#session.batches, ...this.#group.map((held) => held.live)];
		const mayChangeOthers =
			!this.#taking.isNew && (instead || (live.segments.length > 0 && mayHide([...others, live])));
		if (!mayChangeOthers && (await writer.begunAs()) === null) {
			const texts = this.#session.texts.takeNew();
			this.#group.push({ live, pieces: writer.takeHeld(), texts });
			this.#groupBytes += live.storedBytes;
			if (this.#groupBytes > HELD_BYTES) await this.#storeGroup();
			return;
		}
		const id = await writer.id();
		const whole = { ...live, id } as LiveBatch;
		if (mayChangeOthers) await writer.flush();
		const settle = mayChangeOthers && (await takeOver(db, this.#taking.pause, instead ?? null, whole));
		const texts = this.#session.texts.takeNew();
		const stored = await this.#session.commitTaken(async () => {
			await db.batches.put(whole);
			await storeContents(db, [{ id, pieces: writer.takeHeld(), texts }]);
			if (settle) await settle();
			return [id];
		});
		this.#written.push(...stored);
	}

	/** Stores the batches that are held, in one transaction. */
	async #storeGroup(): Promise<void> {
		const [db, group] = [this.#db, this.#group];
		if (group.length === 0) return;
		this.#group = [];
		this.#groupBytes = 0;
		const stored = await this.#session.commitTaken(async () => {
			const ids = await db.batches.bulkAdd(
				group.map(({ live }) => live),
				{ allKeys: true }
			);
			await storeContents(
				db,
				group.map((held, i) => ({ ...held, id: ids[i]! }))
			);
			return ids;
		});
		this.#written.push(...stored);
	}
}

const WHOLE: BatchState = { isSample: false, lost: null };
const NOTHING_READ = { firstMs: null, lastMs: null, segments: [], storedBytes: 0 };

type NewBatch = Omit<StoredBatch, 'id'>;

/** A batch that waits to be stored with others. */
interface HeldBatch extends Contents {
	readonly live: NewBatch;
}
