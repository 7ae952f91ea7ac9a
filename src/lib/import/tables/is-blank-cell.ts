import { withoutSurroundings } from '../cells/surroundings';
import type { Cell } from './table';

const BLANK = /^(?:|[-–—]+|n\/?a|null|none|nan|no data|not available|keine daten)$/i;

/** Whether a cell says that there is no figure: that is not 0. */
export function isBlankCell(cell: Cell | undefined): boolean {
	if (cell === null || cell === undefined) return true;
	return typeof cell === 'string' && BLANK.test(withoutSurroundings(cell));
}
