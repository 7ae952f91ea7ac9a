import { stripVTControlCharacters } from 'node:util';
import { bin, runCommand } from './command';
import { outcomeOf, readReport, reportFile } from './report';
import type { Suite } from './suite';

/** The counts of Vitest's JSON report, as far as they are read here. */
interface VitestReport {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	readonly testResults: readonly {
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string }[];
	}[];
}

/** A line that a test prints of what it did, to be kept whatever the outcome. */
const FIGURES = /^figures: .*$/gm;

/** The tests of a folder that Vitest runs. @param options of Vitest's command line, besides its reports */
export function vitestSuite(name: string, folder: string, options: readonly string[] = []): Suite {
	return {
		name,
		folder,
		run: async (files) => {
			const report = await reportFile(name);
			const ended = await runCommand(bin('vitest'), [
				'run',
				...options,
				'--reporter=default',
				'--reporter=json',
				`--outputFile.json=${report}`,
				...(files.length > 0 ? files : [folder])
			]);
			const found = await readReport<VitestReport>(report);
			if (!found) return outcomeOf(ended, null);
			// A file that could not be loaded has no tests of its own to fail.
			const brokenFiles = found.testResults.filter(
				(file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')
			).length;
			const outcome = outcomeOf(ended, {
				passed: found.numPassedTests,
				failed: found.numFailedTests + brokenFiles,
				skipped: found.numPendingTests + found.numTodoTests
			});
			return { ...outcome, notes: stripVTControlCharacters(ended.output).match(FIGURES) ?? [] };
		}
	};
}
