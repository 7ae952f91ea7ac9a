import type { Page } from 'playwright';
import { openApp } from '../app';
import { withFreshProfile } from '../browser-profile';
import { OURS } from '../measures';
import type { Scenario } from '../scenario';

const OLD_FILES = 5_000;
const FOLDER = 'Exports';

/** Makes a folder of the browser's own disk, and notes its files as those of an inbox that were taken before. */
async function fillInbox(page: Page): Promise<void> {
	await page.evaluate(
		async ([folder, count]) => {
			const root = await navigator.storage.getDirectory();
			const handle = await root.getDirectoryHandle(folder, { create: true });
			const seen: object[] = [];
			for (let index = 0; index < count; index++) {
				const name = `export-${index}.csv`;
				const file = await handle.getFileHandle(name, { create: true });
				const writable = await file.createWritable();
				await writable.write('Date,Impressions\n2026-05-01,1\n');
				await writable.close();
				const { size, lastModified } = await file.getFile();
				const stamp = { path: name, byteLength: size, modifiedMs: lastModified };
				seen.push({ ...stamp, outcome: 'imported', seenAt: index });
			}
			const opening = indexedDB.open('tackboard-main');
			await new Promise((resolve) => (opening.onsuccess = resolve));
			const transaction = opening.result.transaction(['folders', 'inboxFiles'], 'readwrite');
			transaction.objectStore('folders').put({ role: 'inbox', handle, chosenAt: 1, key: null, salt: null });
			for (const file of seen) transaction.objectStore('inboxFiles').put(file);
			await new Promise((resolve) => (transaction.oncomplete = resolve));
			opening.result.close();
		},
		[FOLDER, OLD_FILES] as const
	);
}

/** Notes when the inbox was first looked through and when that was over, from the page's start on. Runs in the page. */
function watchFirstLook(): void {
	const times: Record<string, number> = {};
	Object.assign(globalThis, { lookTimes: times });
	const note = () => {
		const state = document.querySelector('[data-inbox]')?.getAttribute('data-inbox');
		if (state) times[state] ??= performance.now();
	};
	const watched = { subtree: true, childList: true, attributeFilter: ['data-inbox'] };
	new MutationObserver(note).observe(document, watched);
}

/** Opens the page anew; returns how long the first look of that visit takes, in milliseconds. */
async function lookOnVisit(page: Page): Promise<number> {
	await page.reload();
	await page.locator('[data-inbox="idle"]').waitFor({ state: 'attached' });
	return page.evaluate(() => {
		const { lookTimes } = globalThis as unknown as { lookTimes: Record<string, number> };
		return lookTimes.idle! - lookTimes.working!;
	});
}

/** Comes back to the page; returns how long the look takes, in milliseconds. */
function lookAgain(page: Page): Promise<number> {
	return page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const state = document.querySelector('[data-inbox]');
				const startedAt = performance.now();
				new MutationObserver(() => {
					if (state?.getAttribute('data-inbox') === 'idle') resolve(performance.now() - startedAt);
				}).observe(state!, { attributeFilter: ['data-inbox'] });
				dispatchEvent(new Event('focus'));
			})
	);
}

/** Lists the folder and does nothing else: what the browser itself takes. */
function list(page: Page): Promise<number> {
	return page.evaluate(async (folder) => {
		const root = await navigator.storage.getDirectory();
		const handle = await root.getDirectoryHandle(folder);
		const startedAt = performance.now();
		let count = 0;
		for await (const { kind } of handle.values()) if (kind === 'file') count++;
		if (count === 0) throw new Error('the folder is empty');
		return performance.now() - startedAt;
	}, FOLDER);
}

export const inboxScenario: Scenario = {
	name: 'inbox',
	about: `A look through an inbox of ${OLD_FILES.toLocaleString('en')} files that were all seen before: the first of a visit, and one from
the focus on the page until it is over; beside them what the browser takes to list the same folder, in the page.`,
	isOptional: true,
	run: async (bench) => {
		await withFreshProfile(async (context) => {
			const app = await openApp(context, bench.site);
			await fillInbox(app);
			await app.addInitScript(watchFirstLook);
			for (let run = 0; run <= bench.runs; run++) {
				const [first, look, listing] = [await lookOnVisit(app), await lookAgain(app), await list(app)];
				if (run === 0) continue;
				bench.measures.add('first look of a visit', 'ms', first, OURS);
				bench.measures.add('focus to the end of the look', 'ms', look, OURS);
				bench.measures.add('focus to the end of the look', 'ms', listing, 'the list alone');
			}
		});
	}
};
