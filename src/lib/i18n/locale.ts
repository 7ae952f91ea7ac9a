import {
	baseLocale,
	getLocale,
	isLocale,
	locales,
	overwriteGetLocale,
	type Locale
} from './generated/runtime.js';
import { spoken } from './spoken.js';

/** Which language the page speaks: the one that was picked, else the first of the browser's that it knows. */

/** Every language that there are messages in. */
export const LANGUAGES: readonly Locale[] = locales;

/** Those of all languages but the base language. */
const MESSAGES = import.meta.glob<typeof spoken.messages>([
	'./generated/messages/*.js',
	'!./generated/messages/{_index,en}.js'
]);

const KEY = 'tackboard:language';

/** How numbers and dates are written in each language; English without a country would put the month first. */
const FORMAT_LOCALES: Readonly<Record<Locale, string>> = { en: 'en-GB', sv: 'sv-SE' };

/** The language in use. */
export function language(): Locale {
	return getLocale();
}

/** The locale for numbers and dates of the language in use. */
export function formatLocale(): string {
	return FORMAT_LOCALES[getLocale()];
}

/** What a language calls itself. */
export function languageName(locale: Locale): string {
	const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
	return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

/** The language of a visitor: the picked one where it is known, else the first known one of those preferred. */
export function chooseLanguage(picked: string | null, preferred: readonly string[]): Locale {
	for (const tag of [picked ?? '', ...preferred]) {
		const name = tag.split('-')[0]?.toLowerCase();
		if (isLocale(name)) return name;
	}
	return baseLocale;
}

/**
 * Sets the visitor's language, once, before anything is drawn. Pages are prerendered in the base language, whose
 * messages are at hand; others are fetched.
 */
export async function startLanguage(): Promise<void> {
	const locale = chooseLanguage(pickedLanguage(), navigator.languages);
	spoken.messages = (await MESSAGES[`./generated/messages/${locale}.js`]?.()) ?? null;
	overwriteGetLocale(() => locale);
	document.documentElement.lang = locale;
}

/** Keeps the language that was picked; the page speaks it from its next load on. */
export function pickLanguage(locale: Locale): void {
	try {
		localStorage.setItem(KEY, locale);
	} catch {
		// Storage can be forbidden: then the browser's own language stays.
	}
}

function pickedLanguage(): string | null {
	try {
		return localStorage.getItem(KEY);
	} catch {
		return null;
	}
}
