import type { DataHost } from '../model/host';
import { ProblemError } from '../model/problem';
import type { PinAttributes } from '../model/answer';
import type { Coverage } from '../model/query';
import { PIN_ATTRIBUTES, attributesAt, attributesOfPins } from './attributes';
import { numberCell, textCell, type Ask, type Row } from './rows';
import { nameText, ours, sql, valuesTable } from './sql';
import { TIME_MS, type Tables } from './tables';

/** What is stored at a host, whatever the filter. */

/**
 * What there is; null where there is no event.
 * @throws ProblemError host_wrong_table where the table is not one of events
 */
export async function answerCoverage(ask: Ask, tables: Tables): Promise<Coverage | null> {
	const { rows } = await ask(sql`SELECT count(), min(${TIME_MS}), max(${TIME_MS}) FROM ${tables.events}`);
	const row = rows[0] as Row;
	const events = numberCell(row, 0);
	if (events === 0) return null;
	return { events, firstMs: numberCell(row, 1), lastMs: numberCell(row, 2), metrics: [] };
}

/**
 * Makes sure that the host rather fails than answers with a part: a server can be set to leave out what does not answer,
 * or to stop counting at some limit, and would not say so.
 * @throws ProblemError host_answers_parts
 */
export async function assertWholeAnswers(ask: Ask): Promise<void> {
	const { rows } = await ask(
		ours(`SELECT name FROM system.settings
		WHERE (name = 'skip_unavailable_shards' AND value != '0') OR (name LIKE '%_overflow_mode%' AND value != 'throw')
		ORDER BY name`)
	);
	const settings = rows.map((row) => textCell(row, 0));
	if (settings.length > 0) throw new ProblemError({ code: 'host_answers_parts', settings });
}

/** Whether the table that says what is known of Pins has a column created_at. */
export async function answerHasCreated(ask: Ask, { database, table, pins }: DataHost): Promise<boolean> {
	const { rows } = await ask(sql`SELECT count() FROM system.columns
		WHERE database = ${nameText(database)} AND table = ${nameText(pins ?? table)} AND name = 'created_at'`);
	return numberCell(rows[0] as Row, 0) > 0;
}

/** What is known of a Pin; null where there is no such Pin. */
export async function answerPinAttributes(
	ask: Ask,
	tables: Tables,
	pinId: string
): Promise<PinAttributes | null> {
	const wanted = sql`pin_id IN ${valuesTable('subject', [pinId])}`;
	const { rows } = await ask(attributesOfPins(tables, PIN_ATTRIBUTES, wanted));
	return rows[0] ? attributesAt(rows[0], 1) : null;
}

/** Whether a Pin is on a board; '' asks for one on none. */
export async function answerHasBoard(ask: Ask, tables: Tables, board: string): Promise<boolean> {
	const { rows } = await ask(sql`SELECT count() FROM (${attributesOfPins(tables, ['board'])})
		WHERE pin_board IN ${valuesTable('subject', [board])}`);
	return numberCell(rows[0] as Row, 0) > 0;
}
