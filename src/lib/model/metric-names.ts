import { MICROS_PER_UNIT, type FactMetric } from './fact-metric';

/**
 * What files call our metrics, and in which unit: the one list for all makers of files. A name is held against it as
 * `nameKey` writes it, so that spelling, case, signs and plurals do not matter. Only the import reads this.
 */

/** What a figure in a file is multiplied by, and divided by, to be in the unit of fact-metric.ts. */
export interface Scale {
	readonly times: number;
	readonly per: number;
}

export interface MetricName extends Scale {
	readonly metric: FactMetric;
}

const PLAIN: Scale = { times: 1, per: 1 };
const MINUTES: Scale = { times: 60_000, per: 1 };
const SECONDS: Scale = { times: 1_000, per: 1 };
const PER_THOUSAND: Scale = { times: 1, per: 1_000 };
const WHOLE_MONEY: Scale = { times: MICROS_PER_UNIT, per: 1 };

const NAMES: readonly (readonly [metric: FactMetric, scale: Scale, names: string])[] = [
	[
		'impressions',
		PLAIN,
		'impression, imps, visningar, impressionen, impresiones, impressions vues, impressioni, impressões, weergaven, vertoningen, 表示回数'
	],
	[
		'closeups',
		PLAIN,
		'closeup, pin click, clickthrough, click through, närbilder, pin klick, pinklick, clics sur les épingles, clics en pines, clic sui pin, cliques em pins, pinklikken, nahaufnahmen'
	],
	[
		'saves',
		PLAIN,
		'save, repin, sparningar, gemerkt, merkungen, guardados, enregistrements, salvataggi, salvamentos, bewaard, opgeslagen, saved'
	],
	[
		'link_clicks',
		PLAIN,
		'link click, outbound click, destination click, website click, länkklick, utgående klick, ausgehende klicks, clics salientes, clics sortants, clic in uscita, cliques de saída, uitgaande klikken'
	],
	['carousel_swipes', PLAIN, 'carousel swipe, carousel card swipe, swipe'],
	[
		'engagements',
		PLAIN,
		'engagement, händelser, interaktionen, interacciones, interazioni, engajamentos, engajamento, interacties'
	],
	[
		'total_audience',
		PLAIN,
		'total audience, audience, reach, monthly viewer, monthly total audience, total monthly audience, monthly view, total målgrupp, målgrupp, räckvidd, gesamtzielgruppe, reichweite, audiencia total, audience totale, pubblico totale, público total, totale doelgroep, bereik'
	],
	[
		'engaged_audience',
		PLAIN,
		'engaged audience, monthly engaged audience, monthly engaged viewer, engagerad målgrupp, interagierende zielgruppe, audiencia con interacciones, audience engagée'
	],
	['engagement_rate', PLAIN, 'engagement rate, interaktionsrate, engagemangsgrad'],
	['save_rate', PLAIN, 'save rate, repin rate, sparfrekvens'],
	[
		'closeup_rate',
		PLAIN,
		'closeup rate, pin click rate, ctr, click through rate, clickthrough rate, pin ctr'
	],
	[
		'link_click_rate',
		PLAIN,
		'link click rate, outbound click rate, outbound ctr, ctr 2, ectr 2, länkklicksfrekvens, ausgehende klickrate'
	],
	['video_plays', PLAIN, 'video play, video start, videouppspelningar'],
	[
		'video_views',
		PLAIN,
		'video view, video mrc view, mrc video view, videovisningar, videoaufrufe, visualizaciones de video, vues de vidéo, reproducciones de video'
	],
	[
		'views_10s',
		PLAIN,
		'views 10s, video 10s view, 10 second view, 10 second play, video 10s play, 10s view, 10 second video view, video view 10s'
	],
	[
		'views_25',
		PLAIN,
		'views 25, 25 view, 25 percent view, 25 visningar, quartile 25 percent view, played to 25, video played at 25, video p25, video p25 combined'
	],
	[
		'views_50',
		PLAIN,
		'views 50, 50 view, 50 percent view, 50 visningar, quartile 50 percent view, played to 50, video played at 50, video p50, video p50 combined'
	],
	[
		'views_75',
		PLAIN,
		'views 75, 75 view, 75 percent view, 75 visningar, quartile 75 percent view, played to 75, video played at 75, video p75, video p75 combined'
	],
	[
		'views_95',
		PLAIN,
		'views 95, quartile 95 percent view, played to 95, video played at 95, 95 view, 95 visningar, 95 percent view, video p95, video p95 combined'
	],
	[
		'views_100',
		PLAIN,
		'views 100, 100 view, 100 percent view, 100 visningar, quartile 100 percent view, played to 100, video played at 100, video p100 complete, video p100, video completion'
	],
	[
		'watch_ms',
		PLAIN,
		'watch ms, video v50 watch time, watch time ms, total watch time ms, total play time ms'
	],
	[
		'watch_ms',
		SECONDS,
		'total watch time in second, total watch time second, watch time second, video v50 watch time in second, total play time in second'
	],
	[
		'watch_ms',
		MINUTES,
		'total watch minute, total watch time, total watch time minute, total watch time in minute, total watch time min, total play time in minute, total play time, total play time minute, watch time minute, total visningstid, gesamte wiedergabezeit'
	],
	['avg_watch_seconds', PER_THOUSAND, 'video avg watch time, avg watch time ms, average watch time ms'],
	[
		'avg_watch_seconds',
		PLAIN,
		'avg watch second, average watch time, average watch time in second, average watch time second, average play time, average play time second, avg watch time, avg watch time second, avg watch time sec, avg watch time s, average watch time s, average watch time sec, video avg watchtime in second, video avg watch time in second, avg play time, genomsnittlig visningstid, durchschnittliche wiedergabezeit'
	],
	[
		'comments',
		PLAIN,
		'comment, kommentarer, kommentare, comentarios, commentaires, commenti, comentários, opmerkingen'
	],
	[
		'reactions',
		PLAIN,
		'reaction, reaktioner, reaktionen, reacciones, réactions, reazioni, reações, reacties'
	],
	['profile_visits', PLAIN, 'profile visit, profile view, profilbesök, profilbesuche, visitas al perfil'],
	['follows', PLAIN, 'follow, new follower, user follow, nya följare, neue follower'],
	['followers', PLAIN, 'follower, total follower, följare, seguidores, abonnés, abonnenten, volgers'],
	['page_visits', PLAIN, 'page visit, total conversion page visit, conversion page visit, sidbesök'],
	['add_to_carts', PLAIN, 'add to cart, added to cart, total conversion add to cart, conversion add to cart'],
	['checkouts', PLAIN, 'checkout, total conversion checkout, conversion checkout'],
	[
		'order_value',
		WHOLE_MONEY,
		'order value, total order value checkout, order value checkout, checkout value, total checkout value, ordervärde'
	],
	[
		'spend',
		WHOLE_MONEY,
		'spend, spend in account currency, amount spent, total spend, kostnad, ausgaben, gasto, dépenses, spesa, investimento, uitgaven'
	]
];

/** A unit behind a name: what it does to the figure, for metrics whose own unit is the one given. */
const UNIT_ENDINGS: readonly { readonly words: string; readonly per: number; readonly isMoney: boolean }[] = [
	{ words: 'in micro dollar', per: MICROS_PER_UNIT, isMoney: true },
	{ words: 'in micro currency', per: MICROS_PER_UNIT, isMoney: true },
	{ words: 'micro', per: MICROS_PER_UNIT, isMoney: true },
	{ words: 'in dollar', per: 1, isMoney: true },
	{ words: 'in account currency', per: 1, isMoney: true },
	{ words: 'in currency', per: 1, isMoney: true }
];

/** The words of a name, in lower case and the singular. */
export function wordsOf(name: string): string[] {
	return name
		.normalize('NFC')
		.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
		.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.map((word) => (/^\p{L}{4,}$/u.test(word) && /[^s]s$/.test(word) ? word.slice(0, -1) : word));
}

/** A name as names are compared: `Pin clicks`, `pin_click` and `PinClick` are one. */
export function nameKey(name: string): string {
	return wordsOf(name).join('');
}

const METRIC_OF: ReadonlyMap<string, MetricName> = new Map(
	NAMES.flatMap(([metric, scale, names]) =>
		names.split(', ').map((name): [string, MetricName] => [nameKey(name), { metric, ...scale }])
	)
);

/** The metric that words name, with the unit that stands behind them; null where none does. */
export function metricOfWords(words: readonly string[]): MetricName | null {
	const whole = METRIC_OF.get(words.join(''));
	if (whole) return whole;
	for (const { words: ending, per, isMoney } of UNIT_ENDINGS) {
		const last = ending.split(' ');
		if (words.length <= last.length || words.slice(-last.length).join(' ') !== ending) continue;
		const named = METRIC_OF.get(words.slice(0, -last.length).join(''));
		const fits =
			named !== undefined && isMoney === (named.metric === 'spend' || named.metric === 'order_value');
		if (fits) return { ...named, per: named.per * per };
	}
	return null;
}
