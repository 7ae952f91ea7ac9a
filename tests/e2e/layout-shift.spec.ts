import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { stockedTest as test } from './support/stocked-test';
import { CHANGES, PEOPLE, YEAR_OF_EXPORTS } from './support/stocks';
import { expect } from './support/test';

/** A move of something on the page that its user did not cause, and what moved. */
interface Shift {
	readonly value: number;
	readonly sources: readonly {
		readonly node?: Node | null;
		readonly previousRect: DOMRect;
		readonly currentRect: DOMRect;
	}[];
}

/** Runs in the page before its scripts do. */
function watchShifts(): void {
	const moved: string[] = [];
	new PerformanceObserver((list) => {
		for (const { value, sources } of list.getEntries() as unknown as Shift[])
			for (const { node, previousRect: from, currentRect: to } of sources) {
				const name =
					node instanceof Element ? `${node.tagName}.${node.className}` : (node?.textContent ?? '?');
				moved.push(`${name} from ${from.x},${from.y} to ${to.x},${to.y} (${value.toFixed(4)})`);
			}
	}).observe({ type: 'layout-shift', buffered: true });
	Object.assign(window, { moved });
}

/** Loads the page anew, and gives what moved on it until all of it was there. */
async function movedOn(page: Page, search: string): Promise<readonly string[]> {
	await page.addInitScript(watchShifts);
	await new OverviewPage(page).open(search);
	await expect(page.getByRole('list', { name: 'What stands out' })).toHaveAttribute('aria-busy', 'false');
	await page.waitForLoadState('networkidle');
	return page.evaluate(() => (window as unknown as { moved: string[] }).moved);
}

/** Does something on another page of the same browser, as large as the first, which is left as it is. */
async function onAnotherPage(first: Page, act: (page: Page) => Promise<void>): Promise<void> {
	const page = await first.context().newPage();
	const size = first.viewportSize();
	if (size) await page.setViewportSize(size);
	try {
		await act(page);
	} finally {
		await page.close();
	}
}

for (const stock of [CHANGES, PEOPLE]) {
	test.describe(`with ${stock.name} stored`, () => {
		test.use({ stock });

		for (const search of ['', '?range=all', '?compare=previous', '?device=mobile'])
			test(`nothing moves while figures come on the Overview ${search}`, ({ page: stocked }) =>
				onAnotherPage(stocked, async (page) => {
					expect(await movedOn(page, search)).toEqual([]);
				}));

		test('nothing moves at the end of the Overview while the ages of Pins come', async ({ page }) => {
			await page.addInitScript(watchShifts);
			await new OverviewPage(page).open('?range=all');
			await page.getByRole('heading', { name: 'Older exports' }).scrollIntoViewIfNeeded();
			await expect(page.locator('[data-pin-age] data')).toHaveCount(5);
			expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
		});
	});
}

test.describe('with a year of exports stored', () => {
	test.use({ stock: YEAR_OF_EXPORTS });

	for (const search of ['', '?range=all'])
		test(`@phone nothing moves on a further visit to the Overview ${search}`, ({ page: stocked }) =>
			onAnotherPage(stocked, async (page) => {
				await new OverviewPage(page).open(search);
				// What reports leave out stands there, and with it room for the next visit.
				await page.waitForFunction((asked) => {
					const [view, ...heights] = localStorage.getItem('tackboard:heights')?.split('\n') ?? [];
					return view?.endsWith(`/${asked}`) && heights.some((height) => height.startsWith('--tile-rows:'));
				}, search);
				expect(await movedOn(page, search)).toEqual([]);
			}));
});
