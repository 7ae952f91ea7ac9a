/** How sure it is that an HTML page is one of the "request your data" archive, by its start. */

const HTML = /^[\s\uFEFF]*<(?:!doctype\s+html|!--|html|head|body|title|meta|div|h1)\b/i;
const TITLE = /subject access request/i;
const PIN_ADDRESS = /https?:\/\/[^/\s"'<>]{1,80}\/pin\/\d{5,}/i;
const PIN_LINE =
	/<br\s{0,9}\/?>\s{0,99}(?:title|board id|board name|is video|canonical link|created at)\s?:/gi;

/** The score of HTML that is something else: readArchive refuses it in a sentence. */
export const OTHER_HTML_SCORE = 0.5;

/** From 0 to 1; OTHER_HTML_SCORE for other HTML, 0 for what is no HTML. */
export function looksLikeArchive(headText: string): number {
	if (!HTML.test(headText)) return 0;
	if (TITLE.test(headText.slice(0, 4_096))) return 1;
	const lines = new Set(
		(headText.match(PIN_LINE) ?? []).map((line) => line.toLowerCase().replace(/^.*>\s*/s, ''))
	);
	return lines.size >= 2 && PIN_ADDRESS.test(headText) ? 0.95 : OTHER_HTML_SCORE;
}
