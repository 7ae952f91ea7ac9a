import { factBlockBytes } from '../../columns/fact-block';
import { packedBytes, unpackSegment, type PackedSegment } from '../../columns/packed-segment';
import { claimsBytes } from '../../columns/pin-claims';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes } from '../../columns/period-sums';
import { headOf } from '../../columns/segment';
import { MAX_OPEN_VALUES } from '../../model/event';
import { ProblemError } from '../../model/problem';
import type { SameDaysChoice } from '../../model/same-days';
import { deleteBatch } from '../batches';
import { claimsChecksum, factsChecksum, segmentChecksum, snapshotChecksum } from '../checksum';
import { profileKey, readChoice, sameDaysKey } from '../choices';
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
	WorkspaceDatabase
} from '../database';
import type { Pause } from '../day-marks';
import type { ImportSession } from '../import-session';
import { takeOver } from '../same-days';
import { snapshotBytes } from '../snapshots';
import { contentHashOf } from './portable-bytes';
import type { PortableHead, PortablePiece } from './portable-batch';
import { renumberClaims, renumberSegment, type Vocabulary } from './renumbering';

/** A batch that travelled, stored in this workspace under numbers of its own. */

/** Pieces are written when they take so many bytes together; what is smaller is written with its batch. */
const HELD_BYTES = 8 << 20;

/** What a batch takes the place of, and what lets others have a turn. */
export interface Taking {
	/** Another reading of the same file. */
	readonly instead: LiveBatch | undefined;
	readonly pause: Pause;
}

/**
 * Stores a batch, all or nothing, and makes it live in its place among the others. The session holds the numbers of texts;
 * nobody else may write meanwhile.
 * @throws ProblemError backup_damaged where the pieces are not those of the head; too_many_values
 */
export async function writeBatch(
	session: ImportSession,
	db: WorkspaceDatabase,
	head: PortableHead,
	pieces: AsyncIterable<PortablePiece>,
	taking: Taking
): Promise<LiveBatch> {
	const before = session.openLists();
	const { contentHash, ...named } = head;
	const staging: StoredBatch = {
		...named,
		state: 'staging',
		isSample: false,
		firstMs: null,
		lastMs: null,
		segments: [],
		storedBytes: 0
	};
	const batchId = await db.batches.add(staging);
	try {
		const writer = new PieceWriter(session, db, batchId);
		const passed = async function* () {
			for await (const piece of pieces) {
				await taking.pause();
				await writer.write(piece);
				yield piece;
			}
		};
		// Hashed as it came; the head is hashed without the hash.
		if ((await contentHashOf(named, passed())) !== contentHash)
			throw new ProblemError({ code: 'backup_damaged' });
		return await writer.commit(staging, head, taking);
	} catch (error) {
		await deleteBatch(db, batchId);
		session.keepOnly(before);
		throw error;
	}
}

class PieceWriter {
	readonly #session: ImportSession;
	readonly #db: WorkspaceDatabase;
	readonly #batchId: BatchId;
	/** By vocabulary: the workspace's numbers of the batch's texts. */
	readonly #numbers = new Map<Vocabulary, Uint32Array>();
	readonly #heads: StoredHead[] = [];
	readonly #daySums = new PeriodSumsBuilder();
	#storedBytes = 0;
	#heldBytes = 0;
	#segments: StoredSegment[] = [];
	#rejected: StoredRejected[] = [];
	#facts: StoredFacts[] = [];
	#snapshots: StoredSnapshot[] = [];
	readonly #claims: StoredClaims[] = [];

	constructor(session: ImportSession, db: WorkspaceDatabase, batchId: BatchId) {
		this.#session = session;
		this.#db = db;
		this.#batchId = batchId;
	}

	async write(piece: PortablePiece): Promise<void> {
		const { numberIn } = this;
		const batchId = this.#batchId;
		switch (piece.piece) {
			case 'texts':
				this.#intern(piece.vocabulary, piece.block);
				break;
			case 'segment': {
				const segment = renumberSegment(piece.segment, numberIn);
				await this.#writeSegment(piece.seq, segment);
				break;
			}
			case 'claims': {
				const { part, of } = piece;
				const claims = renumberClaims(piece.claims, numberIn('pin'));
				this.#storedBytes += claimsBytes(claims);
				const checked = of ? { of, checksum: await claimsChecksum(claims) } : {};
				this.#claims.push({ batchId, part, claims, ...checked });
				break;
			}
			case 'rejected': {
				const { seq, rows } = piece;
				this.#rejected.push({ batchId, seq, rows });
				this.#hold(rows.cells.bytes.length + rows.lines.byteLength);
				break;
			}
			case 'facts': {
				const { seq, block } = piece;
				this.#facts.push({ batchId, seq, block, checksum: await factsChecksum(block) });
				this.#hold(factBlockBytes(block));
				break;
			}
			case 'snapshot': {
				const { seq, snapshot } = piece;
				this.#snapshots.push({ batchId, seq, snapshot, checksum: await snapshotChecksum(snapshot) });
				this.#hold(snapshotBytes([snapshot]));
			}
		}
		if (this.#heldBytes > HELD_BYTES) await this.flush();
	}

	/** Writes what is held. */
	async flush(): Promise<void> {
		const db = this.#db;
		await db.transaction('rw', [db.segments, db.rejectedRows, db.factBlocks, db.snapshots], () =>
			this.#flush()
		);
	}

	/** Makes it live, with all that follows for others, in one transaction. */
	async commit(staging: StoredBatch, head: PortableHead, { instead, pause }: Taking): Promise<LiveBatch> {
		const db = this.#db;
		const [sameDays, profile] = [
			await readChoice(db, sameDaysKey(head)),
			await readChoice(db, profileKey(head))
		];
		const { report } = head;
		const daySums = this.#daySums.finish();
		const hasRows = this.#heads.length > 0;
		const live: LiveBatch = {
			...staging,
			id: this.#batchId,
			state: 'live',
			...(head.contentHash === undefined ? {} : { contentHash: head.contentHash }),
			segments: this.#heads,
			firstMs: hasRows ? Math.min(...this.#heads.map(({ firstMs }) => firstMs)) : null,
			lastMs: hasRows ? Math.max(...this.#heads.map(({ lastMs }) => lastMs)) : null,
			storedBytes: this.#storedBytes + (report ? 0 : periodSumsBytes(daySums)),
			...(report
				? { report: { ...report, ...(profile?.value ? { profile: profile.value as string } : {}) } }
				: {}),
			...(sameDays ? { sameDays: sameDays.value as SameDaysChoice } : {})
		};
		if (hasRows) await this.flush();
		const settle = await takeOver(db, pause, instead ?? null, live);
		return this.#session.commitTaken(this.#batchId, async () => {
			await this.#flush();
			await db.claims.bulkAdd(this.#claims);
			if (hasRows) await db.daySums.add({ zone: 'UTC', batchId: this.#batchId, part: 0, sums: daySums });
			await db.batches.put(live);
			await settle();
		});
	}

	/** The workspace's numbers of the batch's texts. */
	readonly numberIn = (vocabulary: Vocabulary) => (number: number) => {
		const known = this.#numbers.get(vocabulary)?.[number];
		if (known === undefined) throw new ProblemError({ code: 'backup_damaged' });
		return known;
	};

	#intern(
		vocabulary: Vocabulary,
		block: Parameters<ReturnType<ImportSession['dictionary']>['internBlock']>[0]
	) {
		const dictionary = this.#session.dictionary(vocabulary);
		const numbers = dictionary.internBlock(block);
		const before = this.#numbers.get(vocabulary) ?? new Uint32Array();
		const all = new Uint32Array(before.length + numbers.length);
		all.set(before);
		all.set(numbers, before.length);
		this.#numbers.set(vocabulary, all);
		const isOpenList = vocabulary !== 'pin' && vocabulary !== 'user';
		if (isOpenList && dictionary.size > MAX_OPEN_VALUES) throw new ProblemError({ code: 'too_many_values' });
	}

	async #writeSegment(seq: number, packed: PackedSegment): Promise<void> {
		const segment = unpackSegment(packed);
		const storedBytes = packedBytes(packed);
		this.#daySums.addSegment(segment, dayBorders(segment, 'UTC'));
		this.#heads.push({ ...headOf(segment), seq, storedBytes });
		const checksum = await segmentChecksum(packed);
		this.#segments.push({ batchId: this.#batchId, seq, segment: packed, checksum });
		this.#hold(storedBytes);
	}

	#hold(bytes: number): void {
		this.#heldBytes += bytes;
		this.#storedBytes += bytes;
	}

	async #flush(): Promise<void> {
		const { segments, rejectedRows, factBlocks, snapshots } = this.#db;
		await segments.bulkPut(this.#segments);
		await rejectedRows.bulkPut(this.#rejected);
		await factBlocks.bulkPut(this.#facts);
		await snapshots.bulkPut(this.#snapshots);
		this.#segments = [];
		this.#rejected = [];
		this.#facts = [];
		this.#snapshots = [];
		this.#heldBytes = 0;
	}
}
