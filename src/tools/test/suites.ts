import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findChromium, findHeadlessChromium } from '../browser';
import { findFirefox, findWebKit } from '../other-browsers';
import { browserSuite } from './browser-suite';
import { bin, commandSuite } from './command';
import type { Suite } from './suite';
import { vitestSuite } from './vitest-suite';

const viteBuild = commandSuite('build', bin('vite'), ['build']);

const driveHeadless = { programs: [findHeadlessChromium] };

/** A warning as the bundler prints it, which begins with its kind, or as any other part of the build does. */
const WARNING = /\[[A-Z]+(_[A-Z]+)+\]|\bwarn(ing)?\b/i;

/** The build must pass without a warning: whoever starts the program from its source sees what the build prints. */
const buildSuite: Suite = {
	...viteBuild,
	run: async (files) => {
		// Where building fails, the browser suite must not pass on what an earlier build left.
		await rm('build', { recursive: true, force: true });
		const outcome = await viteBuild.run(files);
		return WARNING.test(outcome.details) ? { ...outcome, passed: 0, failed: 1 } : outcome;
	}
};

const BROWSERS: readonly (readonly [name: string, find: () => Promise<unknown>])[] = [
	['Chromium', findChromium],
	['Firefox', findFirefox],
	['WebKit', findWebKit]
];

const mainJobs = vitestSuite('browsers', 'tests/browsers/', [
	'--config',
	join('tests', 'browsers', 'vitest.config.ts')
]);

/** The main job in every browser. One that cannot be had is told of, and its tests count as skipped. */
const browsersSuite: Suite = {
	...mainJobs,
	programs: BROWSERS.map(([, find]) => find),
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
		const outcome = await mainJobs.run(files);
		return { ...outcome, notes: [...notes, ...(outcome.notes ?? [])] };
	}
};

/** Suites that run one after another. */
type Lane = readonly Suite[];

/** What runs when: the lanes of one stage side by side, one stage after another. What tells most for its time comes first. */
export const STAGES: readonly (readonly Lane[])[] = [
	[
		[commandSuite('types', 'npm', ['run', '--silent', 'check'])],
		[commandSuite('lint', 'npm', ['run', '--silent', 'lint'])],
		// Its files share what they load: loading it anew for each took as long as the tests.
		[vitestSuite('unit', 'tests/unit/', ['--no-isolate', '--maxWorkers=2'])]
	],
	// Alone: another process that loads SvelteKit's settings during a build gives pages and scripts different versions.
	[[buildSuite]],
	// Two lanes of equal length: more at once, and browsers answer too late.
	[
		[vitestSuite('oracle', 'tests/oracle/'), { ...vitestSuite('soak', 'tests/soak/'), ...driveHeadless }],
		[
			vitestSuite('site', 'tests/site/'),
			vitestSuite('hostile', 'tests/hostile/'),
			browsersSuite,
			{ ...vitestSuite('crash', 'tests/crash/'), ...driveHeadless }
		]
	],
	// It keeps two browsers busy.
	[[browserSuite('browser', 'tests/e2e/')]]
];
