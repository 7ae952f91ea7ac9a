import type { SchemaElement } from 'hyparquet';
import type { Catalogue } from '../columns/catalogue';
import type { TextBlocks } from '../columns/text-blocks';
import { ownDimension } from '../model/dimension';
import {
	ATTRIBUTES,
	CLOSED_VALUES,
	EVENTS,
	EVENT_COLUMNS,
	NATIVE_DIMENSIONS,
	type EventColumn
} from '../model/event';
import type { ChunkValues } from './parquet-chunk';
import { NumberColumn, TimeColumn } from './parquet-columns';
import { TextColumn } from './parquet-text-column';
import { TextPool, type PinTexts } from './text-pool';

/**
 * The columns are those of an event file, in its order: `timestamp` TIMESTAMP(ms, UTC); `count` INT64; `watch_seconds`
 * DECIMAL(18, 3); `view_percent`, `played_percent` DECIMAL(5, 2); all others texts. `user_id` and the attributes of Pins
 * are null where a CSV has empty cells; the others always have a value, so that both files say the same. Columns of one's
 * own come last, as in a CSV, and are texts or null.
 */

/** Rows of a group: as many as DuckDB puts into one, so that one thread of a reader takes one group. */
export const GROUP_ROWS = 122_880;

const TEXT = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const decimal = (type: 'INT32' | 'INT64', precision: number, scale: number) =>
	({
		type,
		converted_type: 'DECIMAL',
		precision,
		scale,
		logical_type: { type: 'DECIMAL', precision, scale }
	}) as const;

const TYPES: Partial<Record<EventColumn, Omit<SchemaElement, 'name'>>> = {
	timestamp: {
		type: 'INT64',
		converted_type: 'TIMESTAMP_MILLIS',
		logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' }
	},
	count: { type: 'INT64' },
	watch_seconds: decimal('INT64', 18, 3),
	view_percent: decimal('INT32', 5, 2),
	played_percent: decimal('INT32', 5, 2)
};

const OPTIONAL: ReadonlySet<EventColumn> = new Set<EventColumn>(['user_id', ...ATTRIBUTES]);

/** The columns as the file describes them, but for those of one's own. */
export const ELEMENTS = EVENT_COLUMNS.map((name): SchemaElement => ({
	...(TYPES[name] ?? TEXT),
	name,
	repetition_type: OPTIONAL.has(name) ? 'OPTIONAL' : 'REQUIRED'
}));

/** How the file describes a column of one's own. */
export function ownElement(name: string): SchemaElement {
	return { ...TEXT, name: ownDimension(name), repetition_type: 'OPTIONAL' };
}

/** The columns of the group that is being filled. */
export class EventColumns {
	readonly timestamp = new TimeColumn(GROUP_ROWS);
	readonly event = new TextColumn(new TextPool(EVENTS), GROUP_ROWS);
	readonly pin_id: TextColumn;
	readonly user_id: TextColumn;
	/** In the order of NATIVE_DIMENSIONS. */
	readonly dimensions: readonly TextColumn[];
	readonly count = new NumberColumn(8, GROUP_ROWS);
	readonly watch_seconds = new NumberColumn(8, GROUP_ROWS);
	readonly view_percent = new NumberColumn(4, GROUP_ROWS);
	readonly played_percent = new NumberColumn(4, GROUP_ROWS);
	/** In the order of ATTRIBUTES. */
	readonly attributes: readonly TextColumn[];
	readonly #byName: Readonly<Record<EventColumn, { finish(): ChunkValues }>>;

	constructor({ accounts }: Catalogue, userIds: TextBlocks, pins: PinTexts) {
		this.pin_id = new TextColumn(pins, GROUP_ROWS);
		this.user_id = new TextColumn(userIds, GROUP_ROWS, true);
		this.dimensions = NATIVE_DIMENSIONS.map((name) => {
			const values = name === 'account' ? accounts : CLOSED_VALUES[name];
			return new TextColumn(new TextPool(values), GROUP_ROWS);
		});
		this.attributes = ATTRIBUTES.map((_, a) => new TextColumn(pins.texts(a), GROUP_ROWS, true));
		const named = (names: readonly EventColumn[], columns: readonly TextColumn[]) =>
			Object.fromEntries(names.map((name, i) => [name, columns[i]!]));
		this.#byName = {
			...(this as unknown as Record<EventColumn, { finish(): ChunkValues }>),
			...named(NATIVE_DIMENSIONS, this.dimensions),
			...named(ATTRIBUTES, this.attributes)
		};
	}

	/** What the group has of a column, which is then empty for the next group. */
	finish(name: EventColumn): ChunkValues {
		return this.#byName[name].finish();
	}
}
