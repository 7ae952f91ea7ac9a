import type { Page } from 'playwright/test';

/** What of a page does not fit: the page itself, texts that are cut off, and controls that their words run out of. Runs in the page. */
function faults(): readonly string[] {
	const found = new Set<string>();
	const root = document.documentElement;
	if (root.scrollWidth > root.clientWidth) {
		const widest = [...document.querySelectorAll('body *')]
			.filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
			.filter((element) => !element.closest('[data-sideways]'))
			.at(-1);
		found.add(
			`the page is ${root.scrollWidth} wide, by ${widest?.className}: ${widest?.textContent?.trim().slice(0, 60)}`
		);
	}
	const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });
	const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.className}`;

	// Words that a box cuts off without a way to scroll to them.
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = texts.nextNode(); node; node = texts.nextNode()) {
		const parent = node.parentElement;
		if (!parent || node.textContent?.trim() === '' || !isSeen(parent)) continue;
		if (parent.closest('.unseen, script, style, option, select, svg')) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const { left, right, width } = range.getBoundingClientRect();
		if (width === 0) continue;
		for (let box: Element | null = parent; box && box !== document.body; box = box.parentElement) {
			const style = getComputedStyle(box);
			if (style.overflowX === 'visible') continue;
			const edges = box.getBoundingClientRect();
			const isCut = right > edges.right + 1 || left < edges.left - 1;
			// Names of Pins and the like are cut with a sign, as designed.
			if (isCut && !/auto|scroll/.test(style.overflowX) && style.textOverflow !== 'ellipsis')
				found.add(`cut by ${nameOf(box)}: ${node.textContent?.trim().slice(0, 60)}`);
			break;
		}
	}

	// Controls and headings whose words stand out of them.
	for (const element of document.querySelectorAll(
		'button, .button, [role="tab"], nav a, header a, [data-tile], [data-tile] *, h1, h2, h3, label, legend, summary'
	)) {
		if (!isSeen(element) || element.closest('.unseen, svg, [data-sideways]')) continue;
		const { clientWidth, scrollWidth } = element;
		if (clientWidth === 0 || element.matches('.unseen, input, select')) continue;
		if (element.querySelector('.unseen, input')) continue;
		if (scrollWidth > clientWidth + 1)
			found.add(
				`out of ${nameOf(element)} (${scrollWidth} of ${clientWidth}): ${element.textContent?.trim().slice(0, 60)}`
			);
	}
	return [...found];
}

/** What of the page that is shown does not fit its width. */
export const layoutFaults = (page: Page): Promise<readonly string[]> => page.evaluate(faults);
