import { chooseLanguage } from './choose-language';
import { baseLocale, getLocale, locales, overwriteGetLocale, type Locale } from './generated/runtime.js';
import { spoken } from './spoken.js';

/** Which language the page uses: the one that was picked, else the first of the browser's that there are messages in. */

/** Every language that there are messages in, in the order of their own names. */
export const LANGUAGES: readonly Locale[] = locales;

/**
 * The messages of all languages but the base language, in two parts: those that the first paint may show, and the others.
 * In a build each is a file of its own (src/tools/messages-by-use.ts); elsewhere either has all of them.
 */
const START = import.meta.glob<typeof spoken.messages>(
	['./generated/messages/*.js', '!./generated/messages/{_index,en}.js'],
	{ query: '?start' }
);
const REST = import.meta.glob<typeof spoken.messages>(
	['./generated/messages/*.js', '!./generated/messages/{_index,en}.js'],
	{ query: '?rest' }
);

const KEY = 'tackboard:language';

interface Habits {
	/** The locale for numbers and dates. */
	readonly format: string;
	/** On which weekday a calendar's row begins; 0 is Monday. Weeks that are counted begin on Monday everywhere. */
	readonly firstWeekday: number;
}

const MONDAY = 0;
const SUNDAY = 6;

/** How numbers, dates and calendars are written in each language; English without a country would put the month first. */
const HABITS: Readonly<Record<Locale, Habits>> = {
	de: { format: 'de-DE', firstWeekday: MONDAY },
	en: { format: 'en-GB', firstWeekday: MONDAY },
	es: { format: 'es-ES', firstWeekday: MONDAY },
	fr: { format: 'fr-FR', firstWeekday: MONDAY },
	it: { format: 'it-IT', firstWeekday: MONDAY },
	nl: { format: 'nl-NL', firstWeekday: MONDAY },
	pl: { format: 'pl-PL', firstWeekday: MONDAY },
	'pt-BR': { format: 'pt-BR', firstWeekday: SUNDAY },
	sv: { format: 'sv-SE', firstWeekday: MONDAY },
	ja: { format: 'ja-JP', firstWeekday: SUNDAY }
};

/** The language in use. */
export function language(): Locale {
	return getLocale();
}

/** The locale for numbers and dates of the language in use. */
export function formatLocale(): string {
	return HABITS[getLocale()].format;
}

/** On which weekday the language in use begins the rows of a calendar; 0 is Monday. */
export function firstWeekday(): number {
	return HABITS[getLocale()].firstWeekday;
}

/** What a language calls itself. */
export function languageName(locale: Locale): string {
	const name = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
	return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}

let started: Promise<void> | undefined;
let whole: Promise<void> | undefined;

/**
 * Sets the visitor's language, once, before anything is drawn. Pages are prerendered in the base language, whose
 * messages are loaded; of others those that the first paint may show are fetched, and where they cannot be had, the page
 * uses the base language.
 */
export function startLanguage(): Promise<void> {
	return (started ??= start());
}

async function start(): Promise<void> {
	const picked = pickedLanguage();
	const wanted = picked === null ? navigator.languages : [picked, ...navigator.languages];
	const locale = chooseLanguage(wanted, LANGUAGES) ?? baseLocale;
	if (locale === baseLocale) return;
	try {
		spoken.messages = (await START[fileOf(locale)]?.()) ?? null;
	} catch {
		return; // offline, and never fetched before
	}
	overwriteGetLocale(() => locale);
	document.documentElement.lang = locale;
}

/**
 * A module that was fetched, once all messages of the language in use are there that it may show.
 * @public called by code that tools/messages-by-use.ts writes
 */
export async function withAllMessages<Module>(module: Promise<Module>): Promise<Module> {
	const [fetched] = await Promise.all([module, (whole ??= startLanguage().then(fetchRest))]);
	return fetched;
}

async function fetchRest(): Promise<void> {
	if (spoken.messages === null) return;
	try {
		spoken.messages = { ...spoken.messages, ...(await REST[fileOf(getLocale())]?.()) };
	} catch {
		// Offline, and never fetched before: what was not there either uses the base language.
	}
}

const fileOf = (locale: Locale) => `./generated/messages/${locale}.js`;

/** Keeps the language that was picked; the page uses it from its next load on. */
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
