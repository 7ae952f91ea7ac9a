import { dayFromNumber, dayNumber } from '../../model/calendar';
import type { DaySpan } from '../../model/reported';
import { readDateText } from './date-text';

/** All days that a text names, in its order. */
export function daysNamedIn(text: string): number[] {
	const found: number[] = [];
	const pattern =
		/\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)\d{8}(?!\d)|\p{L}{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \p{L}{3,12}\.?,? \d{4}/gu;
	for (const [match] of text.matchAll(pattern)) {
		const day = readDateText(match);
		if (day?.form === 'day' && dayNumber(dayFromNumber(day.day)) !== null) found.push(day.day);
	}
	return found;
}

/** The days that a text names: two days, one, a week or a month; null where it names none. */
export function spanNamedIn(text: string): DaySpan | null {
	const days = daysNamedIn(text);
	if (days.length === 1 || days.length === 2) {
		const [a, b = a] = days as [number, number?];
		return { from: dayFromNumber(Math.min(a, b)), to: dayFromNumber(Math.max(a, b)) };
	}
	if (days.length > 2) return null;
	const part =
		/(?<!\d)\d{4}-?W\d{1,2}(?!\d)/i.exec(text)?.[0] ?? /(?<![\d-])\d{4}-\d{2}(?![\d-])/.exec(text)?.[0];
	const found = part === undefined ? null : readDateText(part);
	return found?.form === 'span' ? { from: dayFromNumber(found.from), to: dayFromNumber(found.to) } : null;
}
