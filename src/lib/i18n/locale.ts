import { getLocale } from './generated/runtime.js';

/** How numbers and dates are written in each language; English without a country would put the month first. */
const FORMAT_LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', sv: 'sv-SE' };

/** The locale for numbers and dates of the language in use. */
export function formatLocale(): string {
	const language = getLocale();
	return FORMAT_LOCALES[language] ?? language;
}
