import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from '../../src/tools/browser';

/** A profile on disk, where what is stored outlives the browser; windows without one keep it in memory. */
export class BrowserProfile {
	readonly #folder: string;
	readonly #executable: string;
	#context: BrowserContext | null = null;

	private constructor(folder: string, executable: string) {
		this.#folder = folder;
		this.#executable = executable;
	}

	static async create(): Promise<BrowserProfile> {
		const folder = await mkdtemp(join(tmpdir(), 'tackboard-bench-profile-'));
		return new BrowserProfile(folder, await findChromium());
	}

	/** Starts a browser on it. */
	async start(): Promise<BrowserContext> {
		this.#context = await chromium.launchPersistentContext(this.#folder, {
			executablePath: this.#executable,
			args: [...CHROMIUM_FLAGS],
			viewport: { width: 1280, height: 900 }
		});
		this.#context.setDefaultTimeout(0); // large files take as long as they take
		return this.#context;
	}

	/** Starts one anew; one that runs is closed before. */
	async restart(): Promise<BrowserContext> {
		await this.stop();
		return this.start();
	}

	/** Closes the browser; the profile stays. */
	async stop(): Promise<void> {
		await this.#context?.close();
		this.#context = null;
	}

	async remove(): Promise<void> {
		await this.stop();
		await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

/** Runs something in a browser with a profile of its own, which is gone afterwards. */
export async function withFreshProfile<T>(
	run: (context: BrowserContext, profile: BrowserProfile) => Promise<T>
): Promise<T> {
	const profile = await BrowserProfile.create();
	try {
		return await run(await profile.start(), profile);
	} finally {
		await profile.remove();
	}
}
