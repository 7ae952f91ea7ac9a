import { ProblemError } from '../../model/problem';
import { refusalOf } from '../refusals';
import { findHeader } from '../tables/delimited-table';
import type { Head, ReportFormat } from './format';

/** Files that are recognised and hold no figures of Pins: what they are is said, and what to export instead. */
export const refused: ReportFormat = {
	gives: 'report',
	name: 'table',
	score: (head) => (problemIn(head) ? 0.9 : 0),
	read: (_, { head }) => Promise.reject(new ProblemError(problemIn(head) ?? { code: 'not_text' }))
};

function problemIn({ bytes, isWhole, text }: Head) {
	if (/^\s*[[{<]/.test(text)) return null;
	const header = findHeader(bytes, isWhole);
	return header && refusalOf(header.names, header.preamble);
}
