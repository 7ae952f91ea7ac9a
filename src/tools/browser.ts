import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

/** Finds a Chromium to drive, and installs one where that can be done without asking. */

/** What keeps a headless Chromium steady in a container, and quiet: it fetches nothing of its own. */
export const CHROMIUM_FLAGS: readonly string[] = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function onPath(name: string): string | null {
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

/** The path of a Chromium that is installed: CHROMIUM_PATH, Playwright's own, or the system's; null where there is none. */
export function installedChromium(): string | null {
	const chosen = process.env.CHROMIUM_PATH;
	if (chosen) return chosen;
	const own = chromium.executablePath();
	if (own !== '' && existsSync(own)) return own;
	for (const name of SYSTEM_NAMES) {
		const file = onPath(name);
		if (file !== null) return file;
	}
	return null;
}

function run(command: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		});
		child.once('error', reject);
		child.once('exit', (code) =>
			code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`))
		);
	});
}

/** The path of a Chromium. On Debian as root a missing one is installed; elsewhere it rejects, saying what to do. */
export async function findChromium(): Promise<string> {
	const installed = installedChromium();
	if (installed !== null) return installed;
	if (process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== null) {
		console.error('No Chromium found: installing Debian\'s "chromium" with apt-get.');
		await run('apt-get', ['update', '-q']);
		await run('apt-get', ['install', '-y', '-q', 'chromium']);
		const added = onPath('chromium');
		if (added !== null) return added;
	}
	throw new Error(
		'No Chromium found: run "npx playwright install chromium", or install Chromium or Chrome, or set CHROMIUM_PATH.'
	);
}
