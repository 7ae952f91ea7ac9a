import type { PackedSegment } from '../../columns/packed-segment';
import { TextBlocks } from '../../columns/text-blocks';
import { ProblemError } from '../../model/problem';
import { isReadable, readPackedSegments, readTexts } from '../batches';
import { wholeClaims } from '../claims';
import {
	claimsOf,
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredHead,
	type Vocabulary,
	type WorkspaceDatabase
} from '../database';
import { readStoredFacts } from '../fact-blocks';
import { readStoredSnapshots } from '../snapshots';
import { portableHead, type PortableHead, type PortablePiece } from './portable-batch';
import { contentHashOf } from './portable-bytes';
import { FirstMet, renumberClaims, renumberSegment } from './renumbering';

/** A stored batch in the form in which it travels. */

/** So many segments are in memory, and as many on their way. */
const READ_AT_ONCE = 8;
/** So many segments stay in memory, about 50 MB, until they are passed on. */
const KEPT = 64;
/** So many texts a piece. */
const TEXTS_PER_PIECE = 65_536;

/** The texts of a workspace, read once for several batches. */
export class WorkspaceTexts {
	readonly #db: WorkspaceDatabase;
	readonly #known = new Map<Vocabulary, { readonly newest: BatchId; readonly texts: TextBlocks }>();

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	/**
	 * The texts of a vocabulary, those of a batch included. Numbers at a vocabulary's end are given anew after an undo, but
	 * only to batches that come later.
	 */
	async of(vocabulary: Vocabulary, batchId: BatchId): Promise<TextBlocks> {
		const known = this.#known.get(vocabulary);
		if (known && known.newest >= batchId) return known.texts;
		const [newest, blocks] = await this.#db.transaction('r', this.#db.batches, this.#db.texts, async () => [
			((await this.#db.batches.orderBy('id').lastKey()) as BatchId | undefined) ?? 0,
			await readTexts(this.#db, vocabulary)
		]);
		const texts = new TextBlocks(blocks.map(({ block }) => block));
		this.#known.set(vocabulary, { newest, texts });
		return texts;
	}
}

/**
 * The head of a batch, with the hash of all that travels. It is worked out once and kept with the batch.
 * @throws ProblemError damaged_data where it can no longer be read
 */
export async function readHead(
	signal: AbortSignal,
	texts: WorkspaceTexts,
	db: WorkspaceDatabase,
	batch: LiveBatch
): Promise<PortableHead & { readonly contentHash: string }> {
	const head = portableHead(batch);
	if (batch.contentHash !== undefined) return { ...head, contentHash: batch.contentHash };
	const contentHash = await contentHashOf(head, readPieces(signal, texts, db, batch));
	await db.batches.update(batch.id, { contentHash });
	return { ...head, contentHash };
}

/**
 * All that a batch holds besides its head.
 * @param onLost gets each segment that can no longer be read and is left out; of reports such parts are left out
 * @throws ProblemError damaged_data where some of it can no longer be read and `onLost` is not given
 */
export async function* readPieces(
	signal: AbortSignal,
	texts: WorkspaceTexts,
	db: WorkspaceDatabase,
	batch: LiveBatch,
	onLost?: (head: StoredHead) => void
): AsyncGenerator<PortablePiece> {
	const { id, report } = batch;
	if (report && !onLost && !(await isReadable(db, batch))) throw new ProblemError({ code: 'damaged_data' });
	const numbering = new Map<Vocabulary, FirstMet>();
	const numbersIn = (vocabulary: Vocabulary) => {
		let met = numbering.get(vocabulary);
		if (!met) numbering.set(vocabulary, (met = new FirstMet()));
		return met;
	};
	const all = batch.hidden?.segments ?? batch.segments;
	const whole: StoredHead[] = [];
	const [storedClaims, rejected] = await Promise.all([
		claimsOf(db, id).toArray(),
		piecesOf(db.rejectedRows, id).toArray()
	]);
	const claims = await wholeClaims(storedClaims);
	// Texts come before what refers to them, so what refers to them is read twice, but for the first of it.
	const kept: PackedSegment[] = [];
	for await (const { head, segment } of segmentsOf(signal, db, id, all)) {
		if (segment) {
			const renumbered = renumberSegment(segment, numbersIn);
			if (kept.length < KEPT) kept.push(renumbered);
			whole.push(head);
		} else if (onLost) onLost(head);
		else throw damagedSegment(id, head);
	}
	for (const piece of claims) renumberClaims(piece.claims, numbersIn('pin'));

	for (const [vocabulary, { met }] of [...numbering].sort(([a], [b]) => Number(a > b) - Number(a < b))) {
		const known = await texts.of(vocabulary, id);
		for (let first = 0; first < met.length; first += TEXTS_PER_PIECE) {
			signal.throwIfAborted();
			yield {
				piece: 'texts',
				vocabulary,
				block: known.pick(met.subarray(first, first + TEXTS_PER_PIECE))
			};
		}
	}
	for (const [i, segment] of kept.entries()) yield { piece: 'segment', seq: whole[i]!.seq, segment };
	for await (const { head, segment } of segmentsOf(signal, db, id, whole.slice(KEPT))) {
		if (!segment) throw damagedSegment(id, head);
		yield { piece: 'segment', seq: head.seq, segment: renumberSegment(segment, numbersIn) };
	}
	for (const { part, of, claims: own } of claims) {
		const renumbered = renumberClaims(own, numbersIn('pin'));
		yield { piece: 'claims', part, ...(of ? { of } : {}), claims: renumbered };
	}
	for (const { seq, rows } of rejected) yield { piece: 'rejected', seq, rows };
	if (!report) return;
	for (const { seq, block } of await readStoredFacts(db, id)) yield { piece: 'facts', seq, block };
	for (const { seq, snapshot } of await readStoredSnapshots(db, id))
		yield { piece: 'snapshot', seq, snapshot };
}

/** Segments one by one, the next ones being read meanwhile; null where one can no longer be read. */
async function* segmentsOf(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	batchId: BatchId,
	heads: readonly StoredHead[]
): AsyncGenerator<{ readonly head: StoredHead; readonly segment: PackedSegment | null }> {
	const read = async (first: number) => {
		const seqs = heads.slice(first, first + READ_AT_ONCE).map(({ seq }) => seq);
		return seqs.length === 0 ? [] : readPackedSegments(db, batchId, seqs);
	};
	let next = read(0);
	for (let first = 0; first < heads.length; first += READ_AT_ONCE) {
		signal.throwIfAborted();
		const segments = await next;
		next = read(first + READ_AT_ONCE);
		next.catch(() => {}); // it may never be waited for
		for (const [i, segment] of segments.entries()) yield { head: heads[first + i]!, segment };
	}
}

function damagedSegment(batchId: BatchId, { seq }: StoredHead): ProblemError {
	return new ProblemError({ code: 'damaged_data', segments: [[batchId, seq]] });
}
