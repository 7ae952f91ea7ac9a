import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { stockedTest as test } from './support/stocked-test';
import { NOBODY, PEOPLE, QUARTER_OF_EXPORTS } from './support/stocks';
import { expect } from './support/test';

/** The page of people. */

const JUNE = 'from=2026-06-01&to=2026-06-28';

/** The figures of rows that carry an attribute, by its value. */
function figures(page: Page, attribute: string): Promise<Record<string, number[]>> {
	return page
		.locator(`[${attribute}]`)
		.evaluateAll(
			(rows, attribute) =>
				Object.fromEntries(
					rows.map((row) => [
						row.getAttribute(attribute),
						[...row.querySelectorAll('data')].map((data) => Number(data.getAttribute('value')))
					])
				),
			attribute
		);
}

/** The shares of the triangle, a row a cohort. */
function retention(page: Page): Promise<Record<string, number[]>> {
	return page.locator('[data-cohort]').evaluateAll((cells) => {
		const rows: Record<string, number[]> = {};
		for (const cell of cells) {
			const row = (rows[cell.getAttribute('data-cohort') ?? ''] ??= []);
			row[Number(cell.getAttribute('data-step'))] = Number(cell.querySelector('data')?.getAttribute('value'));
		}
		return rows;
	});
}

test.describe('of events that name people', () => {
	test.use({ stock: PEOPLE });

	test('has the people of rows counted on demand, in lists and splits', async ({ page, overview }) => {
		await overview.follow(`?from=2026-06-15&to=2026-06-28&compare=previous&view=top-pins`);
		const row = page.locator('tr[data-pin="lamp"]');
		const people = row.locator('[data-metric="total_audience"]');
		await expect(people).toHaveCount(0);
		await page.getByRole('button', { name: /Show people.*Top Pins/ }).click();
		await expect(people).toHaveAttribute('value', '3');
		await expect(people).toHaveAttribute('data-change', '0');
		await page.getByRole('button', { name: /Show people.*Top boards/ }).click();
		await expect(page.locator('[data-board=""] [data-metric="total_audience"]')).toHaveAttribute(
			'value',
			'3'
		);

		await overview.follow('pin/?id=lamp&from=2026-06-01&to=2026-06-28');
		await page.getByRole('button', { name: 'Show people' }).click();
		const device = (value: string) =>
			page.locator(`[data-split="device"] [data-value="${value}"] [data-metric="total_audience"]`);
		await expect(device('mobile')).toHaveAttribute('value', '2');
		await expect(device('desktop')).toHaveAttribute('value', '3');
	});

	test('shows who is new and who comes back, days met, shared people and retention', async ({
		page,
		overview
	}) => {
		await overview.follow(`people/?${JUNE}&grain=week`);
		expect(await figures(page, 'data-bucket')).toEqual({
			'2026-06-01': [2, 0],
			'2026-06-08': [1, 1],
			'2026-06-15': [1, 2],
			'2026-06-22': [0, 1]
		});
		expect(await figures(page, 'data-days-met')).toEqual({
			'1': [2],
			'2': [1],
			'3-5': [1],
			'6-10': [0],
			'11+': [0]
		});
		expect(await figures(page, 'data-shared')).toEqual({ 'desktop|mobile': [1] });
		expect(await retention(page)).toEqual({
			'2026-06-01': [1, 0.5, 1, 0.5],
			'2026-06-08': [1, 0, 0],
			'2026-06-15': [1, 0]
		});
		await expect(page.locator('[data-tile="total_audience"] data')).toHaveAttribute('value', '4');
		await expect(page.locator('[data-tile="new_people"] data')).toHaveAttribute('value', '4');
	});

	test('tells returning people from new ones by all that is stored, and compares', async ({
		page,
		overview
	}) => {
		await overview.follow(
			'people/?from=2026-06-15&to=2026-06-28&grain=week&compare=previous&split=content_type'
		);
		const bucket = page.locator('[data-bucket="2026-06-15"]');
		await expect(bucket.locator('[data-metric="returning_people"]')).toHaveAttribute('value', '2');
		await expect(bucket.locator('[data-metric="new_people"]')).toHaveAttribute('data-change', '-0.5');
		await expect(page.locator('[data-tile="new_people"]')).toContainText('down 66.7%, from 3 to 1');
		await expect(page.locator('[data-shared]')).toHaveCount(0);
		await expect(page.getByText('Only Organic occurs on these days')).toBeVisible();
		// A choice beside a card is one step of the address.
		await page.getByRole('combobox', { name: 'People shared by values of' }).selectOption('device');
		await overview.ready();
		await expect(page).toHaveURL(/split=device/);
		expect(await figures(page, 'data-shared')).toEqual({ 'desktop|mobile': [0] });
	});

	test('reads the chart and the triangle out by key, and is reached by one', async ({ page, overview }) => {
		await page.keyboard.press('8');
		await overview.ready();
		await expect(page).toHaveURL(/\/people\/?/);
		await overview.follow(`people/?${JUNE}&grain=week`);
		await page.getByRole('group', { name: /New and returning, 1/ }).focus();
		await page.keyboard.press('ArrowRight');
		await page.keyboard.press('ArrowRight');
		await expect(page.locator('[aria-live]', { hasText: '1 new, 1 returning, 50.0% new' })).toHaveCount(1);
		await page.locator('td[data-cohort][tabindex="0"]').focus();
		await page.keyboard.press('ArrowRight');
		await expect(page.locator('td[data-cohort="2026-06-01"][data-step="2"]')).toBeFocused();
		await expect(page.getByText('First seen 1 Jun, after 2 weeks')).toBeVisible();
		await expect(page.getByText('2 of 2 people, 100.0%')).toBeVisible();
		await page.getByRole('button', { name: 'Show as table' }).click();
		await expect(page.locator('[data-bucket="2026-06-01"]')).toBeInViewport();
	});

	test('writes both tables as CSV', async ({ page, overview }) => {
		await overview.follow(`people/?${JUNE}&grain=month&compare=previous`);
		const csv = async (name: RegExp) => {
			const download = page.waitForEvent('download');
			await page.getByRole('button', { name }).click();
			return readFile(await (await download).path(), 'utf8');
		};
		expect(await csv(/^CSV.*New and returning/)).toBe(
			'\uFEFFdate,new_people,new_people_before,returning_people,returning_people_before\r\n2026-06-01,4,0,0,0\r\n'
		);
		await overview.follow(`people/?${JUNE}`);
		expect(await csv(/^CSV.*Who comes back/)).toContain('\r\n2026-06-01,2,1,0.5\r\n');
	});
});

test.describe('of events that name nobody', () => {
	test.use({ stock: NOBODY });

	test('is not in the header, and says why', async ({ page, overview }) => {
		await overview.follow('people/');
		await expect(page.getByRole('heading', { name: 'No event names a person' })).toBeVisible();
		await expect(page.getByRole('navigation', { name: 'Pages' }).getByText('People')).toHaveCount(0);
	});
});

test.describe('of reports', () => {
	test.use({ stock: QUARTER_OF_EXPORTS });

	test('says that they cannot tell people apart', async ({ page, overview }) => {
		await overview.follow('people/');
		await expect(page.getByRole('heading', { name: 'Reports cannot tell people apart' })).toBeVisible();
	});
});
