import { isTimeZone } from '../model/calendar';
import { CLOSED_VALUES, type NativeDimension } from '../model/event';
import { COUNTS, FIGURE_IDS, type FigureId } from '../model/figures';
import { FIGURE_SQL } from '../model/figure-sql';
import { METRICS, type SortMetric } from '../model/metric';
import type { Grain } from '../model/query';
import { joined, name, ours, sql, type Sql } from './sql';

/** What statements select: figures as model defines them, days of a zone, and the columns of the table. */

/**
 * A figure. What model says of people is counted by what never estimates: how COUNT(DISTINCT …) counts is a setting of
 * the server.
 */
function figure(id: FigureId): Sql {
	const text = FIGURE_SQL[id].replace('count(DISTINCT ', 'uniqExact(');
	// Old releases count no people as NULL where there is nobody.
	return ours(text === FIGURE_SQL[id] ? text : `ifNull(${text}, 0)`);
}

// Named, since a figure and a column of the table can have one name, and a name of a result hides a column.
const namedFigures = (ids: readonly FigureId[]) =>
	joined(
		ids.map((id) => sql`${figure(id)} AS ${name(`f_${id}`)}`),
		', '
	);

/** All figures, in the order of FIGURE_IDS. */
export const FIGURES = namedFigures(FIGURE_IDS);

/** Those without people, in the order of COUNTS. */
export const COUNT_FIGURES = namedFigures(COUNTS);

/** The names that COUNT_FIGURES gives. */
export const COUNT_NAMES = joined(
	COUNTS.map((id) => name(`f_${id}`)),
	', '
);

/** What a list is sorted by; a metric without a value comes after 0. */
export function sortValue(sort: SortMetric): Sql {
	return ours(`ifNull(${METRICS[sort].sql}, -1)`);
}

/** A dimension's value as text: closed lists are kept as numbers. */
export function dimensionText(dimension: NativeDimension): Sql {
	return dimension === 'account' ? name(dimension) : sql`toString(${name(dimension)})`;
}

/** The words of a closed list that are among the values, as a list: (`'a', 'b'`); null where there are none. */
export function closedWords(
	dimension: Exclude<NativeDimension, 'account'>,
	values: readonly string[]
): Sql | null {
	// Taken from the list of the source, not from what was asked.
	const words = CLOSED_VALUES[dimension].filter((word) => values.includes(word));
	return words.length === 0 ? null : ours(`(${words.map((word) => `'${word}'`).join(', ')})`);
}

const ZONE_NAME = /^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/;

/**
 * A time zone's name in quotes.
 * @throws RangeError where the runtime has no such zone
 */
function zoneText(tz: string): Sql {
	if (!ZONE_NAME.test(tz) || !isTimeZone(tz)) throw new RangeError(`not a time zone: ${tz}`);
	return ours(`'${tz}'`);
}

/** The day of an event in a zone. */
export function dayIn(tz: string): Sql {
	return sql`toDate(timestamp, ${zoneText(tz)})`;
}

/** The first day of the week or month of an event, or its day. */
export function bucketIn(tz: string, grain: Grain): Sql {
	const day = dayIn(tz);
	if (grain === 'week') return sql`toMonday(${day})`;
	return grain === 'month' ? sql`toStartOfMonth(${day})` : day;
}

/** The hour of the week of an event in a zone: Monday 00:00–01:00 is 0. */
export function weekHourIn(tz: string): Sql {
	return sql`(toDayOfWeek(${dayIn(tz)}) - 1) * 24 + toHour(timestamp, ${zoneText(tz)})`;
}
