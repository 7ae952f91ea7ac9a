import type { ReportContents } from '../../columns/report-contents';
import { MS_PER_DAY, dayFromNumber } from '../../model/calendar';
import { withoutSurroundings } from '../cells/surroundings';
import { delimiterOf } from '../reported/text-rows';
import { readInsightsAnswer } from './insights-answer';
import { readInsightsCsv } from './insights-csv';
import { audienceNamed, headColumnNamed, isViewName } from './insights-names';

/** How sure it is that a text is Audience insights, from 0 to 1, by its start. */
export function looksLikeInsights(headText: string): number {
	const text = withoutSurroundings(headText.slice(0, 64)).concat(headText.slice(64));
	return isJson(text) ? scoreOfAnswer(text) : scoreOfCsv(text);
}

/**
 * Reads Audience insights, from a CSV of the platform or an answer of its API. Takes no figures of days.
 * @param modifiedMs when the file was last changed: the day of what has none of its own
 * @throws ProblemError unknown_audience, insights_day, empty_insights; unclosed_quote, damaged_json
 */
export function readInsights(
	text: string,
	{ modifiedMs = null }: { readonly modifiedMs?: number | null } = {}
): ReportContents {
	const day = modifiedMs === null ? null : dayFromNumber(Math.floor(modifiedMs / MS_PER_DAY));
	return isJson(text) ? readInsightsAnswer(text, day) : readInsightsCsv(text, day);
}

function isJson(text: string): boolean {
	return /^[\s\uFEFF]*[[{]/.test(text);
}

function scoreOfAnswer(text: string): number {
	const hasParts = /"(?:demographics|categories)"\s*:\s*[{[]/i.test(text);
	if (!hasParts) return 0;
	const hasType = /"(?:YOUR_TOTAL|YOUR_ENGAGED|PINTEREST_TOTAL)_AUDIENCE"/i.test(text);
	const hasShares = /"(?:ratio|size_?is_?upper_?bound)"\s*:/i.test(text);
	if (hasType) return 1;
	return hasShares && /"(?:ages|genders|devices|countries|subcategories)"\s*:/i.test(text) ? 0.9 : 0;
}

function scoreOfCsv(text: string): number {
	const [first = '', second = ''] = text
		.split(/\r\n|\r|\n/, 12)
		.filter((line) => /[^\s,;|]/.test(line) && !/^"?sep=/i.test(line));
	const delimiter = delimiterOf(first);
	const cellsOf = (line: string) => line.split(delimiter).map((cell) => cell.replace(/^[\s"]+|[\s"]+$/g, ''));
	const names = cellsOf(first);
	if (isViewName(names[0] ?? '')) return 1;
	// Other columns first: a column of views beside a day and a size, over an audience that is known.
	const hasHead = names.some(isViewName) && names.some((name) => headColumnNamed(name) !== null);
	return hasHead && cellsOf(second).some((cell) => audienceNamed(cell) !== null) ? 0.95 : 0;
}
