import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedChromium } from '../../src/tools/browser';
import { installedFirefox, installedWebKit } from '../../src/tools/other-browsers';
import { serve, type StaticSite } from '../../src/tools/serve';
import { inventFile } from '../support/invented-file';
import { Analytics } from './analytics';
import { openChromium } from './chromium-tab';
import { openFirefox } from './firefox-tab';
import type { Tab } from './tab';
import { openWebKit } from './webkit-tab';

/** What one browser has put away, another takes up: the same figures, and the same exports byte for byte. */

const RANGE = { from: '2024-03-25', to: '2024-11-02' };
const EVENTS = inventFile({ rows: 3_000, seed: 77, ...RANGE, order: 'none', badEvery: 25 });
const REPORTED = fileURLToPath(new URL('../fixtures/reported/overview-impressions.csv', import.meta.url));
const PASSPHRASE = 'snö & åska';

const VIEWS = [
	'?from=2024-03-25&to=2024-11-02',
	'?from=2024-03-29&to=2024-04-12&tz=Europe/Stockholm&device=mobile,tablet&content=organic',
	'video/?from=2024-03-25&to=2024-11-02&tz=Asia/Kolkata',
	'?from=2026-05-22&to=2026-05-28'
];

const chromium = installedChromium();
const firefox = installedFirefox();
const webkit = installedWebKit();
const OTHERS: readonly (readonly [name: string, open: (() => Promise<Tab>) | null])[] = [
	['Firefox', firefox === null ? null : () => openFirefox(firefox)],
	['WebKit', webkit === null ? null : () => openWebKit(webkit)]
];

/** Puts a passphrase into the field for it. */
function enterPassphrase(tab: Tab, passphrase: string) {
	return tab.evaluate((text) => {
		const field = document.querySelector<HTMLInputElement>('input[type="password"]')!;
		field.value = text;
		field.dispatchEvent(new Event('input', { bubbles: true }));
	}, passphrase);
}

/** What every view shows, and the bytes of every export. @param ws '' for the first workspace */
async function allOf(analytics: Analytics, ws: string) {
	const shown = [];
	for (const view of VIEWS) {
		await analytics.open(`${view}&ws=${encodeURIComponent(ws)}`);
		shown.push([await analytics.tiles(), await analytics.pinIds()]);
	}
	const exports = [];
	for (const view of [VIEWS[0]!, VIEWS[1]!]) {
		await analytics.open(`${view}&ws=${encodeURIComponent(ws)}`);
		const { bytes } = await analytics.export('Everything');
		for (const [name, content] of Object.entries(unzipSync(bytes))) {
			if (name === 'filters.json') continue; // names the workspace
			exports.push([view, name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(content)]);
		}
	}
	return { shown, exports };
}

describe.skipIf(chromium === null)('a backup made in Chromium', () => {
	let folder: string;
	let site: StaticSite;
	let here: Awaited<ReturnType<typeof allOf>>;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'tackboard-backup-'));
		await writeFile(join(folder, 'events.csv'), EVENTS);
		site = await serve({
			folder: fileURLToPath(new URL('../../build/', import.meta.url)),
			port: 0,
			base: '/'
		});
		const tab = await openChromium(chromium!);
		try {
			const analytics = new Analytics(tab, site.url);
			await analytics.open('');
			await analytics.importFiles(join(folder, 'events.csv'), REPORTED);
			here = await allOf(analytics, '');
			expect(here.exports).toHaveLength(2 * 7);
			for (const passphrase of ['', PASSPHRASE]) {
				await analytics.open('data/');
				await enterPassphrase(tab, passphrase);
				const press = () => tab.click('//button[normalize-space(.)="Back up this workspace"]');
				const { bytes } = await tab.download(press);
				await writeFile(join(folder, passphrase === '' ? 'open.tackboard' : 'locked.tackboard'), bytes);
			}
		} finally {
			await tab.close();
		}
	}, 240_000);

	afterAll(async () => {
		await site?.close();
		await rm(folder, { recursive: true });
	});

	it.each(OTHERS.filter(([, open]) => open !== null))(
		'gives the same figures and exports in %s, with a passphrase and without',
		{ timeout: 240_000 },
		async (_, open) => {
			const tab = await open!();
			try {
				const analytics = new Analytics(tab, site.url);
				for (const [index, name] of ['open.tackboard', 'locked.tackboard'].entries()) {
					await analytics.open('data/');
					await enterPassphrase(tab, name === 'open.tackboard' ? '' : PASSPHRASE);
					await tab.chooseFiles('//input[@data-backup]', [join(folder, name)]);
					const state = () =>
						tab.evaluate(() => document.querySelector('[data-backup-state="restored"]') !== null, null);
					await expect.poll(state, { timeout: 60_000 }).toBe(true);
					const there = await allOf(analytics, index === 0 ? 'Restored workspace' : 'Restored workspace 2');
					expect(there).toEqual(here);
				}
				expect(tab.errors()).toEqual([]);
			} finally {
				await tab.close();
			}
		}
	);
});
