import { PLAIN_FIGURE } from '../../model/reported';
import * as v from 'valibot';
import type { Day } from '../../model/calendar';
import type { ReportedSubject } from '../../model/reported';
import { isRecord, measuredSchema, rejectRow, takeMeasured } from './api-answer';
import { readDay } from './cells';
import type { FactCollector } from './fact-collector';
import { filtersNamed } from './filter-names';

/** The part of an answer that goes by days, which answers about an account and about a Pin share. */

const answerSchema = v.object({ dailymetrics: v.array(v.unknown()) });
const daySchema = v.object({ date: v.string(), ...measuredSchema.entries });

/** Whether a value is an answer by days. */
function hasDays(value: unknown): boolean {
	return isRecord(value) && Array.isArray(value['dailymetrics']);
}

/** The answers by days in an object that has one per value of a split, or one under `all`. */
export function splitAnswers(value: unknown): [string, unknown][] {
	if (hasDays(value)) return [['all', value]];
	return isRecord(value) ? Object.entries(value).filter(([, answer]) => hasDays(answer)) : [];
}

/** Takes the days of all values of a split, for one subject. Returns the days that were named. */
export function takeDays(
	collector: FactCollector,
	answers: readonly (readonly [string, unknown])[],
	subject: ReportedSubject,
	nextRow: () => number
): Day[] {
	const days: Day[] = [];
	for (const [key, answer] of answers) {
		const filters = filtersNamed(key);
		if (!filters) collector.leaveOut(key.toUpperCase());
		for (const item of v.parse(answerSchema, answer).dailymetrics) {
			const row = nextRow();
			const day = v.safeParse(daySchema, item);
			if (!filters) {
				rejectRow(collector, row, { column: 'split', reason: 'unknown_value', value: key });
			} else if (!day.success) {
				const column = day.issues[0].path?.[0]?.key;
				rejectRow(collector, row, {
					column: typeof column === 'string' ? column : 'date',
					reason: 'unknown_value'
				});
			} else {
				const date = readDay(day.output.date);
				if (typeof date !== 'string') {
					rejectRow(collector, row, { column: 'date', value: day.output.date, ...date });
					continue;
				}
				days.push(date);
				takeMeasured(collector, row, day.output, { from: date, to: date, subject, filters, ...PLAIN_FIGURE });
			}
		}
	}
	return days;
}
