import type { NativeDimension } from '../../model/event';
import type { CountedColumns } from './counted-columns';
import type { FactBlocks } from './fact-blocks';
import type { FactIdentity } from './fact-identity';

/** What is left once it is settled which facts count. */
export interface CountedFacts {
	readonly batches: readonly FactBlocks[];
	readonly identity: FactIdentity;
	/** By what figures are about, the subject's number; rises. */
	readonly subjects: Uint32Array;
	readonly terms: Uint32Array;
	/** By pairs of FactIdentity, the place in the two. */
	readonly aboutOfPair: Uint32Array;
	readonly figures: CountedColumns;
	/** Totals as they stood on a day: `from` equals `to`. */
	readonly levels: CountedColumns;
	/** Per row of all batches, 1 where it counts. */
	readonly counts: Uint8Array;
	/** Figures that follow from two levels, by the row of the later. */
	readonly derived: readonly DerivedFigure[];
	readonly filteredBy: Readonly<Record<NativeDimension, ReadonlySet<string>>>;
	readonly covered: readonly { readonly from: number; readonly to: number }[];
}

/** What came between two levels. */
export interface DerivedFigure {
	/** The row of the later level. */
	readonly row: number;
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly isEstimate: boolean;
	/** Set once no other figure takes its place. */
	counts: boolean;
}
