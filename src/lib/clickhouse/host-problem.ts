import { ProblemError, type Problem } from '../model/problem';

/** What a host answers in place of figures, as a problem that can be said. */

/** A problem, and whether the same question may be answered in a moment. */
export class HostProblem extends ProblemError {
	readonly mayPass: boolean;

	constructor(problem: Problem, mayPass: boolean) {
		super(problem);
		this.mayPass = mayPass;
	}
}

/** Codes of ClickHouse's exceptions, which stand in the text of an answer. */
const REFUSED = new Set([192, 193, 194, 195, 497, 516]); // no such user, password, network or grant
const WRONG_TABLE = new Set([16, 43, 47, 53, 60, 81, 386]); // no such column, table or database; other types
const PART_MISSING = new Set([279, 519]); // no connection to a server of the cluster
const TOO_SLOW = new Set([159, 160]);
const BUSY = new Set([202, 209, 210]); // too many at once; a socket that timed out or broke

/** Statuses of gateways in front of a host, whatever they write. */
const PASSING_STATUSES = new Set([429, 502, 503, 504]);
const DETAIL_CHARACTERS = 300;

/** The code of ClickHouse's exception in a text; null where there is none. */
export function exceptionCode(text: string): number | null {
	const match = /\bCode: (\d+)[.,]/.exec(text);
	return match ? Number(match[1]) : null;
}

/**
 * What an answer that is no result says.
 * @param status of HTTP: 200 where the host failed after it had begun to answer
 */
export function hostProblem(host: string, status: number, text: string): HostProblem {
	const code = exceptionCode(text);
	const detail = text.trim().slice(0, DETAIL_CHARACTERS) || `HTTP ${status}`;
	if (code !== null) {
		if (REFUSED.has(code)) return new HostProblem({ code: 'host_refused', host }, false);
		if (WRONG_TABLE.has(code)) return new HostProblem({ code: 'host_wrong_table', host, detail }, false);
		// It is down, or it was for a moment.
		if (PART_MISSING.has(code)) return new HostProblem({ code: 'host_part_missing', host }, true);
		if (TOO_SLOW.has(code)) return new HostProblem({ code: 'host_too_slow', host }, false);
		if (BUSY.has(code)) return new HostProblem({ code: 'host_busy', host }, true);
		return new HostProblem({ code: 'host_failed', detail }, false);
	}
	if (status === 401 || status === 403) return new HostProblem({ code: 'host_refused', host }, false);
	if (PASSING_STATUSES.has(status)) return new HostProblem({ code: 'host_busy', host }, true);
	if (status === 200) return new HostProblem({ code: 'host_failed', detail }, true); // cut off on its way
	return new HostProblem({ code: 'host_failed', detail: `HTTP ${status}: ${detail}` }, false);
}
