/**
 * Words that are the same in another language as in English. A message that is equal to the English one is an oversight,
 * unless it is made of these and of names.
 */

/** Names are the same everywhere: of products, platforms, formats and of what files call things. */
const NAMES = /\b(Tackboard|Pinterest|Pins?|Android|Parquet|CSV|CPM|user_id)\b/g;
const PLACEHOLDER = /\{\w+\}/g;

interface WordsAlike {
	/** The language's own for long: of one origin with the English word, or written like it by chance. */
	readonly own: readonly string[];
	/** Taken over from English, and what people who speak the language say today. */
	readonly loan?: readonly string[];
}

/** The words of each language, in small letters. */
const WORDS_ALIKE: Readonly<Record<string, WordsAlike>> = {
	de: {
		own: ['format', 'in', 'name', 'person', 'rate', 'standard', 'text', 'video', 'zoom'],
		loan: ['backup', 'desktop', 'events', 'label', 'labels', 'link', 'links', 'passphrase', 'tablet']
	},
	es: { own: ['idea', 'no', 'total', 'video', 'zoom'] },
	fr: {
		own: [
			...['actions', 'audience', 'contribution', 'date', 'format', 'impressions', 'menu', 'mobile', 'note'],
			...['notes', 'pages', 'points', 'sections', 'source', 'standard', 'table', 'total', 'zoom']
		]
	},
	it: {
		own: ['idea', 'in', 'mobile', 'no', 'standard', 'video', 'zoom'],
		loan: [
			'account',
			'backup',
			'database',
			'file',
			'link',
			'menu',
			'passphrase',
			'password',
			'report',
			'tablet'
		]
	},
	nl: {
		own: ['in', 'later', 'menu', 'product', 'video', 'week', 'zoom'],
		loan: [
			'account',
			'database',
			'desktop',
			'filters',
			'gender',
			'label',
			'labels',
			'link',
			'links',
			'tablet'
		]
	},
	pl: { own: ['format', 'menu'], loan: ['link', 'tablet'] },
	'pt-BR': { own: ['menu', 'total', 'zoom'], loan: ['backup', 'link', 'links', 'tablet'] },
	sv: { own: ['data', 'format', 'period', 'person', 'standard', 'text', 'total', 'video'] }
};

/** The words of a text without names and placeholders, in small letters. */
export function wordsOf(text: string): readonly string[] {
	const left = text.replace(PLACEHOLDER, ' ').replace(NAMES, ' ');
	return (left.match(/\p{L}+/gu) ?? []).map((word) => word.toLowerCase());
}

/** All words of a language that are alike in English. */
export function wordsAlike(language: string): readonly string[] {
	const { own = [], loan = [] } = WORDS_ALIKE[language] ?? {};
	return [...own, ...loan];
}
