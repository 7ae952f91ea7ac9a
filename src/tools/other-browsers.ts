import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, onPath } from './debian';

/** Finds a Firefox and a WebKit to drive, and installs them where that can be done without asking. */

/** What drives a WebKit: its driver, the small browser around it, and a screen for it to draw on. */
export interface WebKitPaths {
	readonly driver: string;
	readonly browser: string;
	readonly screen: string;
}

/** What driving a WebKit needs of its surroundings: its own sandbox does not start in a container. */
export const WEBKIT_ENVIRONMENT: NodeJS.ProcessEnv = { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };

/** The path of a Firefox that is installed: FIREFOX_PATH or the system's; null where there is none. */
export function installedFirefox(): string | null {
	return process.env.FIREFOX_PATH || onPath('firefox-esr') || onPath('firefox');
}

/** A WebKitGTK that is installed with its driver; null where a part is missing. */
export function installedWebKit(): WebKitPaths | null {
	const driver = onPath('WebKitWebDriver');
	const screen = onPath('Xvfb');
	const browser = miniBrowser();
	return driver && screen && browser ? { driver, screen, browser } : null;
}

/** The browser that comes with WebKitGTK, which each system puts elsewhere. */
function miniBrowser(): string | null {
	if (process.env.MINIBROWSER_PATH) return process.env.MINIBROWSER_PATH;
	for (const folder of ['/usr/libexec', '/usr/lib', ...foldersIn('/usr/lib')]) {
		for (const version of ['webkit2gtk-4.1', 'webkit2gtk-4.0']) {
			const file = join(folder, version, 'MiniBrowser');
			if (existsSync(file)) return file;
		}
	}
	return null;
}

function foldersIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => join(folder, entry.name));
}

/** Sees to it that a browser is installed. Rejects, saying why, where it cannot be. */
async function provide<Found>(find: () => Found | null, packages: readonly string[]): Promise<Found> {
	const installed = find();
	if (installed !== null) return installed;
	await installPackages(packages);
	const added = find();
	if (added === null) throw new Error(`${packages.join(' and ')} brought none`);
	return added;
}

/** The path of a Firefox, installed first where it is missing. Rejects where that cannot be done. */
export const findFirefox = () => provide(installedFirefox, ['firefox-esr']);

/** A WebKit and what drives it, installed first where it is missing. Rejects where that cannot be done. */
export const findWebKit = () => provide(installedWebKit, ['webkit2gtk-driver', 'xvfb']);
