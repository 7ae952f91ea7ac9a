import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLanguage, languageName, LANGUAGES } from '../../../src/lib/i18n/locale';

const FOLDER = new URL('../../../src/lib/i18n/messages/', import.meta.url);
const SOURCE = new URL('../../../src/', import.meta.url);
const BASE = 'en';

type Message = string | readonly { readonly match: Readonly<Record<string, string>> }[];
type Messages = Readonly<Record<string, Message>>;

function messagesOf(language: string): Messages {
	const file = readFileSync(new URL(`${language}.json`, FOLDER), 'utf8');
	const messages = JSON.parse(file) as Record<string, Message>;
	delete messages['$schema'];
	return messages;
}

/** Every text that a message can come out as. */
const textsOf = (message: Message): readonly string[] =>
	typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));

const placeholdersOf = (message: Message) =>
	[...new Set(textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

const languages = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const base = messagesOf(BASE);

describe('the messages', () => {
	it('are there for each language that the page offers', () => {
		expect(languages.sort()).toEqual([...LANGUAGES].sort());
	});

	describe.each(languages.filter((language) => language !== BASE))('in %s', (language) => {
		const messages = messagesOf(language);

		it('are the same as in the base language', () => {
			expect(Object.keys(messages).sort()).toEqual(Object.keys(base).sort());
		});

		it('take the same placeholders', () => {
			const wrong = Object.keys(base).filter(
				(key) => placeholdersOf(messages[key] ?? '').join() !== placeholdersOf(base[key] ?? '').join()
			);
			expect(wrong).toEqual([]);
		});

		it('have a form for each plural of the language', () => {
			const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
			const wrong = Object.entries(messages).filter(
				([, message]) =>
					typeof message !== 'string' &&
					message.some(({ match }) => forms.some((form) => !(`form=${form}` in match)))
			);
			expect(wrong.map(([key]) => key)).toEqual([]);
		});
	});

	it('are all used: what shows one names it as a property of `m`', () => {
		const source = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
			.filter((path) => /\.(ts|svelte)$/.test(path) && !path.includes('generated'))
			.map((path) => readFileSync(new URL(path, SOURCE), 'utf8'))
			.join('\n');
		const used = new Set(Array.from(source.matchAll(/\bm\.(\w+)/g), ([, key]) => key!));
		expect(Object.keys(base).filter((key) => !used.has(key))).toEqual([]);
	});

	it('leave the English names of figures to the English pages', () => {
		const found = Object.entries(messagesOf('sv')).filter(([, message]) =>
			textsOf(message).some((text) => /\b(Export|Saves|Impressions|Engagements)\b/i.test(text))
		);
		expect(found.map(([key]) => key)).toEqual([]);
	});
});

describe('the language of a visitor', () => {
	it.each([
		{ picked: null, preferred: ['sv-SE', 'en'], language: 'sv' },
		{ picked: null, preferred: ['fr-FR', 'sv'], language: 'sv' },
		{ picked: null, preferred: ['fr'], language: 'en' },
		{ picked: 'en', preferred: ['sv'], language: 'en' },
		{ picked: 'xx', preferred: ['SV'], language: 'sv' },
		{ picked: null, preferred: [], language: 'en' }
	])(
		'is $language where $preferred are preferred and $picked was picked',
		({ picked, preferred, language }) => {
			expect(chooseLanguage(picked, preferred)).toBe(language);
		}
	);

	it('is called what it calls itself', () => {
		expect(LANGUAGES.map(languageName)).toEqual(['English', 'Svenska']);
	});
});
