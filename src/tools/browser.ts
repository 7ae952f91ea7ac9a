import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { installPackages, onPath, whyNoPackages } from './debian';

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

/** The path of a Chromium. On Debian as root a missing one is installed; elsewhere it rejects, saying what to do. */
export async function findChromium(): Promise<string> {
	const installed = installedChromium();
	if (installed !== null) return installed;
	if (whyNoPackages() === null) {
		await installPackages(['chromium']);
		const added = onPath('chromium');
		if (added !== null) return added;
	}
	throw new Error(
		'No Chromium found: run "npx playwright install chromium", or install Chromium or Chrome, or set CHROMIUM_PATH.'
	);
}
