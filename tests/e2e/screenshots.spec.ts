import { readFileSync } from 'node:fs';
import { reportedFile } from '../support/reported-file';
import { exportOf, quarterOfExports, yearOfExports } from '../support/year-of-exports';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SMALL_FILE } from './support/small-file';
import { test } from './support/test';

const AUDIENCE = new URL('../fixtures/specimens/audience-insights-total.csv', import.meta.url);
/** Pictures of every page, to leaf through: `SCREENSHOTS=static/screenshots` keeps those that the README shows. */
const FOLDER = process.env.SCREENSHOTS ?? 'test-results/screenshots';

/** What people have who have no events, or few. */
const STATES = {
	'one export': () => [exportOf('Impressions', 3)],
	'seven exports': () => quarterOfExports(2),
	'a year of exports': yearOfExports,
	'ads alone': () => [{ name: 'ads.csv', text: reportedFile('ads-report.csv') }],
	'an audience alone': () => [{ name: 'audience.csv', text: readFileSync(AUDIENCE, 'utf8') }],
	'events and reports': () => [exportOf('Impressions', 3), { name: 'events.csv', text: SMALL_FILE }]
};

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(() => {
		test.use({ colorScheme });

		for (const [name, files] of Object.entries(STATES))
			test(`draws ${name} in ${colorScheme} colours`, async ({ page }, { project }) => {
				const overview = new OverviewPage(page);
				await overview.open();
				await overview.importFiles(...files());
				const pin = (await overview.pinIds())[0];
				const paths = { '': '?compare=previous', '-data': 'data/', ...(pin && { '-pin': `pin/?id=${pin}` }) };
				for (const [suffix, path] of Object.entries(paths)) {
					await page.goto(`/${path}`);
					await overview.ready();
					await page.mouse.move(0, 0);
					await page.screenshot({
						path: `${FOLDER}/${name.replaceAll(' ', '-')}${suffix}-${project.name}-${colorScheme}.png`,
						animations: 'disabled',
						fullPage: true
					});
				}
			});

		test(`draws every page in ${colorScheme} colours`, async ({ page }, { project }) => {
			const overview = new OverviewPage(page);
			const take = async (name: string, fullPage = false) => {
				await page.mouse.move(0, 0);
				await page.screenshot({
					path: `${FOLDER}/${name}-${project.name}-${colorScheme}.png`,
					animations: 'disabled',
					fullPage
				});
			};
			await overview.open();
			await take('empty');
			await overview.importPath(await sampleFile(200_000));
			await take('imported');
			await overview.open('?range=90d&split=device');
			await take('overview');
			const best = (await overview.pinIds())[0] ?? '';
			await overview.open('?range=all&metric=engagement_rate&grain=month&view=top-pins');
			await take('top-pins');
			await overview.open('?from=2019-01-01&to=2019-01-31');
			await take('no-match');
			const pages = {
				video: 'video/?range=90d',
				pin: `pin/?range=90d&id=${best}`,
				board: 'board/?range=90d',
				'pin-unknown': 'pin/?id=0',
				'workspace-unknown': '?ws=Elsewhere',
				definitions: 'definitions/',
				data: 'data/'
			};
			for (const [name, path] of Object.entries(pages)) {
				await page.goto(`/${path}`);
				await overview.ready();
				await take(name, true);
			}
			await overview.open();
			const menu = project.name === 'phone' ? 'phone-menu' : 'workspace-menu';
			await page.locator(`[popovertarget="${menu}"]`).click();
			await page.locator(`#${menu}`).getByText('First workspace').waitFor();
			await take('menu');
			await page.keyboard.press('Escape');
			await page.keyboard.press('?');
			await page.locator('dialog[open]').waitFor();
			await take('keys');
		});
	});
}
