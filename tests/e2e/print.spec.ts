import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Page } from 'playwright/test';
import { stockedTest as test } from './support/stocked-test';
import { CHANGES, SMALL } from './support/stocks';
import { yearOfPins } from './support/year-of-pins';
import { expect } from './support/test';

/** Pages on paper: sheets are read as PDF. */

interface Words {
	readonly text: string;
	/** In points from the left and the upper edge of the sheet. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
}

interface Sheet {
	readonly width: number;
	readonly height: number;
	readonly words: readonly Words[];
	/** How many lines and areas are drawn. */
	readonly paths: number;
}

type Format = 'A4' | 'Letter';

async function print(page: Page, format: Format): Promise<readonly Sheet[]> {
	const bytes = await page.pdf({ format, preferCSSPageSize: false });
	const file = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
	const sheets: Sheet[] = [];
	for (let number = 1; number <= file.numPages; number++) {
		const sheet = await file.getPage(number);
		const { width, height } = sheet.getViewport({ scale: 1 });
		const { items } = await sheet.getTextContent();
		const { fnArray } = await sheet.getOperatorList();
		const words = items.flatMap((item) => {
			if (!('str' in item) || item.str.trim() === '') return [];
			const [, , , , x, y] = item.transform as number[];
			return [{ text: item.str, x: x!, y: height - y!, width: item.width }];
		});
		sheets.push({ width, height, words, paths: fnArray.filter((op) => op === OPS.constructPath).length });
	}
	await file.destroy();
	return sheets;
}

const textOf = (sheets: readonly Sheet[]) =>
	sheets.map(({ words }) => words.map(({ text }) => text).join(' ')).join('\n');

/** What reaches over the edge of its sheet. */
function overTheEdge(sheets: readonly Sheet[]): readonly Words[] {
	return sheets.flatMap(({ width, height, words }) =>
		words.filter(({ x, y, width: own }) => x < 0 || x + own > width || y < 0 || y > height)
	);
}

/** How far down each sheet but the last is used, as a share of its height. */
function used(sheets: readonly Sheet[]): readonly number[] {
	return sheets.slice(0, -1).map(({ height, words }) => Math.max(...words.map(({ y }) => y)) / height);
}

/** The words of the rows of a table, each with the sheets that they are on. */
function sheetsOf(sheets: readonly Sheet[], text: RegExp): readonly (readonly number[])[] {
	const found = new Map<string, number[]>();
	sheets.forEach(({ words }, number) => {
		for (const { text: each } of words)
			if (text.test(each)) found.set(each, [...(found.get(each) ?? []), number]);
	});
	return [...found.values()];
}

const CONTROLS =
	/Export|Import files|Date range|Save view|Add note|Show as table|Split by$|Calendar|Reset|Show all/;

test.describe('of a year of Pins', () => {
	test.use({
		stock: { name: 'year of Pins', files: [{ name: 'year.csv', text: yearOfPins() }] },
		colorScheme: 'dark'
	});

	test('the Overview is a document of whole rows under repeated heads, from a phone or a wide screen', async ({
		page,
		overview
	}, { project }) => {
		await overview.follow('?range=all&split=device&device=mobile,tablet');
		const format: Format = project.name === 'phone' ? 'Letter' : 'A4';
		const sheets = await print(page, format);
		const text = textOf(sheets);
		expect(overTheEdge(sheets)).toEqual([]);
		expect(text).not.toMatch(CONTROLS);
		expect(text).toContain('Mobile · Tablet');
		expect(text).toContain('1 Jul 2025 – 30 Jun 2026');
		// The chart is drawn anew: a line and an area are paths, not a picture of the screen.
		expect(sheets[0]!.paths).toBeGreaterThan(10);
		expect(sheetsOf(sheets, /^Pin number \d+$/).length).toBeGreaterThan(30);
		for (const on of sheetsOf(sheets, /^Pin number \d+$/)) expect(on).toHaveLength(1);
		// Each sheet with rows of Pins says what its columns are.
		for (const { words } of sheets.filter(({ words }) => words.some(({ text }) => /^Pin number/.test(text))))
			expect(words.map(({ text }) => text).join(' ')).toContain('Engagements');
		for (const share of used(sheets)) expect(share).toBeGreaterThan(0.75);
	});

	test('@wide paper is white, and ink dark, whatever the screen is', async ({ page, overview }) => {
		await overview.follow('?range=all');
		await page.emulateMedia({ media: 'print' });
		const colours = await page.evaluate(() => {
			const { backgroundColor, color } = getComputedStyle(document.body);
			return { backgroundColor, color };
		});
		await page.emulateMedia({ media: null });
		expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(29, 27, 24)' });
	});
});

for (const [stock, paths] of [
	[CHANGES, ['changes/', 'changes/?metric=save_rate']],
	[SMALL, ['video/', 'pin/?id=101', 'board/?name=Light', 'people/?range=all', 'data/', 'definitions/']]
] as const)
	test.describe(`of ${stock.name}`, () => {
		test.use({ stock });

		test(`@wide ${paths.join(', ')} fit their sheets, without controls`, async ({ page, overview }) => {
			for (const path of paths) {
				await overview.follow(path);
				const sheets = await print(page, 'A4');
				expect(overTheEdge(sheets), path).toEqual([]);
				expect(textOf(sheets).replaceAll('Exports', ''), path).not.toMatch(
					/Import files|Save view|Add note|Show as table|Undo|Show all/
				);
				const title = await page.locator('h1').innerText();
				expect(textOf(sheets), path).toContain(title);
			}
		});
	});
