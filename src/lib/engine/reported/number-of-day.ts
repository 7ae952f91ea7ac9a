import { dayNumber, type Day } from '../../model/calendar';

/** The number of a day that a query names. */
export function numberOfDay(day: Day): number {
	const number = dayNumber(day);
	if (number === null) throw new Error(`no such day: ${day}`);
	return number;
}
