import type { PortableItem } from './items';
import type { BatchState, PortableHead, PortablePiece } from './portable-batch';

/** What another copy of the workspace holds: a folder, a backup, or another database. */
export interface OtherCopy {
	readonly items: readonly PortableItem[];
	/** In any order; several may be readings of one file. */
	readonly batches: readonly OtherBatch[];
}

export interface OtherBatch {
	readonly head: PortableHead;
	/** Read only where it is wanted. */
	readonly pieces: () => AsyncIterable<PortablePiece>;
	/** Not set where it is whole and no sample. */
	readonly state?: BatchState;
	/** Set where it is known that the pieces are those that the head names; elsewhere they are hashed as they are taken in. */
	readonly isProved?: true;
}
