import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { findChromium } from '../../src/tools/browser';
import { EventFiles } from './event-file';
import { Measures, ratioToFirst, summaryOf, tableOf, type Measure } from './measures';
import { USAGE, readOptions, type Options } from './options';
import type { Scenario } from './scenario';
import { batchesScenario } from './scenarios/batches';
import { coldScenario } from './scenarios/cold';
import { formatsScenario } from './scenarios/formats';
import { growthScenario } from './scenarios/growth';
import { importScenario } from './scenarios/import';
import { inboxScenario } from './scenarios/inbox';
import { overlapScenario } from './scenarios/overlap';
import { pageScenario } from './scenarios/page';
import { rangeScenario } from './scenarios/range';
import { refreshScenario } from './scenarios/refresh';
import { smallFilesScenario } from './scenarios/small-files';
import { buildApp, openSite } from './site';

/**
 * `npm run bench`: the built app in Chromium on generated events, beside other engines on the same machine, in the
 * same run and turn by turn. Prints a table per scenario and writes all figures as JSON. Fails where answers differ.
 */

const SCENARIOS: readonly Scenario[] = [
	importScenario,
	refreshScenario,
	rangeScenario,
	pageScenario,
	coldScenario,
	growthScenario,
	batchesScenario,
	overlapScenario,
	formatsScenario,
	smallFilesScenario,
	inboxScenario
];

interface Outcome {
	readonly scenario: string;
	/** Processes that wanted the machine, on average over a minute, before and after. */
	readonly load: readonly [number, number];
	readonly seconds: number;
	readonly notes: readonly string[];
	/** Why it could not be finished; null where it was. */
	readonly failure: string | null;
	readonly measures: readonly Measure[];
}

async function machine() {
	const chromium = execFileSync(await findChromium(), ['--version'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'] // Debian's wrapper has something to say about the machine
	}).trim();
	const [first] = cpus();
	return {
		cores: cpus().length,
		cpu: first?.model ?? '',
		memoryGb: Math.round(totalmem() / 1e9),
		platform: `${process.platform} ${process.arch}`,
		node: process.version,
		chromium
	};
}

const load = () => loadavg()[0] ?? 0;

async function runScenario(
	scenario: Scenario,
	options: Options,
	site: Awaited<ReturnType<typeof openSite>>,
	files: EventFiles
): Promise<Outcome> {
	const measures = new Measures(scenario.name);
	const notes: string[] = [];
	const loadBefore = load();
	const startedAt = performance.now();
	let failure: string | null = null;
	try {
		const { events, runs } = options;
		await scenario.run({ events, runs, site, files, measures, note: (text) => notes.push(text) });
	} catch (error) {
		failure = error instanceof Error ? error.message : String(error);
	}
	const seconds = Math.round((performance.now() - startedAt) / 1_000);
	return {
		scenario: scenario.name,
		load: [loadBefore, load()],
		seconds,
		notes,
		failure,
		measures: measures.all
	};
}

function print(scenario: Scenario, outcome: Outcome): void {
	const [before, after] = outcome.load;
	console.log(`\n${scenario.name}\n${scenario.about}\n`);
	if (outcome.measures.length > 0) console.log(tableOf(outcome.measures));
	for (const note of outcome.notes) console.log(`- ${note}`);
	console.log(`- ${outcome.seconds} s; load ${before.toFixed(1)} before, ${after.toFixed(1)} after`);
	if (outcome.failure !== null) console.log(`FAILED: ${outcome.failure}`);
}

function jsonOf(outcome: Outcome) {
	const measures = outcome.measures.map((measure) => ({
		...measure,
		sides: measure.sides.map((side) => ({
			...side,
			...summaryOf(side.values),
			timesOurs: ratioToFirst(measure, side)
		}))
	}));
	return { ...outcome, measures };
}

async function main(options: Options): Promise<void> {
	const chosen = SCENARIOS.filter(({ name, isOptional }) => options.only?.includes(name) ?? !isOptional);
	if (options.build) await buildApp();
	const about = { ...(await machine()), events: options.events, runs: options.runs };
	console.log(
		`${about.events.toLocaleString('en')} events, ${about.runs} runs; ${about.cores} × ${about.cpu}, ${about.memoryGb} GB, ${about.chromium}, Node ${about.node}`
	);

	const files = await EventFiles.open(options.keep);
	const site = await openSite();
	const outcomes: Outcome[] = [];
	try {
		for (const scenario of chosen) {
			const outcome = await runScenario(scenario, options, site, files);
			outcomes.push(outcome);
			print(scenario, outcome);
		}
	} finally {
		await site.close();
		await files.close();
	}
	await mkdir(dirname(options.json), { recursive: true });
	await writeFile(
		options.json,
		`${JSON.stringify({ ...about, scenarios: outcomes.map(jsonOf) }, null, '\t')}\n`
	);
	if (outcomes.some(({ failure }) => failure !== null)) process.exitCode = 1;
}

/** What the command line asks for; null where it cannot be understood, which is then said. */
function optionsAsked(): Options | null {
	try {
		return readOptions(
			process.argv.slice(2),
			SCENARIOS.map(({ name }) => name)
		);
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		console.error(USAGE);
		process.exitCode = 2;
		return null;
	}
}

const options = optionsAsked();
if (options) await main(options);
