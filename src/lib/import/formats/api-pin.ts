import type { ReportContents } from '../../columns/report-contents';
import { ProblemError } from '../../model/problem';

import { isRecord, parseAnswer } from '../reported/api-answer';
import { splitAnswers, takeDays } from '../reported/api-days';
import { FactCollector } from '../reported/fact-collector';
import { isDailyAnswer } from './api-account';
import type { FactContext, FactFormat } from './format';

/** The analytics of one Pin, or of several by their ids, as the API (v5) answers. */
export const apiPin: FactFormat = {
	gives: 'facts',
	name: 'api_pin',
	recognises: (head) => isDailyAnswer(head) && /"lifetime_?metrics"|"pin_?id"|"\d{10,}"\s*:/i.test(head.text),
	read: readApiPin
};

/** @throws ProblemError damaged_json; pin_not_named where neither the answer nor the file's name says which Pin it is */
export function readApiPin(text: string, { file }: Pick<FactContext, 'file'>): ReportContents {
	const answer = parseAnswer(text);
	const collector = new FactCollector();
	let row = 0;
	const pins = pinsIn(answer, file);
	const days = pins.flatMap(({ id, answers }) =>
		takeDays(collector, answers, { kind: 'pin', id }, () => ++row)
	);
	return collector.result(days);
}

/** Answers by Pin: under its id, or with the id beside it. An answer about one Pin alone does not name it. */
function pinsIn(answer: unknown, file: string): { id: string; answers: [string, unknown][] }[] {
	if (!isRecord(answer)) return [];
	const several = Object.entries(answer).filter(([key]) => /^\d{10,}$/.test(key));
	if (several.length > 0) return several.map(([id, value]) => ({ id, answers: splitAnswers(value) }));
	const named = answer['pinid'] ?? answer['id'] ?? /(?<!\d)\d{15,20}(?!\d)/.exec(file)?.[0];
	if (typeof named !== 'string' || named === '') throw new ProblemError({ code: 'pin_not_named' });
	return [{ id: named, answers: splitAnswers(answer) }];
}
