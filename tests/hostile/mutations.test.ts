import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { byLength } from '../support/test-length';
import type { Order, Told } from './mutation-process';
import { specimens } from './specimens';

/** Files of every format, spoiled at random, through all that the import worker does with a file. */

const FILES = byLength(1_000, 20_000);
const PROCESSES = 2;
const SEED = Number(process.env.HOSTILE_SEED ?? 20_260_630);

/** No file here is large: one that takes longer hangs. */
const LIMIT_MS = 60_000;
/** Of a process that reads one small file after the other. */
const MAX_PEAK_BYTES = 1 << 30;

interface Outcome {
	readonly became: ReadonlyMap<string, number>;
	readonly failures: readonly string[];
	readonly peakBytes: number;
}

/** Has a process spoil and import; where it crashes or hangs, another one goes on behind the file at fault. */
async function spoilAndImport(order: Order): Promise<Outcome> {
	const became = new Map<string, number>();
	const failures: string[] = [];
	let peakBytes = 0;
	for (let first = order.first; first < order.to;) {
		let current: { readonly started: number; readonly name: string } | null = null;
		const ending = await runProcess({ ...order, first }, (told) => {
			if ('started' in told) current = told;
			else if ('became' in told)
				for (const what of told.became) became.set(what, (became.get(what) ?? 0) + 1);
			else if ('failure' in told) failures.push(told.failure);
			else peakBytes = Math.max(peakBytes, told.peakBytes);
		});
		if (ending === null) break;
		const { started, name } = current ?? { started: first, name: 'its start' };
		failures.push(`file ${started} (${name}): ${ending}`);
		first = started + order.step;
	}
	return { became, failures, peakBytes };
}

/** Runs a process to its end. @returns what it ended with; null where all went well */
function runProcess(order: Order, onTold: (told: Told) => void): Promise<string | null> {
	return new Promise((resolve) => {
		const child = fork(fileURLToPath(new URL('./mutation-process.ts', import.meta.url)), {
			execArgv: ['--import', 'tsx'],
			serialization: 'advanced',
			silent: true
		});
		let hangs = false;
		const hang = () => {
			hangs = true;
			child.kill('SIGKILL');
		};
		let limit = setTimeout(hang, LIMIT_MS);
		child.on('message', (told: Told) => {
			clearTimeout(limit);
			limit = setTimeout(hang, LIMIT_MS);
			onTold(told);
		});
		child.once('exit', (code, signal) => {
			clearTimeout(limit);
			resolve(code === 0 ? null : hangs ? 'hangs' : `ended with ${signal ?? code}`);
		});
		child.send(order);
	});
}

it(`reads ${FILES} spoiled files, or says what is wrong with them`, { timeout: 3_600_000 }, async () => {
	const all = await specimens();
	const outcomes = await Promise.all(
		Array.from({ length: PROCESSES }, (_, first) =>
			spoilAndImport({ specimens: all, seed: SEED, first, step: PROCESSES, to: FILES })
		)
	);
	expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
	expect(Math.max(...outcomes.map(({ peakBytes }) => peakBytes))).toBeLessThan(MAX_PEAK_BYTES);

	const became = new Map<string, number>();
	for (const outcome of outcomes) {
		for (const [what, times] of outcome.became) became.set(what, (became.get(what) ?? 0) + times);
	}
	// The suite would be worth little if all were refused at their first bytes.
	for (const format of [
		'csv',
		'tsv',
		'semicolons',
		'ndjson',
		'json',
		'parquet',
		'overview_export',
		'table',
		'audience_insights',
		'pins_archive',
		'needs_days'
	]) {
		expect([...became.keys()]).toContain(format);
	}
	console.log(
		`figures: ${FILES} files became ${JSON.stringify(Object.fromEntries([...became].sort((a, b) => b[1] - a[1])))}`
	);
	console.log(
		`figures: peak memory ${outcomes.map(({ peakBytes }) => `${Math.round(peakBytes / 1e6)} MB`).join(', ')}`
	);
});
