/** A part of the page that can be taken into a report: a card, the key figures, the sentences about them. */
export interface ReportSection {
	readonly element: Element;
	readonly name: string;
}

const SECTION = 'section, ul[aria-label]';
const LEFT_OUT = '[data-screen], dialog';

/** What the page is called, and the lines beside its name: its days, what they are compared with, what is filtered. */
export function headingOf(main: Element): { readonly title: string; readonly lines: readonly string[] } {
	const title = main.querySelector('h1');
	const lines = [...(title?.parentElement?.children ?? [])].filter((element) => element.matches('p'));
	return { title: wordsOf(title), lines: lines.map(wordsOf).filter((line) => line !== '') };
}

/** The sections of a page in their order; what a phone shows on another of its tabs included. */
export function sectionsOf(main: Element): readonly ReportSection[] {
	const all = [...main.querySelectorAll(SECTION)];
	return all.flatMap((element) => {
		const isPartOfAnother = element.parentElement?.closest(SECTION) ?? null;
		const name = nameOf(element);
		if (isPartOfAnother || element.closest(LEFT_OUT) || name === '') return [];
		return [{ element, name }];
	});
}

function nameOf(element: Element): string {
	const label = element.getAttribute('aria-label');
	if (label !== null) return label;
	const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
	return ids.map((id) => wordsOf(document.getElementById(id))).join(' ');
}

function wordsOf(element: Element | null): string {
	return element?.textContent.trim().replace(/\s+/g, ' ') ?? '';
}
