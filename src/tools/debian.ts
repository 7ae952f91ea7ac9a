import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs of the system: where they are, and how they get there on Debian. */

/** The path of a program that PATH leads to; null where there is none. */
export function onPath(name: string): string | null {
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		const file = join(folder, name);
		try {
			accessSync(file, constants.X_OK);
			return file;
		} catch {
			// Not in this folder.
		}
	}
	return null;
}

/** Why packages cannot be installed here without asking anyone; null where they can. */
export function whyNoPackages(): string | null {
	if (!existsSync('/etc/debian_version') || onPath('apt-get') === null) return 'this is no Debian';
	if (process.getuid?.() !== 0) return 'that takes root';
	return null;
}

function run(command: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			stdio: ['ignore', 'ignore', 'pipe'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
		let complaint = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
		child.once('error', reject);
		child.once('close', (code) => {
			if (code === 0) return resolve();
			const last = complaint.trim().split('\n').at(-1) ?? '';
			reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${last}`));
		});
	});
}

/** Installs Debian packages. Rejects where that fails, and where whyNoPackages has an answer. */
export async function installPackages(names: readonly string[]): Promise<void> {
	const why = whyNoPackages();
	if (why !== null) throw new Error(why);
	console.error(`Installing Debian's ${names.join(', ')} with apt-get.`);
	await run('apt-get', ['update', '-q']);
	await run('apt-get', ['install', '-y', '-q', ...names]);
}
