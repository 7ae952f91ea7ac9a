import type { NativeDimension } from '../../model/event';
import type { FactMetric } from '../../model/fact-metric';
import { metricOfWords, nameKey, wordsOf, type Scale } from '../../model/metric-names';
import { dimensionNamed } from '../reported/filter-names';

/** What a column of a table is, by its name alone. */
export type ColumnMeaning =
	| ({ readonly kind: 'metric' } & MetricColumn)
	| { readonly kind: 'role'; readonly role: ColumnRole }
	| { readonly kind: 'dimension'; readonly dimension: NativeDimension }
	/** The state of one metric's figure in the same row. */
	| { readonly kind: 'status_of'; readonly metric: FactMetric };

export interface MetricColumn extends Scale {
	readonly metric: FactMetric;
	/** What of a metric it counts, where files part it: paid and earned figures are paid content both. */
	readonly part: 'paid' | 'earned' | 'both';
	/** Totals since a first day, or over a window of days that ends the day before the row was fetched. */
	readonly span: 'period' | 'lifetime' | { readonly windowDays: number };
	/** Whether the name says that figures are percentages. */
	readonly isPercent: boolean;
}

export type ColumnRole =
	| 'date'
	| 'start_date'
	| 'end_date'
	| 'week'
	| 'month'
	| 'created_at'
	| 'fetched_at'
	| 'pin_id'
	| 'pin_title'
	| 'pin_format'
	| 'board'
	| 'board_id'
	| 'link'
	| 'campaign'
	| 'campaign_id'
	| 'ad_group'
	| 'ad_group_id'
	| 'ad'
	| 'ad_id'
	| 'ad_account'
	| 'profile'
	| 'currency'
	| 'status'
	| 'split';

/** Names of columns that are no metrics. What a column holds decides where a name leaves it open (table-reading.ts). */
const ROLE_NAMES: Readonly<Record<ColumnRole, string>> = {
	date: 'date, day, report date, metric date, stat date, reporting date, date day, datum, dag, tag, fecha, día, jour, data, giorno, dia',
	start_date:
		'start date, date start, period start, start, from, startdatum, första dag, first day, range start, fecha de inicio, date de début',
	end_date:
		'end date, date end, period end, end, to, slutdatum, enddatum, sista dag, last day, range end, fecha de fin, date de fin',
	week: 'week, week of, week start, week starting, week beginning, iso week, vecka, woche, semana, semaine, settimana, kalenderwoche',
	month: 'month, month of, månad, monat, mes, mois, mese, mês, maand',
	created_at:
		'created at, pin created at, creation date, date created, created, created time, published at, published date, publish date, date published, pin creation date, post date, skapad, erstellt am',
	fetched_at:
		'captured at, fetched at, snapshot at, snapshot date, retrieved at, scraped at, collected at, fivetran synced, airbyte extracted at, airbyte emitted at, time extracted, extracted at, synced at, sdc extracted at, sdc received at, sdc batched at',
	pin_id:
		'pin id, pin, organic pin id, promoted pin id, platform post id, pin link, pin permalink, pin url, permalink, post id, external post id, pinterest link, pinterest url, pin address',
	pin_title: 'pin title, title, pin name, titel, título, titre, titolo',
	pin_format: 'creative type, pin creative type, media type, pin media type, pin type',
	board: 'board, board name, pin board, pin board name, anslagstavla, pinnwand, tablero, tableau, bacheca',
	board_id: 'board id, pin board id',
	link: 'link, destination link, destination url, destination, external link, pin external link, canonical link, website link, target url, länk, enlace, lien',
	campaign:
		'campaign name, campaign, kampanj, kampagne, kampagnenname, campaña, campagne, campagna, campanha',
	campaign_id: 'campaign id, kampagne id, kampanj id, kampagnen id',
	ad_group: 'ad group name, ad group, annonsgrupp, anzeigengruppe, grupo de anuncios',
	ad_group_id: 'ad group id, annonsgrupp id, anzeigengruppen id, anzeigengruppe id',
	ad: 'ad name, ad, annons, anzeige, anuncio, pin promotion name',
	ad_id: 'ad id, pin promotion id, annons id, anzeigen id',
	ad_account: 'ad account id, ad account name, ad account, advertiser id, advertiser name, advertiser',
	profile:
		'profile, profile name, account name, business account, business account name, profil, konto, username',
	currency: 'currency, currency code, account currency, valuta, währung, moneda, devise',
	status: 'data status',
	split: 'split'
};

const ROLE_OF: ReadonlyMap<string, ColumnRole> = new Map(
	(Object.keys(ROLE_NAMES) as ColumnRole[]).flatMap((role) =>
		ROLE_NAMES[role].split(', ').map((name): [string, ColumnRole] => [nameKey(name), role])
	)
);

/** Keys that stand for the figures in them, or for what holds a row: they add nothing to a name. */
const TRANSPARENT = new Set([
	'metric',
	'latestmetric',
	'extra',
	'pinmetric',
	'stat',
	'statistic',
	'analytic',
	'value',
	'figure',
	'summary'
]);
/** Keys of objects that say something of a Pin. */
const ABOUT_PIN = new Set(['pin', 'post', 'media']);

/**
 * What a column is, by its name: a header, or the keys that lead to a value, joined by dots.
 * @returns null for names that say nothing here
 */
export function meaningOf(name: string): ColumnMeaning | null {
	const keys = name.includes('.') && !name.includes(' ') ? name.split('.') : [name];
	const last = keys.at(-1) as string;
	const above = keys.slice(0, -1).map(nameKey);
	if (above.at(-1) === nameKey('data status')) {
		const metric = metricMeaning(last)?.metric;
		return metric ? { kind: 'status_of', metric } : null;
	}
	const metric = metricMeaning(last);
	if (metric) {
		const span = above.map(spanOfKey).find((own) => own !== null);
		// What is counted of an owner, a thumbnail or a board is no figure of the row.
		const isOwn = above.every((key) => TRANSPARENT.has(key) || ABOUT_PIN.has(key) || spanOfKey(key) !== null);
		return isOwn ? { kind: 'metric', ...metric, ...(span ? { span } : {}) } : null;
	}
	if (!above.every((key) => TRANSPARENT.has(key) || ABOUT_PIN.has(key))) return null;
	const plain = withoutMaker(last);
	const role =
		ROLE_OF.get(nameKey(plain)) ??
		ROLE_OF.get(
			wordsOf(plain)
				.filter((w) => w !== 'pinterest')
				.join('')
		);
	if (role) return { kind: 'role', role };
	const dimension = dimensionNamed(plain);
	return dimension ? { kind: 'dimension', dimension } : null;
}

/** A name without the tool's in front of it: `Pinterest: Pin Click`. */
function withoutMaker(name: string): string {
	return name.replace(/^\s*[\p{L}\p{N} ]+:\s+/u, '');
}

function spanOfKey(key: string): MetricColumn['span'] | null {
	if (/^(?:lifetime|alltime)(?:metric)?$/.test(key)) return 'lifetime';
	const days = /^(?:last)?(\d{1,3})(?:d|day|days)$/.exec(key)?.[1];
	return days === undefined ? null : { windowDays: Number(days) };
}

/** What stands around a metric's own words: it is taken off one word, or group of words, at a time. */
function metricMeaning(name: string): MetricColumn | null {
	const isPercent = name.includes('%') && !/played at|\d ?%/i.test(name);
	let words = wordsOf(withoutMaker(name));
	let part: MetricColumn['part'] = 'both';
	let span: MetricColumn['span'] = 'period';
	for (let taken = 0; taken < 4 && words.length > 0; taken++) {
		const named = metricOfWords(words);
		if (named) return { ...named, part, span, isPercent };
		const [first, second] = words as [string, string | undefined];
		const last = words.at(-1) as string;
		const window = /^(\d{1,3})d$/.exec(last)?.[1];
		if (first === 'paid' || first === 'earned') {
			part = first;
			words = words.slice(1);
		} else if (words.length > 1 && (last === '1' || last === '2') && part === 'both') {
			part = last === '1' ? 'paid' : 'earned';
			words = words.slice(0, -1);
		} else if (window !== undefined) {
			span = { windowDays: Number(window) };
			words = words.slice(0, -1);
		} else if (first === 'lifetime' || last === 'lifetime') {
			span = 'lifetime';
			words = first === 'lifetime' ? words.slice(1) : words.slice(0, -1);
		} else if (first === 'all' && second === 'time') {
			span = 'lifetime';
			words = words.slice(2);
		} else if (first === 'pin' || first === 'pinterest' || first === 'total' || first === 'organic') {
			words = words.slice(1);
		} else if (last === 'count' || last === 'total' || last === 'number') words = words.slice(0, -1);
		else return null;
	}
	return null;
}
