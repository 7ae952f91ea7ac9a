import { vi } from 'vitest';
import type { Download, Tab } from './tab';

/** The app in a tab, by the names that it keeps for scripts. */
export class Analytics {
	readonly tab: Tab;
	readonly #url: string;

	/** @param url where the site is, with a slash at its end */
	constructor(tab: Tab, url: string) {
		this.tab = tab;
		this.#url = url;
	}

	/** Opens an address within the site and waits until the page shows what it requests. */
	async open(address: string): Promise<void> {
		await this.tab.open(this.#url + address);
		await this.ready();
	}

	async reload(): Promise<void> {
		await this.tab.reload();
		await this.ready();
	}

	/** Waits until the page shows what its address requests. */
	async ready(): Promise<void> {
		const isReady = () => document.querySelector('main')?.dataset.ready === 'true';
		try {
			await vi.waitUntil(() => this.tab.evaluate(isReady, null), WAIT);
		} catch (error) {
			throw new Error(`not ready: ${JSON.stringify(await this.#whatIsThere())}`, { cause: error });
		}
	}

	/** What a page that does not become ready shows instead. */
	#whatIsThere() {
		return this.tab.evaluate(
			() => ({
				url: location.href,
				state: document.readyState,
				isControlled: navigator.serviceWorker.controller !== null,
				ready: document.querySelector('main')?.dataset.ready ?? null,
				text: document.body?.innerText.slice(0, 400) ?? ''
			}),
			null
		);
	}

	/** Imports files, and returns how many rows were taken and how many not. */
	async importFiles(...paths: string[]): Promise<{ state: string; accepted: number; rejected: number }> {
		const run = (await this.#importState()).run + 1;
		await this.tab.chooseFiles('//input[@type="file"][@multiple]', paths);
		const ended = async () => {
			const state = await this.#importState();
			return state.run === run && state.state !== 'running';
		};
		await vi.waitUntil(ended, WAIT);
		await this.ready();
		const { state, accepted, rejected } = await this.#importState();
		return { state, accepted, rejected };
	}

	#importState() {
		return this.tab.evaluate(() => {
			const { dataset } = document.querySelector<HTMLElement>('[data-import]')!;
			return {
				state: dataset.import ?? '',
				run: Number(dataset.run),
				accepted: Number(dataset.accepted),
				rejected: Number(dataset.rejected)
			};
		}, null);
	}

	/** The exact figures of the tiles by metric, '' where one has none. */
	tiles(): Promise<Record<string, string>> {
		return this.tab.evaluate(() => {
			const tiles = [...document.querySelectorAll<HTMLElement>('[data-tile]')];
			return Object.fromEntries(
				tiles.map((tile) => [
					tile.dataset.tile ?? '',
					tile.querySelector('data')?.getAttribute('value') ?? ''
				])
			);
		}, null);
	}

	/** The ids of the Pins in the list, best first. */
	pinIds(): Promise<string[]> {
		return this.tab.evaluate(
			() => [...document.querySelectorAll<HTMLElement>('[data-pin]')].map((row) => row.dataset.pin ?? ''),
			null
		);
	}

	/** How many dots of the largest canvas are drawn on. */
	ink(): Promise<number> {
		return this.tab.evaluate(() => {
			const canvases = [...document.querySelectorAll('canvas')];
			const [chart] = canvases.sort((a, b) => b.width * b.height - a.width * a.height);
			if (!chart || chart.width === 0 || chart.height === 0) return 0;
			const { data } = chart.getContext('2d')!.getImageData(0, 0, chart.width, chart.height);
			return data.filter((byte, i) => i % 4 === 3 && byte > 0).length;
		}, null);
	}

	/** Chooses an item of the Export menu and returns the file that it gives. */
	export(item: string): Promise<Download> {
		return this.tab.download(async () => {
			await this.tab.click('//button[starts-with(normalize-space(.), "Export")][@aria-haspopup="menu"]');
			await this.tab.click(`//*[@role="menuitem"][starts-with(normalize-space(.), "${item}")]`);
		});
	}

	/** Whether a service worker stands ready to answer in place of the server. */
	isWorkingOffline(): Promise<boolean> {
		return this.tab.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			return registration?.active?.state === 'activated';
		}, null);
	}
}

const WAIT = { timeout: 45_000, interval: 50 };
