import type { FileReport, ImportReport } from '../model/import-report';
import type { InboxOutcome } from '../model/inbox';
import type { ProblemCode } from '../model/problem';
import { isAsked } from './file-outcomes';

/** Failures that lie in the moment rather than in the file: it is tried again. */
const PASSING: ReadonlySet<ProblemCode> = new Set([
	'unreadable_file',
	'storage_full',
	'storage_refused',
	'newer_version',
	'worker_ended'
]);

/**
 * What became of files of the inbox that were imported together, in their order.
 * @param report null where the run failed as a whole, or was cancelled before it began
 */
export function inboxOutcomes(files: number, report: ImportReport | null): readonly InboxOutcome[] {
	const reports = Array.from({ length: files }, (): FileReport[] => []);
	for (const each of report?.files ?? []) reports[each.source]?.push(each);
	return reports.map(outcomeOf);
}

/** Of an archive or a workbook there may be several reports; none where the run ended before it came to the file. */
function outcomeOf(reports: readonly FileReport[]): InboxOutcome {
	const has = (test: (report: FileReport) => boolean) => reports.some(test);
	if (
		has(({ outcome, problem }) => outcome === 'cancelled' || (problem !== null && PASSING.has(problem.code)))
	)
		return 'put_off';
	if (has(({ outcome }) => isAsked(outcome))) return 'asked';
	if (has(({ outcome }) => outcome === 'imported')) return 'imported';
	if (has(({ outcome }) => outcome === 'already_there')) return 'already_there';
	return reports.length > 0 ? 'failed' : 'put_off';
}
