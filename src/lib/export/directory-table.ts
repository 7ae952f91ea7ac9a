import type { ListedPin } from '../model/directory';
import { columnsOf, type Column, type Table } from './table';

const COLUMNS: readonly Column[] = [
	{ name: 'pin_id', type: 'id' },
	...columnsOf('text', ['pin_title', 'board', 'link', 'format']),
	{ name: 'created_at', type: 'stamp' }
];

/**
 * What directories say of Pins: a row a Pin.
 * @param pins in the order of the rows
 * @returns null where there is none
 */
export function directoryTable(pins: readonly ListedPin[]): Table | null {
	if (pins.length === 0) return null;
	const rows = pins.map(({ pinId, title, board, link, format, createdAt }) => [
		pinId,
		title,
		board,
		link,
		format,
		createdAt
	]);
	return { columns: COLUMNS, rows };
}
