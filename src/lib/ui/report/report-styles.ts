/** The styles of a report: those rules of the app's that match something in it. */

/** Stands for buttons, whose words stay without anything to press. */
export const WORDS_ELEMENT = 'tb-words';

const OF_CONTROLS = /:(hover|focus|focus-visible|focus-within|active|disabled|checked|target)\b/;
const PSEUDO_ELEMENT_ALONE = /(^|[\s,>+~(])::[\w-]+/g;
const PSEUDO_ELEMENT = /::[\w-]+/g;
const OF_THE_PAGE = /^(:root|html|body)\b/;
const BUTTON = /(^|[\s>+~,(])button(?![\w-])/g;

/** The selectors of what paper leaves out. */
export function leftOutOnPaper(sheets: Iterable<CSSStyleSheet>): readonly string[] {
	return rulesOf(sheets).flatMap((rule) => (isOfPaper(rule) ? [...rule.cssRules].flatMap(hidden) : []));
}

function hidden(rule: CSSRule): string[] {
	return rule instanceof CSSStyleRule && rule.style.display === 'none' ? [rule.selectorText] : [];
}

/** @param report what the rules are for */
export function stylesFor(report: Document, sheets: Iterable<CSSStyleSheet>): string {
	const texts = rulesOf(sheets).map((rule) => textOf(rule, report));
	return texts.filter((text) => text !== '').join('\n');
}

function rulesOf(sheets: Iterable<CSSStyleSheet>): CSSRule[] {
	return [...sheets].flatMap((sheet) => [...sheet.cssRules]);
}

function isOfPaper(rule: CSSRule): rule is CSSMediaRule {
	return rule instanceof CSSMediaRule && rule.conditionText === 'print';
}

/** A rule as far as it is about the report; '' where it is not. */
function textOf(rule: CSSRule, report: Document): string {
	if (rule instanceof CSSStyleRule) return isUsed(rule, report) ? withWords(rule) : '';
	if (rule instanceof CSSPageRule) return rule.cssText;
	if (rule instanceof CSSMediaRule) return within(`@media ${rule.conditionText}`, rule, report);
	if (rule instanceof CSSContainerRule) return within(`@container ${rule.conditionText}`, rule, report);
	return '';
}

function within(head: string, { cssRules }: CSSGroupingRule, report: Document): string {
	const texts = [...cssRules].map((rule) => textOf(rule, report)).filter((text) => text !== '');
	return texts.length === 0 ? '' : `${head} {\n${texts.join('\n')}\n}`;
}

function withWords({ selectorText, style }: CSSStyleRule): string {
	return `${buttonsAsWords(selectorText)} { ${style.cssText} }`;
}

/** The same selector where buttons have become words. An element's name keeps the weight of another's. */
function buttonsAsWords(selector: string): string {
	return selector.replace(BUTTON, `$1${WORDS_ELEMENT}`);
}

function isUsed({ selectorText }: CSSStyleRule, report: Document): boolean {
	if (OF_CONTROLS.test(selectorText)) return false;
	if (OF_THE_PAGE.test(selectorText)) return true;
	const elements = selectorText.replace(PSEUDO_ELEMENT_ALONE, '$1*').replace(PSEUDO_ELEMENT, '');
	return report.querySelector(buttonsAsWords(elements)) !== null;
}
