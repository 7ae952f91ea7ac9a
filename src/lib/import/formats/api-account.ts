import type { ReportContents } from '../../columns/report-contents';
import { ProblemError } from '../../model/problem';

import { isRecord, parseAnswer } from '../reported/api-answer';
import { splitAnswers, takeDays } from '../reported/api-days';
import { FactCollector } from '../reported/fact-collector';
import type { FactFormat, Head } from './format';

/** An account's analytics as the API (v5) answers: figures by day, under `all` or one key per value of a split. */
export const apiAccount: FactFormat = {
	gives: 'facts',
	name: 'api_account',
	recognises: (head) =>
		isDailyAnswer(head) && !/"lifetime_?metrics"|"pin_?id"|"\d{10,}"\s*:/i.test(head.text),
	read: readApiAccount
};

/** Whether a text starts as an answer by days does. */
export function isDailyAnswer({ text }: Head): boolean {
	return text.trimStart().startsWith('{') && /"daily_?metrics"\s*:/i.test(text);
}

/** @throws ProblemError damaged_json, no_known_figures */
export function readApiAccount(text: string): ReportContents {
	const answer = parseAnswer(text);
	const answers = splitAnswers(answer);
	if (answers.length === 0) {
		throw new ProblemError({ code: 'no_known_figures', found: isRecord(answer) ? Object.keys(answer) : [] });
	}
	const collector = new FactCollector();
	let row = 0;
	const days = takeDays(collector, answers, { kind: 'account' }, () => ++row);
	return collector.result(days);
}
