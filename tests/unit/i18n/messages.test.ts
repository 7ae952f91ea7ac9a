import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/lib/i18n/locale';
import { BASE, languages, messagesOf, textsOf, type Message } from './message-files';
import { wordsAlike, wordsOf } from './words-alike';

const SOURCE = new URL('../../../src/', import.meta.url);

const placeholdersOf = (message: Message) =>
	[...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
/** Tags with all that stands in them, as often as they occur. */
const tagsOf = (text: string) => (text.match(/<[^>]*>/g) ?? []).sort().join('');
/** The spaces at both ends. */
const edgesOf = (text: string) => [/^\s*/, /\s*$/].map((edge) => edge.exec(text)?.[0]).join('|');

const base = messagesOf(BASE);

/** The keys of messages of which something is wrong. */
const wrongOf = (isWrong: (key: string) => boolean) => Object.keys(base).filter(isWrong);

describe('the messages', () => {
	it('are there for each language that the page offers', () => {
		expect(languages).toEqual([...LANGUAGES].sort());
	});

	describe.each(languages)('in %s', (language) => {
		const messages = messagesOf(language);
		const of = (key: string) => messages[key] ?? '';

		it('have a form for each plural of the language, and no other', () => {
			const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
			const expected = forms.map((form) => `form=${form}`).sort();
			const wrong = Object.entries(messages).filter(
				([, message]) =>
					typeof message !== 'string' &&
					message.some(({ match }) => Object.keys(match).sort().join() !== expected.join())
			);
			expect(wrong.map(([key]) => key)).toEqual([]);
		});

		it.skipIf(language === BASE)('are the same as in the base language', () => {
			expect(Object.keys(messages).sort()).toEqual(Object.keys(base).sort());
			expect(wrongOf((key) => typeof of(key) !== typeof base[key])).toEqual([]);
		});

		it.skipIf(language === BASE)('take the same placeholders, in each form none that is not given', () => {
			expect(wrongOf((key) => placeholdersOf(of(key)).join() !== placeholdersOf(base[key]!).join())).toEqual(
				[]
			);
		});

		it.skipIf(language === BASE)('hold the same tags', () => {
			expect(
				wrongOf((key) => textsOf(of(key)).some((text) => tagsOf(text) !== tagsOf(textsOf(base[key]!)[0]!)))
			).toEqual([]);
		});

		it.skipIf(language === BASE)('begin and end with the same spaces', () => {
			expect(
				wrongOf((key) => textsOf(of(key)).some((text) => edgesOf(text) !== edgesOf(textsOf(base[key]!)[0]!)))
			).toEqual([]);
		});

		it.skipIf(language === BASE)('are English nowhere but in words that both languages have', () => {
			const alike = new Set(wordsAlike(language));
			const equal = Object.keys(base).flatMap((key) => {
				const english = textsOf(base[key]!);
				const texts = textsOf(of(key)).filter((text) => english.includes(text));
				return texts.map((text) => ({ key, words: wordsOf(text) }));
			});
			const oversights = equal.filter(({ words }) => words.some((word) => !alike.has(word)));
			expect(oversights.map(({ key }) => key)).toEqual([]);
			const used = new Set(equal.flatMap(({ words }) => words));
			expect([...alike].filter((word) => !used.has(word))).toEqual([]);
		});
	});

	it('are all used: what shows one names it as a property of `m`, or imports it from the files', () => {
		const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('generated'))
			.map((path) => readFileSync(new URL(path, SOURCE), 'utf8'))
			.join('\n');
		const used = new Set(
			Array.from(source.matchAll(/\bm\.(\w+)|\bimport: '(\w+)'/g), ([, key, imported]) => key ?? imported!)
		);
		expect(Object.keys(base).filter((key) => !used.has(key))).toEqual([]);
	});

	it('leave the English names of figures to the English pages', () => {
		const found = Object.entries(messagesOf('sv')).filter(([, message]) =>
			textsOf(message).some((text) => /\b(Export|Saves|Impressions|Engagements)\b/i.test(text))
		);
		expect(found.map(([key]) => key)).toEqual([]);
	});
});
