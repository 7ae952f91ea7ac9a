import { looksLikeInsights, readInsights } from '../insights/insights';
import { wholeText } from '../whole-text';
import type { ReportFormat } from './format';

/** Audience insights, as the platform's CSV or an answer of its API. */
export const audienceInsights: ReportFormat = {
	gives: 'report',
	name: 'audience_insights',
	score: ({ text }) => looksLikeInsights(text),
	read: async (signal, { source }, { modifiedMs, importedAtMs }) => {
		const text = await wholeText(signal, source);
		const contents = readInsights(text, { modifiedMs: modifiedMs ?? importedAtMs });
		return { outcome: 'read', contents, columns: [] };
	}
};
