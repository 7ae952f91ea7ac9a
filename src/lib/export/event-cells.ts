import type { Catalogue } from '../columns/catalogue';
import { kindOf, valueName, valueOf } from '../columns/combination';
import { valuesOfTuples } from '../columns/own-columns';
import { videoFrom, type Segment } from '../columns/segment';
import type { TextBlocks } from '../columns/text-blocks';
import { ownDimension } from '../model/dimension';
import {
	EVENT_COLUMNS,
	FIRST_VIDEO_KIND,
	NATIVE_DIMENSIONS,
	eventOfKind,
	type EventColumn
} from '../model/event';
import { compareText } from '../model/text-order';
import type { Cell, Column, ColumnType } from './table';

/** What the cells of an event file hold. */
const EVENT_TYPES: Readonly<Record<EventColumn, ColumnType>> = {
	timestamp: 'stamp',
	event: 'text',
	pin_id: 'id',
	user_id: 'id',
	content_type: 'text',
	source: 'text',
	device: 'text',
	account: 'text',
	format: 'text',
	count: 'number',
	watch_seconds: 'number',
	view_percent: 'number',
	played_percent: 'number',
	pin_title: 'text',
	board: 'text',
	link: 'text',
	image_url: 'text',
	created_at: 'stamp'
};

/**
 * The columns of a file of events.
 * @param own names of columns of one's own, in any order
 */
export function eventColumns(own: Iterable<string> = []): Column[] {
	return [
		...EVENT_COLUMNS.map((name) => ({ name, type: EVENT_TYPES[name] })),
		...[...own].sort(compareText).map((name): Column => ({ name: ownDimension(name), type: 'text' }))
	];
}

/** Makes what is written of the cells of some columns, those from `first` on. */
export type StretchOf<Stretch> = (cells: readonly Cell[], first: number) => Stretch;

/** Where stretches begin. */
const TIMESTAMP = EVENT_COLUMNS.indexOf('timestamp');
const EVENT = EVENT_COLUMNS.indexOf('event');
const PIN_ID = EVENT_COLUMNS.indexOf('pin_id');
const USER_ID = EVENT_COLUMNS.indexOf('user_id');
const DIMENSIONS = EVENT_COLUMNS.indexOf('content_type');
const COUNT = EVENT_COLUMNS.indexOf('count');
const ATTRIBUTES = EVENT_COLUMNS.indexOf('pin_title');
const NO_VIDEO: readonly Cell[] = [0, 0, 0];

interface CombinationCells<Stretch> {
	readonly kind: number;
	readonly event: Stretch;
	/** From content_type to format. */
	readonly dimensions: Stretch;
}

interface PinCells<Stretch> {
	readonly id: Stretch;
	readonly attributes: Stretch;
}

/**
 * Events as rows of an event file: importing them again gives the same figures, and the same export. A row is made of
 * stretches of cells: those that many rows share are made once.
 */
export class EventCells<Stretch> {
	readonly columns: readonly Column[];
	readonly #catalogue: Catalogue;
	readonly #userIds: TextBlocks;
	readonly #segments: readonly Segment[];
	readonly #own: readonly (readonly [name: string, values: readonly string[]])[];
	readonly #stretchOf: StretchOf<Stretch>;
	/** Per segment, what is written of its combinations. */
	readonly #combinations: readonly (readonly CombinationCells<Stretch>[])[];
	/** What stands on each row of a Pin. */
	readonly #pins = new Map<number, PinCells<Stretch>>();
	/** What is written where nobody is named. */
	readonly #nobody: Stretch;
	/** What is written of one event that is no video play. */
	readonly #one: Stretch;
	/** Per segment, what is written of its tuples, as far as they were met. */
	readonly #tuples: Stretch[][] = [];

	/**
	 * @param userIds the ids of people, by their numbers
	 * @param own columns of one's own, with their values by number
	 */
	constructor(
		catalogue: Catalogue,
		userIds: TextBlocks,
		own: ReadonlyMap<string, readonly string[]>,
		segments: readonly Segment[],
		stretchOf: (columns: readonly Column[]) => StretchOf<Stretch>
	) {
		this.columns = eventColumns(own.keys());
		this.#own = [...own].sort(([a], [b]) => compareText(a, b));
		this.#catalogue = catalogue;
		this.#userIds = userIds;
		this.#segments = segments;
		this.#stretchOf = stretchOf(this.columns);
		this.#combinations = segments.map(({ codes }) => Array.from(codes, (code) => this.#combination(code)));
		this.#nobody = this.#stretchOf([null], USER_ID);
		this.#one = this.#stretchOf([1, ...NO_VIDEO], COUNT);
	}

	/** The stretches of a row of the segment at `s`, in the order of the columns. */
	row(s: number, row: number): Stretch[] {
		const segment = this.#segments[s]!;
		const { kind, event, dimensions } = this.#combinations[s]![segment.combinations[row] as number]!;
		const pin = segment.pins[row] as number;
		const user = segment.users[row] as number;
		const time = new Date(segment.firstMs + (segment.times[row] as number)).toISOString();
		const { id, attributes } = this.#pin(pin);
		const stretches = [
			this.#stretchOf([time], TIMESTAMP),
			event,
			id,
			user === 0 ? this.#nobody : this.#stretchOf([this.#userIds.text(user - 1)], USER_ID),
			dimensions,
			kind < FIRST_VIDEO_KIND && segment.counts === null ? this.#one : this.#amounts(segment, row, kind),
			attributes
		];
		if (this.#own.length > 0) stretches.push(this.#tuple(s, row));
		return stretches;
	}

	#amounts(segment: Segment, row: number, kind: number): Stretch {
		const count = segment.counts === null ? 1 : (segment.counts[row] as number);
		const video = kind < FIRST_VIDEO_KIND ? NO_VIDEO : videoCells(segment, row);
		return this.#stretchOf([count, ...video], COUNT);
	}

	#combination(code: number): CombinationCells<Stretch> {
		const { accounts } = this.#catalogue;
		const kind = kindOf(code);
		const values = NATIVE_DIMENSIONS.map((dimension) =>
			valueName(dimension, valueOf(code, dimension), accounts)
		);
		return {
			kind,
			event: this.#stretchOf([eventOfKind(kind)], EVENT),
			dimensions: this.#stretchOf(values, DIMENSIONS)
		};
	}

	#pin(pin: number): PinCells<Stretch> {
		let cells = this.#pins.get(pin);
		if (cells === undefined) {
			const { title, board, link, imageUrl, createdAt } = this.#catalogue.pin(pin);
			cells = {
				id: this.#stretchOf([this.#catalogue.pinId(pin)], PIN_ID),
				attributes: this.#stretchOf([title, board, link, imageUrl, createdAt], ATTRIBUTES)
			};
			this.#pins.set(pin, cells);
		}
		return cells;
	}

	/** What is written of columns of one's own. */
	#tuple(s: number, row: number): Stretch {
		const segment = this.#segments[s]!;
		const tuple = segment.own ? (segment.own.rows[row] as number) : 0;
		const known = (this.#tuples[s] ??= []);
		known[tuple] ??= this.#stretchOf(
			this.#own.map(([name, values]) => values[valuesOfTuples(segment, name)?.(tuple) ?? 0] ?? ''),
			EVENT_COLUMNS.length
		);
		return known[tuple];
	}
}

/** The three cells of a row that is a video play. */
function videoCells({ video }: Segment, row: number): Cell[] {
	const index = videoFrom(video, row);
	return [
		decimal(video.watchMs[index] as number, 3),
		decimal(video.viewHundredths[index] as number, 2),
		decimal(video.playedHundredths[index] as number, 2)
	];
}

/** A whole number of 10^-`scale` parts as a decimal number, digit by digit: 12,400 thousandths are 12.4. */
export function decimal(parts: number, scale: number): string {
	const unit = 10 ** scale;
	const fraction = parts % unit;
	const whole = String((parts - fraction) / unit);
	return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(scale, '0').replace(/0+$/, '')}`;
}
