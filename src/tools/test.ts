import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { findChromium } from './browser';
import { findFirefox, findWebKit } from './other-browsers';

/**
 * `npm test`: every check there is, one after another, a line for each and what failed in full. The last line reads
 * `N passed, N failed`. `--only NAME` (more than once if wanted) runs a part; words after it choose files within.
 * `--long` (`npm run test:long`) lets what breaks things at random do so thousands of times instead of some.
 */

interface Outcome {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** What to print where something failed. */
	readonly details: string;
	/** What to print whatever the outcome, a line each. */
	readonly notes?: readonly string[];
}

interface Suite {
	readonly name: string;
	readonly run: (files: readonly string[]) => Promise<Outcome>;
}

interface Ended {
	/** The exit code; null where a signal ended it. */
	readonly code: number | null;
	/** What it printed, both streams as they came. */
	readonly output: string;
}

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

/** A line that a test prints of what it did, to be kept whatever the outcome. */
const FIGURES = /^figures: .*$/gm;

const REPORTS = join('test-results', 'reports');
/** A suite takes minutes, its long version up to hours. */
const timeLimitMs = () => (process.env.TEST_LENGTH === 'long' ? 240 : 25) * 60_000;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
	return new Promise((resolve) => {
		// Colours would end up in logs.
		const plain: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1', ...env };
		delete plain.FORCE_COLOR;
		const child = spawn(command, args, {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: plain,
			timeout: timeLimitMs()
		});
		let output = '';
		const collect = (text: string) => (output += text);
		child.stdout.setEncoding('utf8').on('data', collect);
		child.stderr.setEncoding('utf8').on('data', collect);
		child.once('error', (error) => resolve({ code: null, output: `${output}${error.message}\n` }));
		child.once('close', (code, signal) =>
			resolve({ code, output: signal ? `${output}${command} was ended by ${signal}\n` : output })
		);
	});
}

const bin = (name: string) => join('node_modules', '.bin', name);

/** A command that passes or fails as a whole. */
function commandSuite(name: string, command: string, args: readonly string[]): Suite {
	return {
		name,
		run: async () => {
			const { code, output } = await run(command, args);
			return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, details: output };
		}
	};
}

async function readReport<Report>(file: string): Promise<Report | null> {
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
function outcomeOf(ended: Ended, counts: Omit<Outcome, 'details'> | null): Outcome {
	const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
	const isUnaccounted = failed === 0 && (ended.code !== 0 || counts === null || passed + skipped === 0);
	return { passed, failed: isUnaccounted ? 1 : failed, skipped, details: ended.output };
}

function vitestSuite(name: string, folder: string, options: readonly string[] = []): Suite {
	return {
		name,
		run: async (files) => {
			const report = join(REPORTS, `${name}.json`);
			await rm(report, { force: true });
			const ended = await run(bin('vitest'), [
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

const buildSuite: Suite = {
	name: 'build',
	run: async (files) => {
		// Where building fails, the browser suite must not pass on what an earlier build left.
		await rm('build', { recursive: true, force: true });
		return commandSuite('build', bin('vite'), ['build']).run(files);
	}
};

const browserSuite: Suite = {
	name: 'browser',
	run: async (files) => {
		const failure = (details: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, details });
		if (!existsSync(join('build', 'index.html'))) return failure('Not run: there is no build/index.html.\n');
		let chromium: string;
		try {
			chromium = await findChromium();
		} catch (error) {
			return failure(`${error instanceof Error ? error.message : String(error)}\n`);
		}
		const report = join(REPORTS, 'browser.json');
		await rm(report, { force: true });
		const ended = await run(
			bin('playwright'),
			['test', '-c', 'tests/e2e/playwright.config.ts', '--reporter=list,json', ...files],
			{ CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
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

const BROWSERS: readonly (readonly [name: string, find: () => Promise<unknown>])[] = [
	['Chromium', findChromium],
	['Firefox', findFirefox],
	['WebKit', findWebKit]
];

/** The main job in every browser. One that cannot be had is told of, and its tests count as skipped. */
const browsersSuite: Suite = {
	name: 'browsers',
	run: async (files) => {
		const notes: string[] = [];
		for (const [name, find] of BROWSERS) {
			try {
				await find();
			} catch (error) {
				const why = error instanceof Error ? error.message : String(error);
				notes.push(`skipped: ${name} cannot be installed here (${why})`);
			}
		}
		const config = join('tests', 'browsers', 'vitest.config.ts');
		const outcome = await vitestSuite('browsers', 'tests/browsers/', ['--config', config]).run(files);
		return { ...outcome, notes: [...notes, ...(outcome.notes ?? [])] };
	}
};

/** What runs when: the suites of one stage side by side, one stage after another. */
const STAGES: readonly (readonly Suite[])[] = [
	[
		commandSuite('types', 'npm', ['run', '--silent', 'check']),
		commandSuite('lint', 'npm', ['run', '--silent', 'lint'])
	],
	[vitestSuite('unit', 'tests/unit/')],
	[vitestSuite('hostile', 'tests/hostile/')],
	[buildSuite],
	[vitestSuite('site', 'tests/site/')],
	// The first works on one core; the others drive one browser each, and wait for it much of the time.
	[
		vitestSuite('oracle', 'tests/oracle/'),
		vitestSuite('crash', 'tests/crash/'),
		vitestSuite('soak', 'tests/soak/')
	],
	[browserSuite],
	[browsersSuite]
];

function countsText(outcome: Omit<Outcome, 'details' | 'notes'>): string {
	const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : '';
	return `${outcome.passed} passed, ${outcome.failed} failed${skipped}`;
}

async function runSuite(suite: Suite, files: readonly string[]): Promise<Outcome> {
	const started = performance.now();
	const outcome = await suite.run(files);
	const seconds = ((performance.now() - started) / 1_000).toFixed(1);
	// Not every tool heeds NO_COLOR.
	if (outcome.failed > 0) console.log(`\n${stripVTControlCharacters(outcome.details).trimEnd()}\n`);
	for (const note of outcome.notes ?? []) console.log(note);
	console.log(`${suite.name}: ${countsText(outcome)} (${seconds} s)`);
	return outcome;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: { only: { type: 'string', multiple: true }, long: { type: 'boolean' } },
		allowPositionals: true
	});
	const names = STAGES.flat().map((suite) => suite.name);
	const only = values.only ?? names;
	const unknown = only.filter((name) => !names.includes(name));
	if (unknown.length > 0)
		throw new Error(`no suite is called ${unknown.join(', ')}; there are ${names.join(', ')}`);

	if (values.long) process.env.TEST_LENGTH = 'long'; // for tests/support/test-length.ts
	await mkdir(REPORTS, { recursive: true });
	const outcomes: Outcome[] = [];
	for (const stage of STAGES) {
		const chosen = stage.filter((suite) => only.includes(suite.name));
		outcomes.push(...(await Promise.all(chosen.map((suite) => runSuite(suite, positionals)))));
	}
	const sum = (count: 'passed' | 'failed' | 'skipped') =>
		outcomes.reduce((total, outcome) => total + outcome[count], 0);
	const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
	if (total.failed > 0) process.exitCode = 1;
	console.log(countsText(total));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
});
