import type { Problem } from '../model/problem';
import { plainName } from './cells/plain-name';
import { meaningOf } from './tables/column-names';
import { SEARCH_CLICKS, SEARCH_POSITION, WEBSITE_COLUMN, WEBSITE_LINE, WEBSITE_WORDS } from './website-words';

/**
 * Files that people hold beside figures of Pins, and that are none: recognised by the names of their columns and the
 * lines above, so that a sentence can say what they are and what to export instead.
 */

/** The names of a table, as they are compared. */
interface Columns {
	/** Lower case, letters and digits only, without accents. */
	readonly words: readonly string[];
	/** How many words match; `has` whether any does. */
	count(word: RegExp): number;
	has(word: RegExp): boolean;
}

interface Signature {
	readonly problem: Problem;
	/** A line above the table that says it all. */
	readonly line?: RegExp;
	/** Whether the columns are such a file's. */
	readonly isOf: (columns: Columns) => boolean;
	/** Whether figures of Pins beside them say otherwise. */
	readonly unlessFigures: boolean;
}

const CHANGE =
	/^(?:weekly|monthly|yearly|wow|mom|yoy|wochentlich|monatlich|jahrlich|veckovis|manatlig|manadsvis|arlig|hebdomadaire|mensuel|annuel|semanal|mensual|anual|settimanale|mensile|annuale|wekelijkse|maandelijkse|jaarlijkse|mensal)|(?:change|veranderung|anderung|forandring|variation|evolution|cambio|variacion|variazione|verandering|wijziging|alteracao|variacao)(?:weekly|monthly|yearly|hebdomadaire|mensuelle|annuelle|semanal|mensual|anual|settimanale|mensile|annuale|mensal)$/;
const TREND =
	/^(?:trends?|keywords?|searchterms?|suchbegriffe?|schlusselworter|sokord|motscles|palabrasclave|parolechiave|zoekwoorden|palavraschave|tendances?|tendencias?|tendenze)$/;
const DATE_COLUMN = /^(?:19|20)\d{6}$/;

const MEDIA = /^(?:media|image|video|picture|photo)(?:url|link|path|file)s?$|^bildurl$|^medienurl$/;
const UPLOAD_FIELD =
	/^(?:title|pintitle|description|pindescription|pinterestboard|board|boardname|thumbnail|link|pinlink|destinationlink|destinationurl|url|keywords|tags|alttext|(?:publish|schedule|scheduled|post|posting)(?:date|time|at|datetime|on)?|titel|beschreibung|beskrivning|pinnwand)$/;
const PRODUCT_FIELD =
	/^(?:imagelink|additionalimagelink|availability|price|saleprice|googleproductcategory|producttype|condition|gtin|mpn|itemgroupid)$/;

const TAG_FIELD =
	/^(?:tagid|pinteresttagid|conversiontagid|apieventcount|tageventcount|apievents|tagevents|capievents|eventqualityscore|matchquality|eventmatchquality|enhancedmatch.*|deduplicat.*|lastevent(?:received|time)?|lastreceived)$/;
const EVENT_FIELD =
	/^(?:event|events|eventname|eventtype|conversionevent|tagname|ereignis|ereignisname|handelse|handelsenamn)$/;
const HEALTH_FIELD = /^(?:status|eventtype|eventcount|events|totalevents|health|issues|diagnosis)$/;

const BOARD =
	/^(?:board|boards|boardname|boardid|boardlink|boardurl|boardtitle|pinnwand|pinnwandname|tableau|tablero|bacheca|anslagstavla)$/;
const OWNER =
	/^(?:owner|boardowner|creator|curator|inhaber|besitzer|agare|proprietaire|propietario|proprietario|eigenaar)(?:name|fullname|followers?|followercount|country|url|link|profile|profileurl|username)?$/;
const OWNER_OF_OTHERS =
	/^(?:owner|boardowner|creator|curator)(?:name|fullname|followers?|followercount|country|url|profile|profileurl)$/;
const JOINING = /^(?:canjoinboard|isgroupboard|groupboard|joinable|relatedinterests)$/;
const FOLLOWERS = /^(?:board)?(?:followers?|followercount|followerscount|abonnenten|foljare)$/;

const SIGNATURES: readonly Signature[] = [
	{
		problem: { code: 'trends_file' },
		line: /pinterest trends|trends\.pinterest\./i,
		isOf: ({ count, has }) => count(CHANGE) >= 2 || (has(TREND) && (has(CHANGE) || count(DATE_COLUMN) >= 3)),
		unlessFigures: true
	},
	{
		problem: { code: 'upload_list' },
		isOf: ({ count, has, words }) =>
			!words.some((word) => PIN.test(word)) &&
			((has(MEDIA) && count(UPLOAD_FIELD) >= 2) || count(PRODUCT_FIELD) >= 3),
		unlessFigures: true
	},
	{
		problem: { code: 'tag_report' },
		line: /conversion tag|pinterest tag|tag health|event health/i,
		isOf: ({ count, has }) =>
			has(EVENT_FIELD) && !has(/^(?:timestamp|pinid)$/) && (has(TAG_FIELD) || count(HEALTH_FIELD) >= 3),
		unlessFigures: true
	},
	{
		problem: { code: 'other_boards' },
		isOf: ({ has }) =>
			has(BOARD) &&
			((has(OWNER_OF_OTHERS) && (has(FOLLOWERS) || has(JOINING) || has(/followers|country|url$/))) ||
				has(JOINING) ||
				(has(OWNER) && has(FOLLOWERS) && !has(/^(?:id|boardid)$/))),
		unlessFigures: true
	},
	{
		problem: { code: 'web_analytics' },
		isOf: ({ has, count, words }) =>
			has(SEARCH_POSITION) && (has(SEARCH_CLICKS) || has(/^ctr$/)) && words.length - count(PIN_FIGURE) >= 2,
		unlessFigures: false
	},
	{
		problem: { code: 'web_analytics' },
		line: WEBSITE_LINE,
		isOf: ({ has, words }) => {
			const kinds = WEBSITE_WORDS.filter((word) => has(word)).length;
			const others = words.filter((word) => word !== '' && !WEBSITE_WORDS.some((kind) => kind.test(word)));
			return has(WEBSITE_COLUMN) || kinds >= 2 || (kinds === 1 && others.length <= 1);
		},
		unlessFigures: true
	}
];

/** Columns that say of a row which Pin it is about. */
const PIN = /^(?:pin|pins|pinid|pinurl|pinpermalink|permalink|organicpinid|platformpostid)$/;

/** Metrics that no other kind of file calls by these names; rates and money may stand in any. */
const FIGURES = new Set<string>([
	'impressions',
	'saves',
	'closeups',
	'link_clicks',
	'engagements',
	'carousel_swipes',
	'total_audience',
	'engaged_audience',
	'video_views',
	'views_10s',
	'followers'
]);

/** A name with "Pin" as a word of its own, in whatever language the rest is. */
const PIN_NAME = /(?:^|[^\p{L}])pins?(?:$|[^\p{L}])/iu;

/** Figures of Pins that no search engine has. */
const PIN_FIGURE =
	/^(?:pinterest)?(?:pin)?(?:saves?|repins?|closeups?|pinclicks?|outboundclicks?|linkclicks?)$/;

/**
 * The problem of a table that is recognised as something else than figures of Pins, or null. A table that has figures of
 * Pins beside columns of another kind is none.
 * @param names its columns
 * @param preamble the lines above its header
 */
export function refusalOf(names: readonly string[], preamble: readonly string[]): Problem | null {
	const columns = columnsOf(names);
	// Where the header was not found, it stands among the lines above.
	const above = preamble.map((line) => columnsOf(line.split(/[,;\t|]/)));
	const tables = [columns, ...above.filter(({ words }) => words.length > 1)];
	const hasFigures = [names, ...preamble.map((line) => line.split(/[,;\t|]/))].some((row) =>
		row.some(isOfPins)
	);
	const found = SIGNATURES.find(({ line, isOf, unlessFigures }) => {
		if (unlessFigures && hasFigures) return false;
		return preamble.concat(names).some((text) => line?.test(text)) || tables.some(isOf);
	});
	return found?.problem ?? null;
}

function isOfPins(name: string): boolean {
	const meaning = meaningOf(name);
	return PIN_NAME.test(name) || (meaning?.kind === 'metric' && FIGURES.has(meaning.metric));
}

function columnsOf(names: readonly string[]): Columns {
	const words = names.map((name) => plainName(name.normalize('NFD')));
	const count = (word: RegExp) => words.filter((name) => word.test(name)).length;
	return { words, count, has: (word) => count(word) > 0 };
}
