import { factBlockBytes } from '../../columns/fact-block';
import { packedBytes, unpackSegment, type PackedSegment } from '../../columns/packed-segment';
import { claimsBytes } from '../../columns/pin-claims';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes, type PeriodSums } from '../../columns/period-sums';
import { headOf } from '../../columns/segment';
import { textCount, type TextBlock } from '../../columns/text-block';
import { MAX_OPEN_VALUES } from '../../model/event';
import { ProblemError } from '../../model/problem';
import type { SameDaysChoice } from '../../model/same-days';
import { deleteBatch } from '../batches';
import { claimsChecksum, factsChecksum, segmentChecksum, snapshotChecksum } from '../checksum';
import { profileKey, sameDaysKey } from '../choices';
import type {
	BatchId,
	LiveBatch,
	StoredBatch,
	StoredClaims,
	StoredFacts,
	StoredHead,
	StoredRejected,
	StoredSegment,
	StoredSnapshot,
	StoredTexts,
	WorkspaceDatabase
} from '../database';
import type { Pause } from '../day-marks';
import { ImportSession } from '../import-session';
import { mayHide, takeOver } from '../same-days';
import { snapshotBytes } from '../snapshots';
import type { OtherBatch } from './other-copy';
import { contentHashOf } from './portable-bytes';
import type { BatchState, PortableHead, PortablePiece } from './portable-batch';
import { KnownNumbers, renumberClaims, renumberSegment, type Vocabulary } from './renumbering';

/** Batches that travelled, stored in this workspace under numbers of its own. */

/** Pieces are written when they take so many bytes together. */
const HELD_BYTES = 8 << 20;

/** What surrounds the writing of batches. */
export interface Taking {
	/** Lets others have a turn. */
	readonly pause: Pause;
	/**
	 * Whether the database held nothing and is known to nobody: which rows are hidden is then worked out once, after all
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
	 * @param onRows told of the rows that were read
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
		const before = this.#session.openLists();
		const { contentHash, ...named } = head;
		const staging: StoredBatch = { ...named, ...NOTHING_READ, state: 'staging', isSample: state.isSample };
		const writer = new PieceWriter(this.#db, this.#session, async () => {
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
			this.#session.keepOnly(before);
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
			const texts = this.#session.takeNewTexts();
			this.#group.push({ live, pieces: writer.takeHeld(), texts });
			this.#groupBytes += live.storedBytes;
			if (this.#groupBytes > HELD_BYTES) await this.#storeGroup();
			return;
		}
		const id = await writer.id();
		const whole = { ...live, id } as LiveBatch;
		if (mayChangeOthers) await writer.flush();
		const settle = mayChangeOthers && (await takeOver(db, this.#taking.pause, instead ?? null, whole));
		const texts = this.#session.takeNewTexts();
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
type Piece<T> = Omit<T, 'batchId'>;

/** What a batch came to. */
interface Read {
	readonly heads: readonly StoredHead[];
	/** Bytes that it takes; its texts aside. */
	readonly storedBytes: number;
}

/** Pieces of a batch that can be written before it is live. */
interface EarlyPieces {
	readonly segments: Piece<StoredSegment>[];
	readonly rejectedRows: Piece<StoredRejected>[];
	readonly factBlocks: Piece<StoredFacts>[];
	readonly snapshots: Piece<StoredSnapshot>[];
}

/** Pieces of a batch that are not in the database yet. */
interface HeldPieces extends EarlyPieces {
	readonly claims: readonly Piece<StoredClaims>[];
	readonly daySums: PeriodSums | null;
}

/** What is to be stored of a batch besides its record. */
interface Contents {
	readonly pieces: HeldPieces;
	readonly texts: readonly Piece<StoredTexts>[];
}

/** A batch that waits to be stored with others. */
interface HeldBatch extends Contents {
	readonly live: NewBatch;
}

/** Stores what batches hold under their numbers, within a transaction. */
async function storeContents(
	db: WorkspaceDatabase,
	batches: readonly (Contents & { readonly id: BatchId })[]
): Promise<void> {
	const all = <T>(of: (contents: Contents) => readonly Piece<T>[]) =>
		batches.flatMap(({ id, ...contents }) => numbered(id, of(contents)) as T[]);
	await db.texts.bulkAdd(all<StoredTexts>(({ texts }) => texts));
	await db.claims.bulkAdd(all<StoredClaims>(({ pieces }) => pieces.claims));
	await db.daySums.bulkAdd(
		batches.flatMap(({ id, pieces: { daySums } }) =>
			daySums ? [{ zone: 'UTC', batchId: id, part: 0, sums: daySums }] : []
		)
	);
	await storeEarly(db, batches);
}

async function storeEarly(
	db: WorkspaceDatabase,
	batches: readonly { readonly id: BatchId; readonly pieces: EarlyPieces }[]
): Promise<void> {
	const all = <T>(of: (pieces: EarlyPieces) => readonly Piece<T>[]) =>
		batches.flatMap(({ id, pieces }) => numbered(id, of(pieces)) as T[]);
	await db.segments.bulkPut(all<StoredSegment>(({ segments }) => segments));
	await db.rejectedRows.bulkPut(all<StoredRejected>(({ rejectedRows }) => rejectedRows));
	await db.factBlocks.bulkPut(all<StoredFacts>(({ factBlocks }) => factBlocks));
	await db.snapshots.bulkPut(all<StoredSnapshot>(({ snapshots }) => snapshots));
}

function numbered<T>(batchId: BatchId, pieces: readonly T[]): (T & { readonly batchId: BatchId })[] {
	return pieces.map((piece) => ({ batchId, ...piece }));
}

class PieceWriter {
	readonly #db: WorkspaceDatabase;
	readonly #session: ImportSession;
	readonly #begin: () => Promise<BatchId>;
	#id: Promise<BatchId> | null = null;
	/** By vocabulary: the workspace's numbers of the batch's texts. */
	readonly #numbers = new Map<Vocabulary, KnownNumbers>();
	readonly #heads: StoredHead[] = [];
	readonly #daySums = new PeriodSumsBuilder();
	#storedBytes = 0;
	#held = nothingHeld();
	#heldBytes = 0;
	readonly #claims: Piece<StoredClaims>[] = [];
	#sums: PeriodSums | null = null;

	/** @param begin makes it a batch that is not live, and gives its number; called once there is too much to be held */
	constructor(db: WorkspaceDatabase, session: ImportSession, begin: () => Promise<BatchId>) {
		this.#db = db;
		this.#session = session;
		this.#begin = begin;
	}

	/** Its number in the database. */
	id(): Promise<BatchId> {
		return (this.#id ??= this.#begin());
	}

	/** The same; null where nothing of it is there. */
	async begunAs(): Promise<BatchId | null> {
		// Where it could not begin, there is nothing of it.
		return (await this.#id?.catch(() => null)) ?? null;
	}

	async write(piece: PortablePiece): Promise<void> {
		switch (piece.piece) {
			case 'texts':
				this.#intern(piece.vocabulary, piece.block);
				break;
			case 'segment':
				await this.#holdSegment(piece.seq, renumberSegment(piece.segment, this.#numbersIn));
				break;
			case 'claims': {
				const { part, of } = piece;
				const claims = renumberClaims(piece.claims, this.#numbersIn('pin'));
				const checked = of ? { of, checksum: await claimsChecksum(claims) } : {};
				this.#claims.push({ part, claims, ...checked });
				this.#storedBytes += claimsBytes(claims);
				break;
			}
			case 'rejected': {
				const { seq, rows } = piece;
				this.#held.rejectedRows.push({ seq, rows });
				this.#hold(rows.cells.bytes.length + rows.lines.byteLength);
				break;
			}
			case 'facts': {
				const { seq, block } = piece;
				this.#held.factBlocks.push({ seq, block, checksum: await factsChecksum(block) });
				this.#hold(factBlockBytes(block));
				break;
			}
			case 'snapshot': {
				const { seq, snapshot } = piece;
				this.#held.snapshots.push({ seq, snapshot, checksum: await snapshotChecksum(snapshot) });
				this.#hold(snapshotBytes([snapshot]));
			}
		}
		if (this.#heldBytes > HELD_BYTES) await this.flush();
	}

	/** Writes what is held and may be there before the batch is live. */
	async flush(): Promise<void> {
		const [db, id] = [this.#db, await this.id()];
		const pieces = this.#takeEarly();
		await db.transaction('rw', [db.segments, db.rejectedRows, db.factBlocks, db.snapshots], () =>
			storeEarly(db, [{ id, pieces }])
		);
	}

	/** To be called once, after all pieces. */
	finish(): Read {
		if (this.#heads.length > 0) {
			this.#sums = this.#daySums.finish();
			this.#storedBytes += periodSumsBytes(this.#sums);
		}
		return { heads: this.#heads, storedBytes: this.#storedBytes };
	}

	/** What was not written yet, to be stored with the batch. */
	takeHeld(): HeldPieces {
		return { ...this.#takeEarly(), claims: this.#claims, daySums: this.#sums };
	}

	#takeEarly(): EarlyPieces {
		const held = this.#held;
		this.#held = nothingHeld();
		this.#heldBytes = 0;
		return held;
	}

	readonly #numbersIn = (vocabulary: Vocabulary): KnownNumbers => {
		let numbers = this.#numbers.get(vocabulary);
		if (!numbers) this.#numbers.set(vocabulary, (numbers = new KnownNumbers()));
		return numbers;
	};

	#intern(vocabulary: Vocabulary, block: TextBlock): void {
		const dictionary = this.#session.dictionary(vocabulary);
		const numbers = this.#numbersIn(vocabulary);
		if (numbers.isSame && numbers.count === dictionary.size) {
			// Nothing else is there: numbers stay as they are, and no text need be looked up.
			dictionary.append(block);
			numbers.add(Uint32Array.from({ length: textCount(block) }, (_, i) => numbers.count + i));
		} else numbers.add(dictionary.internBlock(block));
		const isOpenList = vocabulary !== 'pin' && vocabulary !== 'user';
		if (isOpenList && dictionary.size > MAX_OPEN_VALUES) throw new ProblemError({ code: 'too_many_values' });
	}

	async #holdSegment(seq: number, packed: PackedSegment): Promise<void> {
		const segment = unpackSegment(packed);
		const storedBytes = packedBytes(packed);
		this.#daySums.addSegment(segment, dayBorders(segment, 'UTC'));
		this.#heads.push({ ...headOf(segment), seq, storedBytes });
		this.#held.segments.push({ seq, segment: packed, checksum: await segmentChecksum(packed) });
		this.#hold(storedBytes);
	}

	#hold(bytes: number): void {
		this.#heldBytes += bytes;
		this.#storedBytes += bytes;
	}
}

function nothingHeld(): EarlyPieces {
	return { segments: [], rejectedRows: [], factBlocks: [], snapshots: [] };
}
