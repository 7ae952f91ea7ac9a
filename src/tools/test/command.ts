import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Suite } from './suite';

/** What a command did. */
export interface Ended {
	/** The exit code; null where a signal ended it. */
	readonly code: number | null;
	/** What it printed, both streams as they came. */
	readonly output: string;
}

/** A suite takes minutes, on a machine with other work three times as many, its long version up to hours. */
const timeLimitMs = () => (process.env.TEST_LENGTH === 'long' ? 240 : 40) * 60_000;

/** Runs a command to its end, and keeps what it prints. Never rejects. */
export function runCommand(
	command: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv = {}
): Promise<Ended> {
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

/** The path of a program that a package has brought. */
export const bin = (name: string) => join('node_modules', '.bin', name);

/** A command that passes or fails as a whole. */
export function commandSuite(name: string, command: string, args: readonly string[]): Suite {
	return {
		name,
		folder: null,
		run: async () => {
			const { code, output } = await runCommand(command, args);
			return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0, details: output };
		}
	};
}
