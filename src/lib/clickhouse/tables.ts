import type { DataHost } from '../model/host';
import { name, ours, sql, type Sql } from './sql';

/** What statements read. */
export interface Tables {
	readonly events: Sql;
	/** Where the attributes of Pins are: the events, or a table that has only what they say of Pins. */
	readonly pins: Sql;
	/** There, when something was said: milliseconds since 1970. */
	readonly pinTimeMs: Sql;
	/** Whether that table has a column created_at: those that were made before there was one do without. */
	readonly hasCreated: boolean;
}

/** The instant of an event in milliseconds since 1970; its table keeps seconds and milliseconds apart. */
export const TIME_MS = ours('(toUInt64(toUnixTimestamp(timestamp)) * 1000 + timestamp_ms)');

/** @throws RangeError where a name is not plain */
export function tablesOf({ database, table, pins }: DataHost, hasCreated: boolean): Tables {
	const named = (text: string) => sql`${name(database)}.${name(text)}`;
	const events = named(table);
	if (pins === null) return { events, pins: events, pinTimeMs: TIME_MS, hasCreated };
	return { events, pins: named(pins), pinTimeMs: ours('time_ms'), hasCreated };
}
