import { decodeHTML } from 'entities/decode';

/** What a line of an archive's page says. */
export type ArchiveLine =
	/** An address alone: what follows is about the Pin or board there. */
	| { readonly kind: 'address'; readonly address: string }
	/** `Key: value`; the key in lower case, the value '' where it is absent. */
	| { readonly kind: 'value'; readonly key: string; readonly value: string }
	/** Anything else, such as a further line of a text. */
	| { readonly kind: 'text' };

const TEXT = { kind: 'text' } as const;
const LINK = /<a\s[^>]{0,4000}?\bhref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const ABSENT = /^(?:no data|none|null)?$/i;

/** Reads a line. Its tags are left out, its entities undone, and one comma at its end is no part of the value. */
export function readArchiveLine(html: string): ArchiveLine {
	const text = withoutLeadingTags(html);
	if (text === '') return TEXT;
	if (/^<a\s/i.test(text) || /^https?:\/\/\S+$/i.test(text))
		return { kind: 'address', address: valueIn(text) };
	const colon = text.indexOf(':');
	const key = text.slice(0, Math.max(colon, 0)).replace(/\s+/g, ' ').trim();
	if (!/^\p{L}[^<>:]{0,40}$/u.test(key) || !/^(?:\s|<|$)/.test(text.slice(colon + 1, colon + 2))) return TEXT;
	const value = valueIn(text.slice(colon + 1));
	return { kind: 'value', key: key.toLowerCase(), value: ABSENT.test(value) ? '' : value };
}

/** The address of a link, or the text. */
function valueIn(html: string): string {
	const link = LINK.exec(html);
	const raw = link ? (link[1] ?? link[2] ?? link[3] ?? '') : withoutTags(html);
	const text = decodeHTML(raw).replace(/\s+/g, ' ').trim();
	return link ? text : text.replace(/,$/, '').trim();
}

/** A sign `<` that opens no tag stays. */
function withoutTags(html: string): string {
	return html.replace(/<\/?[a-z][^<>]*>/gi, '');
}

/** From the first link or text on. */
function withoutLeadingTags(html: string): string {
	let text = html.trimStart();
	for (let tag = leadingTag(text); tag > 0; tag = leadingTag(text)) text = text.slice(tag).trimStart();
	return text;
}

function leadingTag(text: string): number {
	if (!/^<[/!a-z]/i.test(text) || /^<a\s/i.test(text)) return 0;
	return text.indexOf('>') + 1;
}
