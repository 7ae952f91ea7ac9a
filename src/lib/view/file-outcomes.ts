import type { FileOutcome, FileReport } from '../model/import-report';

/** Outcomes of files that wait for an answer. */
export type AskedOutcome = Extract<FileOutcome, `needs_${string}`>;

/** What an outcome is called in the page's markup (`data-outcome`). */
export const OUTCOME_NAMES: Readonly<Record<FileOutcome, string>> = {
	imported: 'imported',
	already_there: 'duplicate',
	failed: 'failed',
	cancelled: 'cancelled',
	needs_days: 'needs_days',
	needs_pin: 'needs_pin',
	needs_mapping: 'needs_mapping'
};

export function isAsked(outcome: FileOutcome): outcome is AskedOutcome {
	return outcome.startsWith('needs_');
}

/** How many files had which outcome. */
export interface OutcomeCounts {
	readonly imported: number;
	readonly alreadyThere: number;
	readonly asked: number;
	readonly failed: number;
	readonly cancelled: number;
}

export function countOutcomes(files: readonly FileReport[]): OutcomeCounts {
	const counts = { imported: 0, alreadyThere: 0, asked: 0, failed: 0, cancelled: 0 };
	for (const { outcome } of files) {
		if (outcome === 'already_there') counts.alreadyThere++;
		else if (isAsked(outcome)) counts.asked++;
		else counts[outcome]++;
	}
	return counts;
}

/** What the user may have to do something about comes first. */
function urgency({ outcome, replaced, rejected }: FileReport): number {
	if (outcome === 'failed') return 0;
	if (replaced.length > 0) return 1;
	if (rejected > 0) return 2;
	return outcome === 'already_there' ? 4 : 3;
}

/**
 * The files of a run in the order in which they are listed, at most `limit` of them; within one degree of urgency in the
 * order of the run. Files that wait for an answer are not among them (open-questions.ts).
 */
export function listedFiles(files: readonly FileReport[], limit: number): readonly FileReport[] {
	return files
		.filter(({ outcome }) => !isAsked(outcome))
		.toSorted((a, b) => urgency(a) - urgency(b))
		.slice(0, limit);
}
