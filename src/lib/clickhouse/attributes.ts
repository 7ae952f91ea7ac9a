import type { PinAttributes } from '../model/query';
import { joined, ours, sql, type Sql } from './sql';
import { textCell, type Row } from './rows';
import type { Tables } from './tables';

/** What is known of Pins: the newest that is not empty, over everything that is stored, whatever the filter. */

export const PIN_ATTRIBUTES = ['title', 'board', 'link', 'image', 'format'] as const;
export type PinAttribute = (typeof PIN_ATTRIBUTES)[number];

const COLUMNS: Readonly<Record<Exclude<PinAttribute, 'format'>, Sql>> = {
	title: ours('pin_title'),
	board: ours('board'),
	link: ours('link'),
	image: ours('image_url')
};

function newest(attribute: PinAttribute, timeMs: Sql): Sql {
	if (attribute === 'format') return sql`toString(argMax(format, ${timeMs}))`;
	const column = COLUMNS[attribute];
	return sql`argMaxIf(${column}, ${timeMs}, ${column} != '')`;
}

/** Every Pin with some of its attributes: pin_id, pin_<attribute>, … in the order asked. */
export function attributesOfPins(
	{ pins, pinTimeMs }: Tables,
	attributes: readonly PinAttribute[],
	where?: Sql
): Sql {
	const columns = attributes.map(
		(attribute) => sql`${newest(attribute, pinTimeMs)} AS ${ours(`pin_${attribute}`)}`
	);
	const condition = where ? sql` WHERE ${where}` : sql``;
	return sql`SELECT pin_id, ${joined(columns, ', ')} FROM ${pins}${condition} GROUP BY pin_id`;
}

/** The names of all attributes, as attributesOfPins gives them. */
export const ATTRIBUTE_NAMES = ours(PIN_ATTRIBUTES.map((attribute) => `pin_${attribute}`).join(', '));

/** Attributes from the cells of PIN_ATTRIBUTES, which begin at `at`. */
export function attributesAt(row: Row, at: number): PinAttributes {
	const [title, board, link, imageUrl, format] = PIN_ATTRIBUTES.map((_, i) => textCell(row, at + i)) as [
		string,
		string,
		string,
		string,
		string
	];
	return { title, board, link, imageUrl, format };
}
