import type { FactColumns } from '../../columns/fact-columns';
import type { FactSource } from '../../model/reported';

/** Figures of one import, as they are stored. */
export interface FactBlocks extends FactSource {
	readonly blocks: readonly FactColumns[];
	/** How many figures of it could not be read. */
	readonly damagedFacts?: number;
}
