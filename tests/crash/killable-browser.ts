import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright';
import { CHROMIUM_FLAGS, findHeadlessChromium } from '../../src/tools/browser';

/** Nothing here is about speed: a machine with much else to do may take long. */
const START_MS = 120_000;
const STEP_MS = 120_000;
const QUIT_MS = 20_000;

/** Those that run: a test that fails must not leave any behind. */
const running = new Set<KillableBrowser>();

/** Kills all that still run. */
export async function killAll(): Promise<void> {
	await Promise.all([...running].map((browser) => browser.kill()));
}

/** A Chromium on a profile of its own, all of whose processes can be killed at any moment. */
export class KillableBrowser {
	readonly page: Page;
	readonly #process: ChildProcess;
	readonly #browser: Browser;

	private constructor(process: ChildProcess, browser: Browser, page: Page) {
		this.#process = process;
		this.#browser = browser;
		this.page = page;
		running.add(this);
	}

	/** @param profile a folder; what is stored in it outlives the browser */
	static async start(profile: string): Promise<KillableBrowser> {
		const portFile = join(profile, 'DevToolsActivePort');
		await rm(portFile, { force: true });
		const args = [
			'--headless',
			...CHROMIUM_FLAGS,
			'--no-default-browser-check',
			'--remote-debugging-port=0',
			'--lang=en-GB',
			'--window-size=1280,900',
			`--user-data-dir=${profile}`,
			'about:blank'
		];
		// A group of its own: killed as a whole, as by a power cut.
		const child = spawn(await findHeadlessChromium(), args, { detached: true, stdio: 'ignore' });
		try {
			const url = `http://127.0.0.1:${await portIn(portFile)}`;
			const browser = await chromium.connectOverCDP(url, { timeout: START_MS });
			const context = browser.contexts()[0]!;
			context.setDefaultTimeout(STEP_MS);
			return new KillableBrowser(child, browser, context.pages()[0] ?? (await context.newPage()));
		} catch (error) {
			killGroup(child);
			throw error;
		}
	}

	/** Ends all of it at once, in the middle of whatever it does. */
	async kill(): Promise<void> {
		const gone = exitOf(this.#process);
		running.delete(this);
		killGroup(this.#process);
		await gone;
		await this.#browser.close().catch(() => {});
	}

	/** Closes it as people do; one that does not go is ended, and its helpers with it. */
	async quit(): Promise<void> {
		const gone = exitOf(this.#process);
		const session = await this.#browser.newBrowserCDPSession();
		await session.send('Browser.close').catch(() => {});
		await Promise.race([gone, pause(QUIT_MS, null, { ref: false })]);
		running.delete(this);
		killGroup(this.#process);
		await gone;
		await this.#browser.close().catch(() => {});
	}
}

async function portIn(file: string): Promise<string> {
	for (const end = Date.now() + START_MS; Date.now() < end; await pause(20)) {
		const [port] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
		if (port) return port;
	}
	throw new Error('the browser did not start');
}

function exitOf(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => child.once('exit', () => resolve()));
}

function killGroup({ pid }: ChildProcess): void {
	try {
		process.kill(-pid!, 'SIGKILL');
	} catch {
		// gone already
	}
}
