import type { FactBlock } from '../../columns/fact-block';
import type { PackedSegment } from '../../columns/packed-segment';
import type { PinClaims } from '../../columns/pin-claims';
import type { RejectedBlock } from '../../columns/rejected-block';
import type { ReportClaims } from '../../columns/report-claims';
import type { TextBlock } from '../../columns/text-block';
import type { InsightsSnapshot } from '../../model/insights';
import type { StoredBatch, StoredHead, StoredReport, Vocabulary } from '../database';

/**
 * The form in which a batch travels between copies of a workspace: its head, then pieces that refer to texts by numbers of
 * their own. Such numbers follow from the batch alone (renumbering.ts), so that every copy writes the same bytes, and their
 * hash names them. What is decided about a batch (choices.ts) and which of its rows are hidden is no part of it.
 */

/** What stands first. */
export interface PortableHead extends Omit<
	PortableBatch,
	'state' | 'segments' | 'storedBytes' | 'isSample' | 'firstMs' | 'lastMs' | 'report'
> {
	readonly report?: Omit<StoredReport, 'profile'>;
}

type PortableBatch = Omit<StoredBatch, 'id' | 'sameDays' | 'hidden' | 'edition'>;

/** What follows, texts before what refers to them. */
export type PortablePiece =
	/** Texts in the order of their numbers, those of the vocabulary's earlier pieces before them. */
	| { readonly piece: 'texts'; readonly vocabulary: Vocabulary; readonly block: TextBlock }
	| { readonly piece: 'segment'; readonly seq: number; readonly segment: PackedSegment }
	| {
			readonly piece: 'claims';
			readonly part: number;
			readonly of?: ReportClaims['of'];
			readonly claims: PinClaims;
	  }
	| { readonly piece: 'rejected'; readonly seq: number; readonly rows: RejectedBlock }
	| { readonly piece: 'facts'; readonly seq: number; readonly block: FactBlock }
	| { readonly piece: 'snapshot'; readonly seq: number; readonly snapshot: InsightsSnapshot };

/** What follows the pieces where a file holds several batches: what is known only once they were read. */
export interface PortableEnd extends BatchState {
	/** Of head and pieces; null where it is not known and some of it could no longer be read. */
	readonly contentHash: string | null;
}

/** What is no part of a batch as it travels, and still belongs to the workspace that it is in. */
export interface BatchState {
	readonly isSample: boolean;
	/** Set where some of it could no longer be read: its segments of which that is so. */
	readonly lost: readonly StoredHead[] | null;
}

/** The head of a batch; its parts stand in a fixed order, since they are hashed. */
export function portableHead(batch: StoredBatch): PortableHead {
	const { own, offered, report } = batch;
	return {
		fingerprint: batch.fingerprint,
		generation: batch.generation,
		stamp: batch.stamp,
		importedAt: batch.importedAt,
		file: batch.file,
		fileBytes: batch.fileBytes,
		accepted: batch.accepted,
		rejected: batch.rejected,
		rejections: batch.rejections,
		columns: batch.columns,
		firstLines: batch.firstLines,
		...(own ? { own } : {}),
		...(offered ? { offered } : {}),
		...(report ? { report: withoutProfile(report) } : {})
	};
}

function withoutProfile(report: StoredReport): Omit<StoredReport, 'profile'> {
	const rest: { profile?: string } & StoredReport = { ...report };
	delete rest.profile;
	return rest;
}

/** What a reading of a file is known by among all readings of it. */
export type ReadingName = Pick<PortableHead, 'generation' | 'importedAt' | 'contentHash'>;

/**
 * Which of two readings of one file counts: the one of the later generation, then the one that was made later. Below 0
 * where it is b.
 */
export function compareReadings(a: ReadingName, b: ReadingName): number {
	const [one, other] = [a.contentHash ?? '', b.contentHash ?? ''];
	return (
		a.generation - b.generation || a.importedAt - b.importedAt || Number(one > other) - Number(one < other)
	);
}
