import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MUTATIONS, type Mutation } from './mutations';

/**
 * `npm run mutations`: puts one fault after another into a copy of the program, and says which test noticed it. Ends
 * with 1 where a fault was not noticed, or where a test fails without any. Words after it choose faults by parts of their
 * file's path.
 */

const COPIED = [
	'src',
	'tests',
	'package.json',
	'tsconfig.json',
	'vite.config.ts',
	'svelte.config.js',
	'.svelte-kit'
];

interface Report {
	readonly testResults: readonly {
		readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
	}[];
}

/** The first test of some that fails; null where all pass. */
function firstFailure(root: string, tests: readonly string[]): string | null {
	const report = join(root, 'report.json');
	rmSync(report, { force: true });
	const vitest = join(root, 'node_modules/.bin/vitest');
	const options = ['--bail=1', '--reporter=json', `--outputFile.json=${report}`];
	const { status, stderr } = spawnSync(vitest, ['run', ...tests, ...options], {
		cwd: root,
		encoding: 'utf8'
	});
	if (status === 0) return null;
	const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
	const failed = testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.find((test) => test.status === 'failed');
	if (!failed) throw new Error(`no test ran: ${stderr}`);
	return failed.fullName;
}

/** Runs the tests of a fault with the fault in place, and takes it out again. */
function whoNotices(root: string, { file, from, to, tests }: Mutation): string | null {
	const path = join(root, file);
	const source = readFileSync(path, 'utf8');
	if (source.split(from).length !== 2) throw new Error(`${file} does not hold once: ${from}`);
	writeFileSync(
		path,
		source.replace(from, () => to)
	);
	try {
		return firstFailure(root, [tests]);
	} finally {
		writeFileSync(path, source);
	}
}

const words = process.argv.slice(2);
const chosen = MUTATIONS.filter(
	({ file }) => words.length === 0 || words.some((word) => file.includes(word))
);
if (chosen.length === 0) throw new Error(`no fault is put into ${words.join(' or ')}`);

const root = mkdtempSync(join(tmpdir(), 'tackboard-mutations-'));
try {
	for (const name of COPIED) cpSync(name, join(root, name), { recursive: true });
	symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
	const alreadyFails = firstFailure(root, [...new Set(chosen.map(({ tests }) => tests))]);
	if (alreadyFails !== null) throw new Error(`fails without any fault: ${alreadyFails}`);
	let missed = 0;
	for (const mutation of chosen) {
		const test = whoNotices(root, mutation);
		if (test === null) missed++;
		console.log(`${test === null ? 'MISSED' : 'noticed'}: ${mutation.fault} (${mutation.file})`);
		if (test !== null) console.log(`         by "${test}"`);
	}
	console.log(`${chosen.length - missed} noticed, ${missed} missed`);
	process.exitCode = missed === 0 ? 0 : 1;
} finally {
	rmSync(root, { recursive: true, force: true });
}
