import { COUNTS, type Count } from '../model/figures';
import { WEEK_HOURS, type HourFigures, type Query } from '../model/query';
import { COUNT_FIGURES, weekHourIn } from './columns';
import { passing } from './passing';
import { countsIn, numberCell, type Ask } from './rows';
import { sql } from './sql';
import type { Tables } from './tables';

/** Sums by hour of the week over all events that pass. */
export async function answerHours(ask: Ask, tables: Tables, query: Query): Promise<HourFigures> {
	const { rows } = await ask(sql`SELECT ${weekHourIn(query.filter.tz)} AS week_hour, ${COUNT_FIGURES}
		FROM ${tables.events} WHERE ${passing(tables, query)} GROUP BY week_hour`);
	const hours = Object.fromEntries(COUNTS.map((id) => [id, new Float64Array(WEEK_HOURS)])) as Record<
		Count,
		Float64Array
	>;
	for (const row of rows) {
		const counts = countsIn(row, 1);
		for (const id of COUNTS) hours[id][numberCell(row, 0)] = counts[id];
	}
	return hours;
}
