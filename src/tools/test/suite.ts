/** What `npm test` is made of. */

/** How a suite ended. */
export interface Outcome {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** What to print where something failed. */
	readonly details: string;
	/** What to print whatever the outcome, a line each. */
	readonly notes?: readonly string[];
}

/** A part of `npm test` that has a line of its own. */
export interface Suite {
	readonly name: string;
	/** The folder of its test files, with a slash at its end; null where it has none. */
	readonly folder: string | null;
	/** Looks for each program that the suite drives, and installs it where that can be done. Rejects where it cannot. */
	readonly programs?: readonly (() => Promise<unknown>)[];
	/** @param files the test files to run, or parts of their paths; none for all of them */
	readonly run: (files: readonly string[]) => Promise<Outcome>;
}

/** The numbers of an outcome as they are printed. */
export function countsText(outcome: Pick<Outcome, 'passed' | 'failed' | 'skipped'>): string {
	const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
	return `${outcome.passed} passed, ${outcome.failed} failed${skipped}`;
}

/** A suite that could not be run. */
export function failure(details: string): Outcome {
	return { passed: 0, failed: 1, skipped: 0, details };
}
