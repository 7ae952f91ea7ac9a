import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import type { RunOptions } from 'axe-core';
import type { Page } from 'playwright/test';

/** What axe looks for: rules by tag, or by name. */
type Rules = NonNullable<RunOptions['runOnly']>;

export const ALL_RULES: Rules = {
	type: 'tag',
	values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'experimental']
};

/** The rules that look at colours; all others see the same page in either scheme. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds with some rules, as lines to read. The site has no frames, so axe may stay within the page. */
export async function violationsOf(
	page: Page,
	runOnly: Rules,
	without: readonly string[] = []
): Promise<readonly string[]> {
	const off = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
	if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
	return page.evaluate(
		async ({ runOnly, off }) => {
			const { axe } = globalThis as unknown as { axe: typeof Axe };
			// Of what passes only the count would be kept: looking for it takes most of the time.
			const { violations } = await axe.run({
				runOnly,
				resultTypes: ['violations'],
				iframes: false,
				// A chart is one stop of the Tab key, in which arrow keys read figures out, and a part that scrolls is one so
				// that it can be scrolled by key: both are groups with a name, which this rule of axe's trial set refuses.
				rules: { ...off, 'focus-order-semantics': { enabled: false } }
			});
			return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
		},
		{ runOnly, off }
	);
}
