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

/** Programs that are a Chromium without a window: they start and draw at half the cost, and lack what only windows need. */
const WITHOUT_WINDOW = ['chromium-headless-shell', 'chrome-headless-shell'];

/** The path of a Chromium that is installed: CHROMIUM_PATH, Playwright's own, or the system's; null where there is none. */
export function installedChromium(): string | null {
	const chosen = process.env.CHROMIUM_PATH;
	if (chosen) return chosen;
	const own = chromium.executablePath();
	if (own !== '' && existsSync(own)) return own;
	return firstOnPath(SYSTEM_NAMES);
}

/**
 * The path of the cheapest Chromium that is installed for tests that need no window: CHROMIUM_PATH, the system's without
 * one, or any; null where there is none.
 */
export function installedHeadlessChromium(): string | null {
	return process.env.CHROMIUM_PATH || firstOnPath(WITHOUT_WINDOW) || installedChromium();
}

function firstOnPath(names: readonly string[]): string | null {
	for (const name of names) {
		const file = onPath(name);
		if (file !== null) return file;
	}
	return null;
}

/** The path of a Chromium. On Debian as root a missing one is installed; elsewhere it rejects, saying what to do. */
export function findChromium(): Promise<string> {
	return find(installedChromium, 'chromium');
}

/** The path of the Chromium without a window that takes the least processor time; installed or set as findChromium does. */
export async function findHeadlessChromium(): Promise<string> {
	const isWithoutWindow = () => process.env.CHROMIUM_PATH || firstOnPath(WITHOUT_WINDOW);
	try {
		return await find(isWithoutWindow, 'chromium-headless-shell');
	} catch {
		return findChromium(); // any does
	}
}

async function find(installed: () => string | null, debianPackage: string): Promise<string> {
	const found = installed();
	if (found !== null) return found;
	if (whyNoPackages() === null) {
		await installPackages([debianPackage]);
		const added = installed();
		if (added !== null) return added;
	}
	throw new Error(
		'No Chromium found: run "npx playwright install chromium", or install Chromium or Chrome, or set CHROMIUM_PATH.'
	);
}
