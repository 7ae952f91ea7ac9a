import type { PinAttributes } from '../model/answer';
import { joined, ours, sql, type Sql } from './sql';
import { textCell, type Row } from './rows';
import type { Tables } from './tables';

/** What is known of Pins: the newest that is not empty, over everything that is stored, whatever the filter. */

export const PIN_ATTRIBUTES = ['title', 'board', 'link', 'image', 'created', 'format'] as const;
export type PinAttribute = (typeof PIN_ATTRIBUTES)[number];

const COLUMNS: Readonly<Record<Exclude<PinAttribute, 'format'>, Sql>> = {
	title: ours('pin_title'),
	board: ours('board'),
	link: ours('link'),
	image: ours('image_url'),
	created: ours('created_at')
};

function newest(attribute: PinAttribute, { pinTimeMs, hasCreated }: Tables): Sql {
	if (attribute === 'format') return sql`toString(argMax(format, ${pinTimeMs}))`;
	if (attribute === 'created' && !hasCreated) return sql`''`;
	const column = COLUMNS[attribute];
	return sql`argMaxIf(${column}, ${pinTimeMs}, ${column} != '')`;
}

/** Every Pin with some of its attributes: pin_id, pin_<attribute>, … in the order asked. */
export function attributesOfPins(tables: Tables, attributes: readonly PinAttribute[], where?: Sql): Sql {
	const columns = attributes.map(
		(attribute) => sql`${newest(attribute, tables)} AS ${ours(`pin_${attribute}`)}`
	);
	const condition = where ? sql` WHERE ${where}` : sql``;
	return sql`SELECT pin_id, ${joined(columns, ', ')} FROM ${tables.pins}${condition} GROUP BY pin_id`;
}

/** The names of all attributes, as attributesOfPins gives them. */
export const ATTRIBUTE_NAMES = ours(PIN_ATTRIBUTES.map((attribute) => `pin_${attribute}`).join(', '));

/** Attributes from the cells of PIN_ATTRIBUTES, which begin at `at`. */
export function attributesAt(row: Row, at: number): PinAttributes {
	const cells = PIN_ATTRIBUTES.map((name, i) => [name, textCell(row, at + i)]);
	const { title, board, link, image, created, format } = Object.fromEntries(cells) as Record<
		PinAttribute,
		string
	>;
	return { title, board, link, imageUrl: image, createdAt: created, format };
}

/** Those of a Pin of which nothing is known. */
export const NO_ATTRIBUTES: PinAttributes = {
	title: '',
	board: '',
	link: '',
	imageUrl: '',
	createdAt: '',
	format: ''
};
