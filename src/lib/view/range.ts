import { addDays, dayAt, dayNumber, daysInMonth, FIRST_YEAR, LAST_YEAR, type Day } from '../model/calendar';
import type { Coverage } from '../model/query';
import type { Preset, ViewState } from './address';

/** Which days an address means, given what is stored. */

/** First and last day of a range, both included. */
export interface DayRange {
	readonly from: Day;
	readonly to: Day;
}

const FIRST_DAY: Day = `${FIRST_YEAR}-01-01`;
const LAST_DAY: Day = `${LAST_YEAR}-12-31`;

const PRESET_DAYS: Partial<Readonly<Record<Preset, number>>> = {
	'7d': 7,
	'14d': 14,
	'21d': 21,
	'30d': 30,
	'60d': 60,
	'90d': 90
};

/** The oldest and the newest day that hold data, in a zone. Reported days are the platform's own and do not move. */
export function dataRange(coverage: Coverage, tz: string): DayRange {
	const { firstMs, lastMs, events, reported } = coverage;
	if (events === 0 && reported) return reported;
	const [from, to] = [dayAt(firstMs, tz), dayAt(lastMs, tz)];
	if (!reported) return { from, to };
	return { from: reported.from < from ? reported.from : from, to: reported.to > to ? reported.to : to };
}

/** The days of a preset, counted back from the newest day that holds data. */
export function presetRange(preset: Preset, data: DayRange): DayRange {
	const newest = data.to;
	const days = PRESET_DAYS[preset];
	if (days !== undefined) return { from: clampDay(addDays(newest, 1 - days)), to: newest };
	if (preset === 'all') return data;
	const year = Number(newest.slice(0, 4));
	const month = Number(newest.slice(5, 7));
	if (preset === 'this-month') return { from: firstOfMonth(year, month), to: newest };
	const [lastYear, lastMonth] = month === 1 ? [year - 1, 12] : [year, month - 1];
	const from = firstOfMonth(lastYear, lastMonth);
	return { from, to: addDays(from, daysInMonth(lastYear, lastMonth) - 1) };
}

/** The days that a view shows. Never upside down, and within the years that events can lie in. */
export function resolveRange(state: ViewState, coverage: Coverage): DayRange {
	const data = dataRange(coverage, state.tz);
	if (state.from === null && state.to === null) return presetRange(state.range, data);
	const from = clampDay(state.from ?? data.from);
	const to = clampDay(state.to ?? data.to);
	return from <= to ? { from, to } : { from: to, to: from };
}

/** The preset that is in force, or null where the days were picked one by one. */
export function activePreset(state: ViewState): Preset | null {
	return state.from === null && state.to === null ? state.range : null;
}

/** How much of a range lies outside the days that hold data. */
export interface RangeGaps {
	readonly startsBefore: boolean;
	readonly endsAfter: boolean;
}

/** Whether a range begins before the first day that holds data, or ends after the last. */
export function rangeGaps(range: DayRange, data: DayRange): RangeGaps {
	return { startsBefore: range.from < data.from, endsAfter: range.to > data.to };
}

/** The last day of a series' step that starts on `day`. */
export function endOfBucket(day: Day, grain: ViewState['grain']): Day {
	if (grain === 'day') return day;
	if (grain === 'week') return addDays(day, 6);
	return addDays(day, daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7))) - 1);
}

/** Whether two days lie in the same year. */
export function isSameYear(a: Day, b: Day): boolean {
	return a.slice(0, 4) === b.slice(0, 4);
}

function firstOfMonth(year: number, month: number): Day {
	return `${year}-${String(month).padStart(2, '0')}-01`;
}

function clampDay(day: Day): Day {
	if (dayNumber(day) === null || day < FIRST_DAY) return FIRST_DAY;
	return day > LAST_DAY ? LAST_DAY : day;
}
