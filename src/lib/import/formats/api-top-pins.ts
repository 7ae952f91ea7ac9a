import { PLAIN_FIGURE } from '../../model/reported';
import type { ReportContents } from '../../columns/report-contents';
import * as v from 'valibot';
import { MS_PER_DAY, addDays, dayFromNumber } from '../../model/calendar';
import { ProblemError } from '../../model/problem';
import type { DaySpan } from '../../model/reported';
import { isRecord, measuredSchema, parseAnswer, rejectRow, takeMeasured } from '../reported/api-answer';
import { readDay } from '../reported/cells';
import { FactCollector } from '../reported/fact-collector';
import type { FactFormat } from './format';

/** The top Pins, or top video Pins, as the API (v5) answers: totals per Pin over days that the answer may not name. */
export const apiTopPins: FactFormat = {
	gives: 'facts',
	name: 'api_top_pins',
	recognises: ({ text }) =>
		text.trimStart().startsWith('{') &&
		/"pins"\s*:\s*\[/i.test(text) &&
		/"(?:sort_?by|date_?availability)"/i.test(text),
	read: readApiTopPins
};

/** No stamp of ours is later. */
const LAST_MS = Date.UTC(2100, 0);

/** Such an answer reaches back this far. */
const LONGEST_DAYS = 90;

const answerSchema = v.object({
	pins: v.array(v.unknown()),
	dateavailability: v.optional(
		v.nullable(
			v.object({ latestavailabletimestamp: v.optional(v.nullable(v.union([v.number(), v.string()]))) })
		)
	),
	startdate: v.optional(v.string()),
	enddate: v.optional(v.string())
});
const pinSchema = v.object({ pinid: v.string(), ...measuredSchema.entries });

/** @throws ProblemError damaged_json, no_known_figures, days_not_named */
export function readApiTopPins(text: string): ReportContents {
	const answer = parseAnswer(text);
	const parsed = v.safeParse(answerSchema, answer);
	if (!parsed.success) {
		throw new ProblemError({ code: 'no_known_figures', found: isRecord(answer) ? Object.keys(answer) : [] });
	}
	const { pins, dateavailability, startdate, enddate } = parsed.output;
	const latest = Number(dateavailability?.latestavailabletimestamp ?? NaN);
	const collector = new FactCollector();
	collector.exportedAt = latest > 0 && latest < LAST_MS ? latest : null;
	const span = spanOf(startdate, enddate, collector.exportedAt);
	if (!span) throw new ProblemError({ code: 'days_not_named' });
	collector.cover(span);
	pins.forEach((item, index) => {
		const pin = v.safeParse(pinSchema, item);
		if (!pin.success) {
			const column = pin.issues[0].path?.[0]?.key;
			return rejectRow(collector, index + 1, {
				column: typeof column === 'string' ? column : 'pin_id',
				reason: 'unknown_value'
			});
		}
		takeMeasured(collector, index + 1, pin.output, {
			...span,
			subject: { kind: 'pin', id: pin.output.pinid },
			filters: {},
			...PLAIN_FIGURE
		});
	});
	return collector.result();
}

/** The days asked for where they are named; else the longest stretch that such an answer can be about. */
function spanOf(start: string | undefined, end: string | undefined, latest: number | null): DaySpan | null {
	const newest = latest === null ? null : dayFromNumber(Math.floor(latest / MS_PER_DAY));
	const to = end === undefined ? newest : readDay(end);
	if (typeof to !== 'string') return null;
	const from = start === undefined ? addDays(to, 1 - LONGEST_DAYS) : readDay(start);
	return typeof from === 'string' && from <= to ? { from, to } : null;
}
