import type { Problem } from '../model/problem';
import { metricOfWords, wordsOf } from '../model/metric-names';
import { plainName } from './cells/plain-name';
import { SEARCH_CLICKS, SEARCH_POSITION, WEBSITE_COLUMN, WEBSITE_LINE, WEBSITE_WORDS } from './website-words';

/**
 * Files that people hold beside figures of Pins, and that are none: a row for each kind. A new one is one more row, and
 * a code and sentence for it where no other fits.
 */

/** The names of a table, as they are compared. */
export interface Columns {
	/** Lower case, letters and digits only, without accents. */
	readonly words: readonly string[];
	/** How many words match; `has` whether any does. */
	count(word: RegExp): number;
	has(word: RegExp): boolean;
}

/** What a kind of file is recognised by. */
export interface RefusalSignature {
	readonly problem: Problem;
	/** A line above the table that says it all. */
	readonly line?: RegExp;
	/** Whether the columns are such a file's. */
	readonly isOf: (columns: Columns) => boolean;
	/** Whether a column says otherwise: the file has figures of Pins beside those of another kind. */
	readonly unless: (name: string) => boolean;
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

/** In the order in which a table is held against them. */
export const REFUSAL_SIGNATURES: readonly RefusalSignature[] = [
	{
		problem: { code: 'trends_file' },
		line: /pinterest trends|trends\.pinterest\./i,
		isOf: ({ count, has }) => count(CHANGE) >= 2 || (has(TREND) && (has(CHANGE) || count(DATE_COLUMN) >= 3)),
		unless: isOfPins
	},
	{
		problem: { code: 'upload_list' },
		isOf: ({ count, has, words }) =>
			!words.some((word) => PIN.test(word)) &&
			((has(MEDIA) && count(UPLOAD_FIELD) >= 2) || count(PRODUCT_FIELD) >= 3),
		unless: isOfPins
	},
	{
		problem: { code: 'tag_report' },
		line: /conversion tag|pinterest tag|tag health|event health/i,
		isOf: ({ count, has }) =>
			has(EVENT_FIELD) && !has(/^(?:timestamp|pinid)$/) && (has(TAG_FIELD) || count(HEALTH_FIELD) >= 3),
		unless: isOfPins
	},
	{
		problem: { code: 'other_boards' },
		isOf: ({ has }) =>
			has(BOARD) &&
			((has(OWNER_OF_OTHERS) && (has(FOLLOWERS) || has(JOINING) || has(/followers|country|url$/))) ||
				has(JOINING) ||
				(has(OWNER) && has(FOLLOWERS) && !has(/^(?:id|boardid)$/))),
		unless: isFigure
	},
	{
		problem: { code: 'web_analytics' },
		isOf: ({ has }) => has(SEARCH_POSITION) && (has(SEARCH_CLICKS) || has(/^ctr$/)),
		unless: isPinFigure
	},
	{
		problem: { code: 'web_analytics' },
		line: WEBSITE_LINE,
		isOf: ({ has, words }) => {
			const kinds = WEBSITE_WORDS.filter((word) => has(word)).length;
			const others = words.filter((word) => word !== '' && !WEBSITE_WORDS.some((kind) => kind.test(word)));
			return has(WEBSITE_COLUMN) || kinds >= 2 || (kinds === 1 && others.length <= 1);
		},
		unless: isOfPins
	}
];

/** Columns that say of a row which Pin it is about. */
const PIN = /^(?:pin|pins|pinid|pinurl|pinpermalink|permalink|organicpinid|platformpostid)$/;

/** Metrics that no website calls by these names; rates and money may stand in any file. */
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
	'views_10s'
]);

/** A name with "Pin" as a word of its own, in whatever language the rest is. */
const PIN_NAME = /(?:^|[^\p{L}])pins?(?:$|[^\p{L}])/iu;

function figureOf(name: string): string | null {
	const metric = metricOfWords(wordsOf(name))?.metric;
	return metric !== undefined && FIGURES.has(metric) ? metric : null;
}

function isFigure(name: string): boolean {
	return figureOf(name) !== null;
}

/** Search engines count impressions, too. */
function isPinFigure(name: string): boolean {
	return isFigure(name) && figureOf(name) !== 'impressions';
}

function isOfPins(name: string): boolean {
	return isFigure(name) || PIN_NAME.test(name) || /^followers?$/.test(plainName(name));
}
