import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** What a visit with data stored does before its first figures are there: nothing else may take the processor from them. */

const FIGURES = 'first figures';

/** Runs in the page before its scripts do: marks the time at which the first figure is there. */
function watchFigures(name: string): void {
	const observer = new MutationObserver(() => {
		const figures = [...document.querySelectorAll<HTMLDataElement>('[data-tile] data')];
		if (!figures.some(({ value }) => value !== '')) return;
		observer.disconnect();
		performance.mark(name);
	});
	observer.observe(document, { subtree: true, childList: true, attributes: true });
}

test.beforeEach(async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
});

test('asks for no part of the page before the first figures that they do not need', async ({ page }) => {
	await page.addInitScript(watchFigures, FIGURES);
	await new OverviewPage(page).open('?range=all');
	const scripts = await page.evaluate((name) => {
		const [figures] = performance.getEntriesByName(name);
		const all = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
		const before = all.filter(({ startTime }) => startTime < (figures?.startTime ?? 0));
		return { before: before.map((script) => script.name), all: all.length };
	}, FIGURES);
	// Those of the first paint, and SvelteKit's page of errors.
	expect(scripts.before.length, scripts.before.join('\n')).toBeLessThanOrEqual(9);
	expect(scripts.before.length).toBeGreaterThan(3);
	expect(scripts.all).toBeGreaterThan(20);
});

test('throws no error before the first figures, caught or not', async ({ page: earlier }) => {
	// In a tab of its own, where nothing is kept of an earlier page.
	const page = await earlier.context().newPage();
	const session = await page.context().newCDPSession(page);
	const thrown: string[] = [];
	session.on('Debugger.paused', ({ data, callFrames }) => {
		const look = async () => {
			const { result } = await session.send('Debugger.evaluateOnCallFrame', {
				callFrameId: callFrames[0]?.callFrameId ?? '',
				expression: `performance.getEntriesByName('${FIGURES}').length`
			});
			if (result.value === 0) thrown.push(JSON.stringify(data));
			await session.send('Debugger.resume');
		};
		void look();
	});
	await session.send('Debugger.enable');
	await session.send('Debugger.setPauseOnExceptions', { state: 'all' });
	await page.addInitScript(watchFigures, FIGURES);
	await new OverviewPage(page).open('?range=all');
	expect(await page.evaluate((name) => performance.getEntriesByName(name).length, FIGURES)).toBe(1);
	expect(thrown).toEqual([]);
});
