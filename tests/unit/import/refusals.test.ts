import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../src/lib/import/refusals';
import { problemText } from '../../../src/lib/ui/problem-text';
import { expectedReading, specimenNames, specimenText } from '../../support/specimen';

const tables = specimenNames().filter((name) => name.endsWith('.csv'));
const refused = tables.filter((name) => expectedReading(name).kind === 'refused');

/** What is said of a file whose header is taken to be in each of its first lines. */
function refusalsOf(name: string) {
	const lines = specimenText(name)
		.split(/\r?\n/, 13)
		.filter((line) => line.trim() !== '');
	return lines.map((line, index) =>
		refusalOf(
			Papa.parse<string[]>(line, { delimiter: Papa.parse(line).meta.delimiter || ',' }).data[0] ?? [],
			lines.slice(0, index)
		)
	);
}

const code = (header: string, ...preamble: string[]) => refusalOf(header.split(','), preamble)?.code ?? null;

describe('a file without figures of Pins', () => {
	it.each(refused)('%s is named for what it is, with what to export instead', (name) => {
		const problem = refusalsOf(name).find((found) => found !== null);
		expect(problem).toBeDefined();
		const sentence = problemText(problem!);
		expect(sentence).toMatch(new RegExp(expectedReading(name).message!, 'i'));
		expect(sentence).toMatch(/export|download/i);
	});

	it.each([
		['Trend,Rank,Yearly change,Monthly change', 'trends_file'],
		['Schlüsselwörter,Wöchentliche Veränderung,Monatliche Veränderung,Jährliche Veränderung', 'trends_file'],
		['Sökord,Veckovis förändring,Månadsvis förändring,Årlig förändring', 'trends_file'],
		['Keyword,2026-08-17,2026-08-24,2026-08-31', 'trends_file'],
		['Description,Link,Keywords,Board,Image URL,Title,Schedule date', 'upload_list'],
		['id,title,description,link,image_link,price,availability,condition', 'upload_list'],
		['Date,Event,Tag events,API events', 'tag_report'],
		['Status,Tag ID,Event name,Last received', 'tag_report'],
		['Board URL,Board title,Owner,Followers,Pins', 'other_boards'],
		['board_name,board_url,owner_name,owner_followers,followers,pin_count', 'other_boards'],
		['Landing page,Sessions,New users,Average engagement time per session', 'web_analytics'],
		['Event name,Event count,Total users,Event count per active user,Total revenue', 'web_analytics'],
		['Page path and screen class,Views,Active users,Views per active user', 'web_analytics'],
		['Sitzung – Quelle/Medium,Sitzungen,Sitzungen mit Interaktionen,Interaktionsrate', 'web_analytics'],
		['Sessionens källa/medium,Sessioner,Engagerade sessioner,Engagemangsfrekvens', 'web_analytics'],
		['Source/Support de la session,Sessions,Sessions avec engagement', 'web_analytics'],
		['Fuente/medio de la sesión,Sesiones,Sesiones con interacción', 'web_analytics'],
		['Sorgente/mezzo della sessione,Sessioni,Utenti', 'web_analytics'],
		['Sessie - bron/medium,Sessies,Gebruikers', 'web_analytics'],
		['Origem / mídia da sessão,Sessões,Usuários', 'web_analytics'],
		['Source / Medium,Users,New Users,Sessions,Bounce Rate,Pages / Session', 'web_analytics'],
		['date,visitors,pageviews,visits,views_per_visit,bounce_rate,visit_duration', 'web_analytics'],
		['name,visitors', 'web_analytics'],
		['label,nb_uniq_visitors,nb_visits,nb_actions,bounce_count', 'web_analytics'],
		['Day,Page Views,Visits,Unique Visitors', 'web_analytics'],
		['Top queries,Clicks,Impressions,CTR,Position', 'web_analytics'],
		['Häufigste Suchanfragen,Klicks,Impressionen,CTR,Position', 'web_analytics'],
		['Day,Sessions,Sessions that completed checkout,Conversion rate', 'web_analytics'],
		['Referrer source,Referrer name,Online store visitors,Sessions', 'web_analytics']
	])('with the columns %s is a %s', (header, expected) => {
		expect(code(header)).toBe(expected);
	});

	it('is known by the lines above its header, too', () => {
		expect(code('Rank,Name', 'Pinterest Trends tool – https://trends.pinterest.com/')).toBe('trends_file');
		expect(code('Page,Count', '# Property: shop.example', '# Start date: 20260901')).toBe('web_analytics');
		expect(code('2026-09-01,3', '# Report suite: shop')).toBe('web_analytics');
		expect(code('pinterest.com / referral,61,40', 'Session source / medium,Sessions,Users')).toBe(
			'web_analytics'
		);
	});
});

describe('a table that is not refused', () => {
	it.each(tables.filter((name) => !refused.includes(name)))('%s, whichever line its header is', (name) => {
		expect(refusalsOf(name).filter((problem) => problem !== null)).toEqual([]);
	});

	it.each([
		'date,impressions,saves,pin_clicks,sessions,users,bounce_rate',
		'Week,Pin impressions,Sessions,New users,Revenue',
		'Datum,Pin-Aufrufe,Sitzungen,Nutzer',
		'Datum,Impressionen,Gemerkt,Sitzungen,Nutzer',
		'Date,Impressions,Saves,CTR,Position',
		'Pin ID,Title,Media URL,Link,Board,Publish date',
		'Title,Description,Image URL,Link,Impressions,Saves',
		'id,name,owner.username,follower_count,pin_count,privacy',
		'board_id,board_name,followers,pin_count,created_at',
		'Board,Owner,Followers,Impressions,Saves',
		'timestamp,event,pin_id,user_id,status',
		'Campaign name,Impressions,Outbound clicks,Tag ID,Event name',
		'Date,Followers,Website visitors',
		'Date,Revenue,Orders',
		'Date,Weekly change,Impressions',
		''
	])('%s', (header) => {
		expect(code(header)).toBeNull();
	});

	it('has figures of Pins below the title of another report', () => {
		expect(code('Date,Impressions,Saves', 'Property: shop.example', 'Shopify and Pinterest')).toBeNull();
	});
});
