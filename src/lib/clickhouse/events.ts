import type { PinAttributes } from '../model/answer';
import type { Query } from '../model/query';
import { PIN_ATTRIBUTES, attributesAt, attributesOfPins } from './attributes';
import { dimensionText } from './columns';
import { NATIVE_DIMENSIONS, type NativeDimension } from '../model/event';
import { passing, within } from './passing';
import { numberCell, textCell, type Ask, type Row } from './rows';
import { joined, sql } from './sql';
import { TIME_MS, type Tables } from './tables';

/** Single events, in pieces that fit into memory: for the export of events. */

export interface HostEvent {
	/** Milliseconds since 1970. */
	readonly timeMs: number;
	readonly event: string;
	readonly pinId: string;
	/** '' for nobody that is known. */
	readonly userId: string;
	readonly values: Readonly<Record<NativeDimension, string>>;
	readonly count: number;
	readonly watchMs: number;
	readonly viewHundredths: number;
	readonly playedHundredths: number;
}

export interface EventPiece {
	readonly events: readonly HostEvent[];
	/** How much of all is done with it, from 0 to 1. */
	readonly fraction: number;
	/** How many events there are. */
	readonly all: number;
}

/** An hour can hold more; events of one hour come in one piece. */
const EVENTS_A_PIECE = 50_000;
const MS_PER_HOUR = 3_600_000;

/** The attributes of all Pins with an event that passes, by their ids. */
export async function answerAttributes(
	ask: Ask,
	tables: Tables,
	query: Query
): Promise<ReadonlyMap<string, PinAttributes>> {
	const wanted = sql`pin_id GLOBAL IN (SELECT pin_id FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY pin_id)`;
	const { rows } = await ask(attributesOfPins(tables, PIN_ATTRIBUTES, wanted));
	return new Map(rows.map((row) => [textCell(row, 0), attributesAt(row, 1)]));
}

/** The events that pass, oldest first; those of one instant in the order of their columns. */
export async function* answerEvents(ask: Ask, tables: Tables, query: Query): AsyncGenerator<EventPiece> {
	const passes = passing(tables, query);
	const hours = await ask(sql`SELECT intDiv(toUnixTimestamp(timestamp), 3600) AS utc_hour, count()
		FROM ${tables.events} WHERE ${passes} GROUP BY utc_hour ORDER BY utc_hour`);
	const counts = hours.rows.map((row) => ({ hour: numberCell(row, 0), events: numberCell(row, 1) }));
	const all = counts.reduce((sum, { events }) => sum + events, 0);
	let done = 0;
	for (const { first, last, events } of piecesOf(counts)) {
		const span = within(first * MS_PER_HOUR, (last + 1) * MS_PER_HOUR);
		const { rows } = await ask(sql`SELECT ${COLUMNS} FROM ${tables.events} WHERE ${span} AND ${passes}
			ORDER BY time_ms, event_name, pin_id, user_id, ${NAMES}, n, watch_ms, view_hundredths, played_hundredths`);
		done += events;
		yield { events: rows.map(eventIn), fraction: done / all, all };
	}
}

/** Hours that follow each other, together until they hold enough events. */
function piecesOf(counts: readonly { readonly hour: number; readonly events: number }[]) {
	const pieces: { first: number; last: number; events: number }[] = [];
	for (const { hour, events } of counts) {
		const open = pieces.at(-1);
		if (open && open.events + events <= EVENTS_A_PIECE) {
			open.last = hour;
			open.events += events;
		} else pieces.push({ first: hour, last: hour, events });
	}
	return pieces;
}

const NAMES = joined(
	NATIVE_DIMENSIONS.map((_, i) => sql`v_${i}`),
	', '
);
const COLUMNS = sql`${TIME_MS} AS time_ms, toString(event) AS event_name, pin_id, user_id,
	${joined(
		NATIVE_DIMENSIONS.map((dimension, i) => sql`${dimensionText(dimension)} AS v_${i}`),
		', '
	)}, n, watch_ms, view_hundredths, played_hundredths`;

function eventIn(row: Row): HostEvent {
	const after = 4 + NATIVE_DIMENSIONS.length;
	return {
		timeMs: numberCell(row, 0),
		event: textCell(row, 1),
		pinId: textCell(row, 2),
		userId: textCell(row, 3),
		values: Object.fromEntries(
			NATIVE_DIMENSIONS.map((dimension, i) => [dimension, textCell(row, 4 + i)])
		) as Record<NativeDimension, string>,
		count: numberCell(row, after),
		watchMs: numberCell(row, after + 1),
		viewHundredths: numberCell(row, after + 2),
		playedHundredths: numberCell(row, after + 3)
	};
}
