import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../../src/lib/i18n/choose-language';
import { languageName, LANGUAGES } from '../../../src/lib/i18n/locale';

describe('the language of a visitor', () => {
	it.each([
		{ wanted: ['sv-SE', 'en'], language: 'sv' },
		{ wanted: ['da-DK', 'sv'], language: 'sv' },
		{ wanted: ['en-US', 'de'], language: 'en' },
		{ wanted: ['de-AT'], language: 'de' },
		{ wanted: ['pt'], language: 'pt-BR' },
		{ wanted: ['pt-PT', 'es'], language: 'pt-BR' },
		{ wanted: ['pt-br'], language: 'pt-BR' },
		{ wanted: ['es-419'], language: 'es' },
		{ wanted: ['ja-JP'], language: 'ja' },
		{ wanted: ['xx', 'SV'], language: 'sv' },
		{ wanted: ['zh-Hant-TW', 'da'], language: null },
		{ wanted: [], language: null }
	])('is $language where $wanted are wanted', ({ wanted, language }) => {
		expect(chooseLanguage(wanted, LANGUAGES)).toBe(language);
	});

	it('is the one of another region only where there is none of its own', () => {
		expect(chooseLanguage(['pt-PT'], ['pt-BR', 'pt-PT'])).toBe('pt-PT');
	});

	it('is called what it calls itself, and stands in the order of these names', () => {
		const names = LANGUAGES.map(languageName);
		expect(names).toEqual([
			...['Deutsch', 'English', 'Español', 'Français', 'Italiano', 'Nederlands', 'Polski'],
			...['Português (Brasil)', 'Svenska', '日本語']
		]);
	});
});
