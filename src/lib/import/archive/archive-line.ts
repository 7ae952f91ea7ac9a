import { decodeHTML } from 'entities/decode';

/** What a line of an archive's page says. */
export type ArchiveLine =
	/** An address alone: what follows is about the Pin or board there. */
	| { readonly kind: 'address'; readonly address: string }
	/** `Key: value` of a key that is kept, in lower case; the value '' where it is absent. */
	| { readonly kind: 'value'; readonly key: string; readonly value: string }
	/** Anything else, such as a further line of a text. */
	| { readonly kind: 'text' };

const TEXT = { kind: 'text' } as const;
const LINK = /<a\s[^>]{0,4000}?\bhref\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
/** No key that is kept is longer. */
const MAX_KEY = 64;
const ABSENT = /^(?:no data|none|null)?$/i;

/**
 * Reads a line. Its tags are left out, its entities undone, and one comma at its end is no part of the value.
 * @param isKept of which keys the value is wanted: most are not, and cost no more than their key
 */
export function readArchiveLine(html: string, isKept: (key: string) => boolean): ArchiveLine {
	const text = withoutLeadingTags(html);
	if (text === '') return TEXT;
	if (/^<a\s/i.test(text) || /^https?:\/\/\S+$/i.test(text))
		return { kind: 'address', address: valueIn(text) };
	const colon = text.slice(0, MAX_KEY).indexOf(':');
	if (colon <= 0 || !/^(?:\s|<|$)/.test(text.slice(colon + 1, colon + 2))) return TEXT;
	const key = withoutTags(text.slice(0, colon)).replace(/\s+/g, ' ').trim().toLowerCase();
	if (!isKept(key)) return TEXT;
	const value = valueIn(text.slice(colon + 1));
	return { kind: 'value', key, value: ABSENT.test(value) ? '' : value };
}

/** The address of a link, or the text. */
function valueIn(html: string): string {
	const link = html.includes('<') ? LINK.exec(html) : null;
	const raw = link ? (link[1] ?? link[2] ?? link[3] ?? '') : withoutTags(html);
	const text = (raw.includes('&') ? decodeHTML(raw) : raw).replace(/\s+/g, ' ').trim();
	return link ? text : text.replace(/,$/, '').trim();
}

/** A sign `<` that opens no tag stays. */
function withoutTags(html: string): string {
	return html.includes('<') ? html.replace(/<\/?[a-z][^<>]*>/gi, '') : html;
}

/** From the first link or text on. */
function withoutLeadingTags(html: string): string {
	let text = html.trimStart();
	for (let tag = leadingTag(text); tag > 0; tag = leadingTag(text)) text = text.slice(tag).trimStart();
	return text;
}

function leadingTag(text: string): number {
	if (!text.startsWith('<') || !/^<[/!a-z]/i.test(text) || /^<a\s/i.test(text)) return 0;
	return text.indexOf('>') + 1;
}
