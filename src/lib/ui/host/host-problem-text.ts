import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { Problem } from '$lib/model/problem';
import { formatNames } from '$lib/view/format';

type HostProblem = Extract<Problem, { code: `host_${string}` }>;

/** The sentence for a problem with the host that holds the events. */
export function hostProblemText(problem: HostProblem): string {
	switch (problem.code) {
		case 'host_unreachable':
			return m.problem_host_unreachable({ host: problem.host });
		case 'host_refused':
			return m.problem_host_refused({ host: problem.host });
		case 'host_part_missing':
			return m.problem_host_part_missing({ host: problem.host });
		case 'host_too_slow':
			return m.problem_host_too_slow({ host: problem.host });
		case 'host_busy':
			return m.problem_host_busy({ host: problem.host });
		case 'host_wrong_table':
			return m.problem_host_wrong_table({ host: problem.host, detail: problem.detail });
		case 'host_answers_parts':
			return m.problem_host_answers_parts({ settings: formatNames(formatLocale(), problem.settings) });
		case 'host_failed':
			return m.problem_host_failed({ detail: problem.detail });
	}
}
