import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { Page } from 'playwright/test';
import { expectedReading, specimenText } from '../support/specimen';
import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import type { Stock } from './support/stocks';
import { expect } from './support/test';

const TOTAL = specimenText('audience-insights-total.csv');
const TOTAL_FILE = { name: 'audience-insights-total.csv', text: TOTAL };
const ENGAGED_FILE = {
	name: 'audience-insights-engaged-de.csv',
	text: specimenText('audience-insights-engaged-de.csv')
};
/** A month before: two points more are female, and nobody works in wood or with their hands. */
const APRIL_FILE = {
	name: 'april.csv',
	text: TOTAL.replace('2026-05-20', '2026-04-20')
		.replace('Female,0.79', 'Female,0.81')
		.replace(/.*Woodwork.*\n/, '')
};

const SNAPSHOTS: Stock = { name: 'snapshots', files: [APRIL_FILE, TOTAL_FILE, ENGAGED_FILE] };

/** What the rows of a page say: section, name, share and difference. */
function rowsOn(page: Page): Promise<readonly (readonly [string, string, string, string | null])[]> {
	return page
		.locator('tr[data-section]')
		.evaluateAll((rows) =>
			rows.map((row) => [
				row.getAttribute('data-section') ?? '',
				row.getAttribute('data-name') ?? '',
				row.querySelector('data')?.getAttribute('value') ?? '',
				row.querySelector('data')?.getAttribute('data-change') ?? null
			])
		);
}

const rowOf = (page: Page, section: string, name: string) =>
	page.locator(`tr[data-section="${section}"][data-name="${name}"]`);

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

test('shows every share of a file, and says what it does not hold', async ({ page, overview }) => {
	await overview.follow('audience/');
	await expect(page.getByRole('heading', { name: 'No Audience insights yet' })).toBeVisible();
	await expect(page.getByText('Analytics › Audience insights')).toBeVisible();
	await expect(page.locator('header a[href*="audience"], #phone-menu a[href*="audience"]')).toHaveCount(0);

	await overview.importFiles(TOTAL_FILE);
	const expected = (expectedReading(TOTAL_FILE.name).insights ?? []).map(({ section, name, share }) =>
		[section, name, String(share)].join('|')
	);
	const shown = (await rowsOn(page)).map(([section, name, share]) => [section, name, share].join('|'));
	expect([...shown].sort()).toEqual([...expected].sort());
	await expect(page.locator('data[data-size="total"]')).toHaveAttribute('value', '10000');
	await expect(rowOf(page, 'interest', 'Shelving')).toHaveAttribute('data-affinity', '2.105');
	await expect(rowOf(page, 'interest', 'Woodwork')).toContainText('unknown');
	await expect(page.getByText('together 125.0%')).toBeVisible();
	// One snapshot has nothing beside it, and no line.
	await expect(page.getByLabel('Compare with')).toHaveCount(0);
	await expect(page.getByText('over all snapshots')).toHaveCount(0);
	await expect(
		page.locator('header a[href*="audience"], #phone-menu a[href*="audience"]').first()
	).toBeAttached();
});

test('puts audiences and days beside each other, in the address', async ({ page, overview }) => {
	await overview.follow('data/');
	await overview.importFiles(APRIL_FILE, TOTAL_FILE, ENGAGED_FILE);
	const file = page.locator(`[data-file="${ENGAGED_FILE.name}"]`);
	await expect(file).toHaveAttribute('data-kind', 'insights');
	await file.getByRole('link', { name: 'See the audience' }).click();
	await expect(page).toHaveURL(/\/audience\//);
	await overview.ready();
	expect((await rowsOn(page)).every(([, , , change]) => change === null)).toBe(true);

	await page.getByLabel('Compare with').selectOption('total');
	await expect(page).toHaveURL(/against=total:2026-04-20/);
	await overview.ready();
	await expect(rowOf(page, 'gender', 'Female').locator('data')).toHaveAttribute('data-change', '-0.02');
	await expect(rowOf(page, 'gender', 'Male').locator('data')).toHaveAttribute('data-change', '0');
	await expect(rowOf(page, 'interest', 'Woodwork').locator('data')).not.toHaveAttribute('data-change', /./);

	// The nearest snapshot of the other audience.
	await overview.follow('audience/?audience=engaged&against=total');
	await expect(page.getByLabel('Audience', { exact: true }).and(page.locator('select'))).toHaveValue(
		'engaged'
	);
	await expect(page.getByLabel('Snapshot to compare with')).toHaveValue('2026-05-20');
	await expect(rowOf(page, 'age', '25-34').locator('data')).toHaveAttribute('data-change', '-0.01');
	await expect(rowOf(page, 'country', 'Canada').locator('data')).toHaveAttribute('value', '');
	await expect(
		page.locator('section', { has: page.getByRole('heading', { name: 'Metro area' }) })
	).toHaveCount(1);
	const { width = 0, height = 0 } = page.viewportSize() ?? {};
	await page.setViewportSize({ width: 320, height });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	await page.setViewportSize({ width, height });

	await overview.follow('audience/?audience=pinterest');
	await expect(page.getByText('There is no snapshot of: All of Pinterest')).toBeVisible();
});

test('has no link to it where there is other data alone @wide', async ({ page, overview }) => {
	await overview.follow('audience/');
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(
		page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Audience' })
	).toHaveCount(0);
});

test.describe('of three snapshots', () => {
	test.use({ stock: SNAPSHOTS });

	test('orders, searches and folds interests, and follows a row over all snapshots', async ({
		page,
		overview
	}) => {
		await overview.follow('audience/');
		const names = () =>
			page
				.locator('tr[data-section="interest"]:visible')
				.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-name')));
		expect(await names()).toEqual(['Home Decor', 'Shelving', 'Rugs, Runners', 'DIY and Crafts', 'Woodwork']);

		const head = page.getByRole('columnheader', { name: 'Affinity' });
		await head.getByRole('button').press('Enter');
		await expect(head).toHaveAttribute('aria-sort', 'descending');
		expect(await names()).toEqual(['DIY and Crafts', 'Woodwork', 'Home Decor', 'Shelving', 'Rugs, Runners']);

		const fold = page.getByRole('button', { name: 'Interests in Home Decor' });
		await fold.press('Enter');
		await expect(fold).toHaveAttribute('aria-expanded', 'false');
		expect(await names()).toEqual(['DIY and Crafts', 'Woodwork', 'Home Decor']);
		await page.getByRole('searchbox', { name: 'Search interests' }).fill('rUg');
		expect(await names()).toEqual(['Home Decor', 'Rugs, Runners']);
		await page.getByRole('searchbox', { name: 'Search interests' }).fill('wood');

		const dots = () =>
			page.locator('[data-dot]').evaluateAll((all) => all.map((dot) => dot.getAttribute('data-dot')));
		await expect(page.getByRole('heading', { name: 'Home Decor over all snapshots' })).toBeVisible();
		expect(await dots()).toEqual(['2026-04-20', '2026-05-20']);
		await page.getByRole('button', { name: 'Woodwork', exact: true }).click();
		await expect(page).toHaveURL(/row=interest:DIY%20and%20Crafts:Woodwork/);
		const line = page.getByRole('table', { name: 'Woodwork over all snapshots' });
		await expect(line.getByRole('row', { name: '20 Apr 2026' })).toContainText('not in it');
		expect(await dots()).toEqual(['2026-05-20']);
	});

	test('axe finds nothing, in light and dark colours', async ({ page, overview }) => {
		await overview.follow('audience/?against=engaged&row=age:25-34');
		await page.evaluate(AXE);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			const found = await page.evaluate(async () => {
				const { axe } = globalThis as unknown as { axe: typeof Axe };
				const { violations } = await axe.run({
					runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] },
					resultTypes: ['violations'],
					iframes: false
				});
				return violations.flatMap(({ id, nodes }) =>
					nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`)
				);
			});
			expect(found, colorScheme).toEqual([]);
		}
	});

	test('exports the snapshots that it shows, and goes back to an earlier import where one is undone', async ({
		page,
		overview
	}, { project }) => {
		await overview.follow('audience/?day=2026-04-20');
		if (project.name === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
		await page.getByRole('button', { name: /^Export/ }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: 'Audience insights' }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe('tackboard_insights_2026-04-20_2026-04-20.csv');
		const lines = readFileSync(await file.path(), 'utf8')
			.replace('\uFEFF', '')
			.trim()
			.split('\r\n');
		expect(lines[0]).toBe('audience,day,size,section,name,share,affinity');
		const gone = ['DIY and Crafts', 'Woodwork'];
		const kept = (expectedReading(TOTAL_FILE.name).insights ?? []).filter(({ name }) => !gone.includes(name));
		expect(lines).toHaveLength(1 + kept.length);
		expect(lines).toContain('total,2026-04-20,10000,gender,Female,0.81,');

		await overview.importFiles({
			...APRIL_FILE,
			name: 'again.csv',
			text: APRIL_FILE.text.replace('Female,0.81', 'Female,0.5')
		});
		const female = rowOf(page, 'gender', 'Female').locator('data');
		await expect(female).toHaveAttribute('value', '0.5');
		await page.getByRole('button', { name: 'Undo', exact: true }).click();
		await expect(female).toHaveAttribute('value', '0.81');
	});
});
