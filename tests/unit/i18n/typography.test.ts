import { describe, expect, it } from 'vitest';
import { BASE, languages, messagesOf, textsOf } from './message-files';

/** How each language sets quotation marks, percentages and the signs of a sentence. */

interface Typography {
	/** Opening and closing marks around something quoted. */
	readonly quotes: readonly [string, string];
	/** What must not occur, with what it is. */
	readonly wrong: Readonly<Record<string, RegExp>>;
}

// Of English, whose words the others quote; straight ones stand nowhere.
const CURLY = ['“', '”'] as const;

const TYPOGRAPHY: Readonly<Record<string, Typography>> = {
	de: { quotes: ['„', '“'], wrong: {} },
	en: { quotes: CURLY, wrong: {} },
	es: { quotes: CURLY, wrong: { 'a question without its first sign': /^[^¿]*\?/ } },
	fr: {
		quotes: ['«', '»'],
		wrong: {
			'a sign without a space that does not break':
				/[^\s\d:]\s?(?<![\u00a0\u202f])[;!?](?=\s|$)|[^\u00a0\u202f]:(?=\s|$)/,
			'a quotation without spaces that do not break': /«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»/
		}
	},
	it: { quotes: CURLY, wrong: {} },
	ja: {
		quotes: ['「', '」'],
		wrong: {
			'a narrow sign between Japanese': /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}][,.;:!?](?=\s|$)/u,
			'a space between Japanese':
				/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}] (?=[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}])/u
		}
	},
	nl: { quotes: ['‘', '’'], wrong: {} },
	pl: { quotes: ['„', '”'], wrong: {} },
	'pt-BR': { quotes: CURLY, wrong: {} },
	sv: { quotes: ['”', '”'], wrong: {} }
};

const base = messagesOf(BASE);

/** A percentage in a text, with what stands between its number and its sign; not in a compound, as of German. */
const PERCENT = /\d(\D?)%(?!-)/g;

describe.each(languages)('messages in %s', (language) => {
	const { quotes, wrong } = TYPOGRAPHY[language]!;
	const [open, close] = quotes;
	const messages = Object.entries(messagesOf(language)).flatMap(([key, message]) =>
		textsOf(message).map((text) => ({ key, text }))
	);

	it('quote with the marks of the language', () => {
		const others = [...new Set(['"', '“', '”', '„', '«', '»', '「', '」'])].filter(
			(mark) => mark !== open && mark !== close
		);
		const odd = messages.filter(({ key, text }) => {
			const isQuoting = textsOf(base[key]!).some((english) => english.includes(CURLY[0]));
			if (isQuoting && !(text.includes(open) && text.includes(close))) return true;
			return others.some((mark) => text.includes(mark));
		});
		expect(odd).toEqual([]);
	});

	it('write percentages as its numbers do', () => {
		const parts = new Intl.NumberFormat(language, { style: 'percent' }).formatToParts(0.95);
		const isApart = parts.some(({ type }) => type === 'literal');
		const odd = messages.filter(({ text }) =>
			Array.from(text.matchAll(PERCENT)).some(([, between]) =>
				isApart ? between !== '\u00a0' && between !== '\u202f' : between !== ''
			)
		);
		expect(odd).toEqual([]);
	});

	it.each(Object.entries(wrong))('hold no sign of these: %s', (_, pattern) => {
		expect(messages.filter(({ text }) => pattern.test(text))).toEqual([]);
	});
});
