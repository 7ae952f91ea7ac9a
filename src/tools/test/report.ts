import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ended } from './command';
import type { Outcome } from './suite';

const REPORTS = join('test-results', 'reports');

/** The file for the report of a suite, which is not there yet. */
export async function reportFile(suite: string): Promise<string> {
	await mkdir(REPORTS, { recursive: true });
	const file = join(REPORTS, `${suite}.json`);
	await rm(file, { force: true });
	return file;
}

/** What a report says; null where there is none, or only a part of one. */
export async function readReport<Report>(file: string): Promise<Report | null> {
	if (!existsSync(file)) return null;
	try {
		return JSON.parse(await readFile(file, 'utf8')) as Report;
	} catch {
		return null; // cut short by a crash
	}
}

/**
 * The outcome of a suite that writes a report. One that ended badly without naming a failed test (a crash, no test
 * found, an error outside tests) counts as one failure, so that it cannot pass unseen.
 */
export function outcomeOf(ended: Ended, counts: Omit<Outcome, 'details'> | null): Outcome {
	const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
	const isUnaccounted = failed === 0 && (ended.code !== 0 || counts === null || passed + skipped === 0);
	return { passed, failed: isUnaccounted ? 1 : failed, skipped, details: ended.output };
}
