import { parseArgs, stripVTControlCharacters } from 'node:util';
import { changedFiles, chooseTests } from './test/changed';
import { countsText, type Outcome, type Suite } from './test/suite';
import { STAGES } from './test/suites';

/**
 * `npm test`: every check there is, a line for each with its seconds, and what failed in full. The last line reads
 * `N passed, N failed`. `--only NAME` (more than once if wanted) runs a part; words after it choose files within.
 * `--changed` runs what can have been broken since the current work began, `--since COMMIT` since another commit.
 * `--long` (`npm run test:long`) lets what breaks things at random do so thousands of times instead of some.
 */

/**
 * Has installed what suites drive, one program after the other: a package manager works for one at a time. It takes a
 * minute or two on a bare machine, most of it spent waiting for the network, so suites that need none run meanwhile.
 */
async function installPrograms(suites: readonly Suite[]): Promise<void> {
	const programs = new Set(suites.flatMap(({ programs = [] }) => programs));
	// Of what cannot be had the suite tells that needs it.
	for (const find of programs) await find().catch(() => {});
}

/** @param installed settles once the suite's programs are there */
async function runSuite({ suite, files }: Run, installed: Promise<void>): Promise<Outcome> {
	if (suite.programs) await installed;
	const started = performance.now();
	const outcome = await suite.run(files);
	const seconds = ((performance.now() - started) / 1_000).toFixed(1);
	// Not every tool heeds NO_COLOR.
	if (outcome.failed > 0) console.log(`\n${stripVTControlCharacters(outcome.details).trimEnd()}\n`);
	for (const note of outcome.notes ?? []) console.log(note);
	console.log(`${suite.name}: ${countsText(outcome)} (${seconds} s)`);
	return outcome;
}

/** A suite, and the files of it to run: none for all. */
interface Run {
	readonly suite: Suite;
	readonly files: readonly string[];
}

/** What to run: stages of lanes of runs. */
type Plan = readonly (readonly (readonly Run[])[])[];

/** @param runsOf what to run of a suite: one run, or none */
function plan(runsOf: (suite: Suite) => readonly Run[]): Plan {
	return STAGES.map((stage) => stage.map((lane) => lane.flatMap(runsOf)));
}

/** Only what a change can have broken; says of the rest that it is left out. */
function planForChange(asked: readonly Suite[], changed: readonly string[]): Plan {
	const chosen = chooseTests(asked, changed);
	console.log(`${changed.length} files changed`);
	const idle = asked.filter(({ name }) => (chosen.get(name) ?? []).length === 0).map(({ name }) => name);
	if (idle.length > 0) console.log(`not run, since nothing changed for them: ${idle.join(', ')}`);
	return plan((suite) => {
		const files = chosen.get(suite.name) ?? [];
		if (files === 'all') return [{ suite, files: [] }];
		return files.length > 0 ? [{ suite, files }] : [];
	});
}

/** Runs the suites of a lane one after another. */
async function runLane(lane: readonly Run[], installed: Promise<void>): Promise<readonly Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const run of lane) outcomes.push(await runSuite(run, installed));
	return outcomes;
}

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		options: {
			only: { type: 'string', multiple: true },
			changed: { type: 'boolean' },
			since: { type: 'string' },
			long: { type: 'boolean' }
		},
		allowPositionals: true
	});
	const names = STAGES.flat(2).map((suite) => suite.name);
	const unknown = (values.only ?? []).filter((name) => !names.includes(name));
	if (unknown.length > 0)
		throw new Error(`no suite is called ${unknown.join(', ')}; there are ${names.join(', ')}`);
	const ofChange = values.changed === true || values.since !== undefined;
	if (ofChange && positionals.length > 0)
		throw new Error('either --changed chooses the files, or their names do');

	if (values.long) process.env.TEST_LENGTH = 'long'; // for tests/support/test-length.ts
	const asked = STAGES.flat(2).filter(({ name }) => values.only?.includes(name) ?? true);
	const stages = ofChange
		? planForChange(asked, changedFiles(values.since))
		: plan((suite) => (asked.includes(suite) ? [{ suite, files: positionals }] : []));
	const outcomes: Outcome[] = [];
	const started = performance.now();
	const installed = installPrograms(stages.flat(2).map(({ suite }) => suite));
	for (const stage of stages)
		outcomes.push(...(await Promise.all(stage.map((lane) => runLane(lane, installed)))).flat());
	const seconds = ((performance.now() - started) / 1_000).toFixed(0);
	const sum = (count: 'passed' | 'failed' | 'skipped') =>
		outcomes.reduce((total, outcome) => total + outcome[count], 0);
	const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
	if (total.failed > 0) process.exitCode = 1;
	console.log(`all of it in ${seconds} s`);
	console.log(countsText(total));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
});
