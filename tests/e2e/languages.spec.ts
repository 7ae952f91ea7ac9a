import { readFileSync } from 'node:fs';
import { chooseLanguage } from '../../src/lib/i18n/choose-language';
import { BASE, languages, messagesOf, textsOf } from '../unit/i18n/message-files';
import { DOLLARS, EUROS } from './support/ads-reports';
import { layoutFaults } from './support/layout-faults';
import { OverviewPage } from './support/overview-page';
import { withAllPages } from './support/site-pages';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Every page in every language: its words fit a phone, and none of them is English by oversight. */

const INSIGHTS = 'tests/fixtures/specimens/audience-insights-total.csv';
const FILES = [
	{ name: 'small.csv', text: SMALL_FILE },
	EUROS,
	DOLLARS,
	{ name: 'insights.csv', text: readFileSync(INSIGHTS, 'utf8') }
];
const PAGES = withAllPages([
	'?from=2026-05-01&to=2026-06-30&split=device&compare=previous',
	'?range=all&view=top-pins',
	'?from=2019-01-01&to=2019-01-31',
	'?ws=Nowhere',
	'video/?range=all',
	'pin/?id=101&range=all',
	'pin/?id=11111&range=all',
	'board/?name=Light&range=all',
	'ads/?range=all',
	'changes/?from=2026-06-01&to=2026-06-30',
	'people/?from=2026-06-01&to=2026-06-30&grain=week&compare=previous'
]);

/** Texts of the base language that are said otherwise in another one. */
function englishTexts(language: string): readonly string[] {
	const spoken = new Set(Object.values(messagesOf(language)).flatMap(textsOf));
	const base = Object.values(messagesOf(BASE)).flatMap(textsOf);
	return base.filter((text) => !spoken.has(text) && /\p{L}{3}/u.test(text) && !text.includes('{'));
}

for (const language of languages.filter((each) => each !== BASE))
	test.describe(`in ${language} @phone`, () => {
		test.use({ locale: language });

		test('every page fits, and speaks no English', async ({ page }) => {
			test.setTimeout(120_000);
			const english = englishTexts(language);
			const found: Record<string, readonly string[]> = {};
			const look = async (place: string) => {
				const words = await page.evaluate((all) => {
					const wanted = new Set(all);
					const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
					const words: string[] = [];
					for (let node = texts.nextNode(); node; node = texts.nextNode())
						if (
							wanted.has(node.textContent?.trim() ?? '') &&
							!node.parentElement?.closest('[lang=en], script')
						)
							words.push(`English: ${node.textContent}`);
					return words;
				}, english);
				found[place] = [...words, ...(await layoutFaults(page))];
			};
			const overview = new OverviewPage(page);
			await overview.open();
			expect(chooseLanguage([language], [(await page.locator('html').getAttribute('lang')) ?? ''])).toBe(
				language
			);
			await look('first visit');
			await page
				.locator('#import-files')
				.setInputFiles(
					FILES.map(({ name, text }) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) }))
				);
			await expect(page.locator('[data-import="done"]')).toBeAttached();
			await overview.ready();
			await look('report of the import');
			for (const address of PAGES) {
				await overview.follow(address);
				await look(`/${address}`);
			}
			// The names of the pages stand beside each other on a wide screen, none of them out of sight.
			await page.setViewportSize({ width: 1280, height: 900 });
			await overview.follow('');
			const names = await page
				.locator('nav.wide')
				.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
			found['wide header'] = names > 0 ? [`the names of the pages need ${names} pixels more`] : [];
			expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
		});
	});
