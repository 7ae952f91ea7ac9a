import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium, findHeadlessChromium } from '../browser';
import { bin, runCommand } from './command';
import { outcomeOf, readReport, reportFile } from './report';
import { failure, type Suite } from './suite';

/** The counts of Playwright's JSON report, as far as they are read here. */
interface PlaywrightReport {
	readonly stats: {
		readonly expected: number;
		readonly unexpected: number;
		readonly flaky: number;
		readonly skipped: number;
	};
	readonly errors: readonly unknown[];
}

/** The tests of a folder that Playwright runs on the built site. */
export function browserSuite(name: string, folder: string): Suite {
	return {
		name,
		folder,
		// Some of its tests need what only a browser with windows has.
		programs: [findHeadlessChromium, findChromium],
		run: async (files) => {
			if (!existsSync(join('build', 'index.html')))
				return failure('Not run: there is no build/index.html.\n');
			try {
				await findHeadlessChromium(); // so that the tests find it installed
			} catch (error) {
				return failure(`${error instanceof Error ? error.message : String(error)}\n`);
			}
			const report = await reportFile(name);
			const ended = await runCommand(
				bin('playwright'),
				['test', '-c', join(folder, 'playwright.config.ts'), '--reporter=list,json', ...files],
				{ PLAYWRIGHT_JSON_OUTPUT_FILE: report }
			);
			const found = await readReport<PlaywrightReport>(report);
			if (!found) return outcomeOf(ended, null);
			return outcomeOf(ended, {
				passed: found.stats.expected,
				failed: found.stats.unexpected + found.stats.flaky,
				skipped: found.stats.skipped
			});
		}
	};
}
