import { KIND_COUNT } from '../model/event';

/**
 * Where the scan counts: a slot is a series, and has a cell for each kind of event. Slot 0 holds all rows that pass, the
 * others one value of the split each, or the rest of the values.
 */
export const OVERALL_SLOT = 0;
/** The overall slot and seven more: a person's mark has no bits for more. */
export const MAX_SLOTS = 8;

const CELLS_PER_SLOT = 16;
/** Cell 0 stays empty. */
export const CELLS = MAX_SLOTS * CELLS_PER_SLOT + 1;

/** The cell of a slot and a kind of event (model/event.ts). */
export function cellOf(slot: number, kind: number): number {
	return slot * CELLS_PER_SLOT + kind + 1;
}

/** The slot of a cell from 1 on. */
export function slotOfCell(cell: number): number {
	return Math.floor((cell - 1) / CELLS_PER_SLOT);
}

/** The kind of event of a cell from 1 on. */
export function kindOfCell(cell: number): number {
	return (cell - 1) % CELLS_PER_SLOT;
}

if (KIND_COUNT > CELLS_PER_SLOT) throw new Error('cells: too few for the kinds of events');
