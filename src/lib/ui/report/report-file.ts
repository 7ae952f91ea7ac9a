import { WORDS_ELEMENT, leftOutOnPaper, stylesFor } from './report-styles';

/** The page as one file that stands alone: no script, nothing that is fetched, and nothing to press. */

/** What is written. */
export interface ReportContents {
	/** The language of the page. */
	readonly lang: string;
	readonly title: string;
	/** Words of one's own; lines stay lines. */
	readonly text: string;
	/** What the figures are of, a line each. */
	readonly lines: readonly string[];
	/** Sections of the page, in their order. */
	readonly sections: readonly Element[];
	/** Says when and by what it was made. */
	readonly end: string;
}

/** Nothing is fetched, whatever a title or a link holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/** Pictures of Pins that are more than this together would make the file too large to send; letters of base64. */
const MOST_PICTURES = 200_000;
const CONTROL_ATTRIBUTES =
	/^(tabindex|contenteditable|draggable|type|popover.*|aria-(pressed|expanded|controls|haspopup|live|busy|roledescription|describedby|keyshortcuts))$/;
const OWN_STYLES = `
main.report { max-width: 1040px; margin: 0 auto; padding: 24px 16px; }
main.report > * { margin-bottom: 12px; }
main.report > .words { max-width: 70ch; white-space: pre-line; overflow-wrap: anywhere; }
main.report h1 { overflow-wrap: anywhere; }
main.report .paper-chart { display: grid; }
main.report :is(h2, p).paper-only { display: block; }
main.report a:not([href]) { text-decoration: none !important; }
${WORDS_ELEMENT} { display: inline-block; }
main.report ${WORDS_ELEMENT} { cursor: auto; }
main.report ${WORDS_ELEMENT}.field { min-height: 0; padding: 0; border: 0; background: none; }
@media (max-width: 760px) { main.report .dates span:nth-of-type(even) { display: none; } }
@media print { main.report { padding: 0; } }
`;

/**
 * @param sheets the app's styles
 * @returns HTML
 */
export function reportFile(contents: ReportContents, sheets: Iterable<CSSStyleSheet>): string {
	const { lang, title, text, lines, sections, end } = contents;
	const all = [...sheets];
	const report = document.implementation.createHTMLDocument(title);
	const main = report.createElement('main');
	main.className = 'report';
	const add = (name: string, words: string, className = '') => {
		const element = report.createElement(name);
		element.textContent = words;
		if (className !== '') element.className = className;
		main.append(element);
	};
	add('h1', title);
	if (lines.length > 0) add('p', lines.join(' · '), 'quiet');
	if (text !== '') add('p', text, 'words');
	const leftOut = leftOutOnPaper(all).join(',');
	let pictures = 0;
	for (const section of sections) {
		const copy = report.importNode(section, true);
		const held = report.createElement('div');
		held.append(copy);
		main.append(held);
		report.body.append(main); // selectors look at what is around a section too
		for (const element of held.querySelectorAll(leftOut)) element.remove();
		withoutControls(held);
		for (const picture of held.querySelectorAll('img'))
			if ((pictures += picture.src.length) > MOST_PICTURES) picture.remove();
		held.replaceWith(...held.childNodes);
	}
	add('p', end, 'quiet');
	report.body.append(main);

	// Written as XML, in which nothing that people bring can become markup; HTML reads it the same.
	const written = (element: Element) => new XMLSerializer().serializeToString(element);
	const name = report.createElement('title');
	name.textContent = title;
	return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${written(name)}
<style>
${stylesFor(report, all)}${OWN_STYLES}</style>
</head>
<body>
${written(main)}
</body>
</html>
`;
}

/** Leaves words and drawings where there were things to press. */
function withoutControls(held: Element): void {
	for (const element of held.querySelectorAll('canvas, input, textarea, script, [hidden]')) element.remove();
	for (const select of held.querySelectorAll('select')) {
		const chosen = select.selectedOptions[0]?.textContent ?? '';
		const words = asWords(select);
		words.textContent = chosen;
	}
	for (const button of held.querySelectorAll('button')) asWords(button);
	for (const link of held.querySelectorAll('a')) {
		const address = link.getAttribute('href') ?? '';
		link.removeAttribute('target');
		// Pages of the app are not where the file is; sites of others are.
		if (!/^https?:/.test(address))
			for (const name of ['href', 'rel', 'aria-label']) link.removeAttribute(name);
	}
	for (const element of held.querySelectorAll('*'))
		for (const { name } of [...element.attributes])
			if (CONTROL_ATTRIBUTES.test(name) || name.startsWith('on')) element.removeAttribute(name);
	withoutComments(held);
}

/** Puts words in a control's place, which look as it did. */
function asWords(control: Element): Element {
	const words = control.ownerDocument.createElement(WORDS_ELEMENT);
	for (const { name, value } of control.attributes)
		if (!name.startsWith('aria-') && name !== 'title' && name !== 'disabled') words.setAttribute(name, value);
	words.append(...control.childNodes);
	control.replaceWith(words);
	return words;
}

function withoutComments(held: Element): void {
	const found: Node[] = [];
	const walker = held.ownerDocument.createTreeWalker(held, NodeFilter.SHOW_COMMENT);
	while (walker.nextNode()) found.push(walker.currentNode);
	for (const comment of found) (comment as Comment).remove();
}
