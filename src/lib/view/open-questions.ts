import type { FileAnswers, FileReport, ImportReport } from '../model/import-report';
import type { Problem } from '../model/problem';
import { isAsked } from './file-outcomes';

/** Files that wait for an answer. They outlive the run that asked: other imports come and go meanwhile. */
export interface OpenQuestion {
	/** The same for the same file in the same workspace, dropped again or asked again. */
	readonly key: string;
	readonly report: FileReport;
	/** What was handed over and holds it. */
	readonly file: File;
	readonly workspace: string;
	/** What was answered of it so far. */
	readonly given: FileAnswers;
	/** Whether an answer is on its way. */
	readonly isAnswering: boolean;
	/** Why the last answer came to nothing. */
	readonly problem: Problem | null;
}

export const NO_ANSWERS: FileAnswers = { days: null, pinId: null, mapping: null };

/** A run that is over, and what it was given. */
export interface FinishedRun {
	readonly report: ImportReport;
	/** What was handed over, in the order that FileReport.source counts. */
	readonly files: readonly File[];
	readonly workspace: string;
	readonly given: FileAnswers;
	/** The question that it answers; null where files were handed over. */
	readonly answers: string | null;
}

/**
 * The questions that are open after a run: those before it, less the ones that it settles, and those that it asks. A file
 * that asks once more (first for its days, then for its columns) keeps its place.
 */
export function questionsAfter(
	open: readonly OpenQuestion[],
	{ report, files, workspace, given, answers }: FinishedRun
): readonly OpenQuestion[] {
	const questions = new Map(open.map((question) => [question.key, question]));
	const met = new Map<string, number>();
	for (const fileReport of report.files) {
		const file = files[fileReport.source];
		if (!file) continue;
		const stamp = [workspace, fileReport.file, file.name, file.size, file.lastModified].join('\n');
		// Folders may hold several files that look alike from outside.
		const place = met.get(stamp) ?? 0;
		met.set(stamp, place + 1);
		const key = answers ?? `${stamp}\n${place}`;
		const { outcome, problem } = fileReport;
		const before = questions.get(key);
		if (isAsked(outcome)) {
			const isAnswering = false;
			questions.set(key, { key, report: fileReport, file, workspace, given, isAnswering, problem: null });
		} else if (outcome === 'imported' || outcome === 'already_there') {
			questions.delete(key);
		} else if (answers !== null && before) {
			questions.set(key, { ...before, problem });
		}
	}
	return withAnswering([...questions.values()], answers, false);
}

/** The questions, with one marked as being answered or as not. */
export function withAnswering(
	open: readonly OpenQuestion[],
	key: string | null,
	isAnswering: boolean
): readonly OpenQuestion[] {
	return open.map((question) => (question.key === key ? { ...question, isAnswering } : question));
}
