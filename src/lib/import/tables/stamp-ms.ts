import { MS_PER_DAY } from '../../model/calendar';
import { withoutSurroundings } from '../cells/surroundings';
import { parseTimestamp } from '../cells/timestamp';
import { readDateText } from './date-text';
import { cellText, type Cell } from './table';

const encoder = new TextEncoder();

/** The instant that a cell names, in milliseconds since 1970; null where it names none. Without a zone it is UTC. */
export function stampMs(cell: Cell): number | null {
	const text = withoutSurroundings(cellText(cell)).replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3');
	const bytes = encoder.encode(text);
	const ms = parseTimestamp(bytes, 0, bytes.length);
	if (ms >= 0) return ms;
	const found = readDateText(text);
	return found?.form === 'day' ? found.day * MS_PER_DAY : null;
}
