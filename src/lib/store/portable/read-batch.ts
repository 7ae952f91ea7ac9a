import type { TextBlock } from '../../columns/text-block';
import { TextBlocks } from '../../columns/text-blocks';
import { ProblemError } from '../../model/problem';
import { isReadable, readPackedSegment, readTexts } from '../batches';
import {
	claimsOf,
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredHead,
	type WorkspaceDatabase
} from '../database';
import { portableHead, type PortableHead, type PortablePiece } from './portable-batch';
import { contentHashOf } from './portable-bytes';
import { FirstMet, renumberClaims, renumberSegment, type Vocabulary } from './renumbering';

/** A stored batch in the form in which it travels. */

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
 * @throws ProblemError damaged_data where some of it can no longer be read
 */
export async function* readPieces(
	signal: AbortSignal,
	texts: WorkspaceTexts,
	db: WorkspaceDatabase,
	batch: LiveBatch
): AsyncGenerator<PortablePiece> {
	const { id, report } = batch;
	if (report && !(await isReadable(db, batch))) throw new ProblemError({ code: 'damaged_data' });
	const numbering = new Map<Vocabulary, FirstMet>();
	const numberIn = (vocabulary: Vocabulary) => {
		let met = numbering.get(vocabulary);
		if (!met) numbering.set(vocabulary, (met = new FirstMet()));
		return met.numberOf;
	};
	const heads = batch.hidden?.segments ?? batch.segments;
	const claims = await claimsOf(db, id).toArray();
	// Texts come before what refers to them, so what refers to them is read twice.
	for (const head of heads) {
		signal.throwIfAborted();
		renumberSegment(await segmentOf(db, id, head), numberIn);
	}
	for (const piece of claims) renumberClaims(piece.claims, numberIn('pin'));

	for (const [vocabulary, { met }] of [...numbering].sort(([a], [b]) => Number(a > b) - Number(a < b))) {
		const known = await texts.of(vocabulary, id);
		for (let first = 0; first < met.length; first += TEXTS_PER_PIECE) {
			signal.throwIfAborted();
			yield {
				piece: 'texts',
				vocabulary,
				block: pickTexts(known, met.subarray(first, first + TEXTS_PER_PIECE))
			};
		}
	}
	for (const head of heads) {
		signal.throwIfAborted();
		const segment = renumberSegment(await segmentOf(db, id, head), numberIn);
		yield { piece: 'segment', seq: head.seq, segment };
	}
	for (const { part, of, claims: own } of claims) {
		const renumbered = renumberClaims(own, numberIn('pin'));
		yield { piece: 'claims', part, ...(of ? { of } : {}), claims: renumbered };
	}
	for (const { seq, rows } of await piecesOf(db.rejectedRows, id).toArray())
		yield { piece: 'rejected', seq, rows };
	for (const { seq, block } of await piecesOf(db.factBlocks, id).toArray())
		yield { piece: 'facts', seq, block };
	for (const { seq, snapshot } of await piecesOf(db.snapshots, id).toArray())
		yield { piece: 'snapshot', seq, snapshot };
}

async function segmentOf(db: WorkspaceDatabase, batchId: BatchId, { seq }: StoredHead) {
	const segment = await readPackedSegment(db, batchId, seq);
	if (!segment) throw new ProblemError({ code: 'damaged_data', segments: [[batchId, seq]] });
	return segment;
}

function pickTexts(texts: TextBlocks, numbers: Uint32Array): TextBlock {
	const picked = Array.from(numbers, (number) => texts.bytes(number));
	const offsets = new Uint32Array(picked.length + 1);
	picked.forEach((text, i) => (offsets[i + 1] = (offsets[i] as number) + text.length));
	const bytes = new Uint8Array(offsets[picked.length] as number);
	picked.forEach((text, i) => bytes.set(text, offsets[i]));
	return { bytes, offsets };
}
