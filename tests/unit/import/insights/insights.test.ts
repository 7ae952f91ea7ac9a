import { describe, expect, it } from 'vitest';
import { looksLikeInsights, readInsights } from '../../../../src/lib/import/insights/insights';
import type { InsightsSnapshot } from '../../../../src/lib/model/insights';
import { ProblemError, type Problem } from '../../../../src/lib/model/problem';
import { expectedReading, specimenNames, specimenText } from '../../../support/specimen';

const total = specimenText('audience-insights-total.csv');
const answer = specimenText('api-audience-insights.json');

/** Rows as insights.csv has them. */
function rowsOf(snapshots: readonly InsightsSnapshot[]) {
	return snapshots.flatMap(({ audience, day, size, rows }) =>
		rows.map(({ section, name, share, affinity }) => ({
			audience,
			day,
			size,
			section,
			name,
			share,
			...(affinity !== null && { affinity })
		}))
	);
}

function linesOf(snapshots: readonly InsightsSnapshot[]): string[] {
	return snapshots.flatMap(({ rows }) =>
		rows.map(({ section, name, category, share, affinity }) =>
			[section, category, name, share, affinity ?? '?'].filter((part) => part !== '').join(' ')
		)
	);
}

function problemOf(text: string): Problem | null {
	try {
		readInsights(text);
		return null;
	} catch (error) {
		if (error instanceof ProblemError) return error.problem;
		throw error;
	}
}

/** A file of the total audience with these lines below its head. */
function file(...lines: string[]): string {
	const head = [
		'Audience View,Date,Aggregation,Audience Size',
		'Your total audience,2026-05-20,Monthly,10000',
		''
	];
	return [...head, ...lines].join('\n');
}

const insightsFiles = specimenNames().filter((name) => expectedReading(name).kind === 'insights');

describe('Audience insights', () => {
	it.each(insightsFiles)('are read as said of %s', (name) => {
		const text = specimenText(name);
		expect(looksLikeInsights(text)).toBe(1);
		const { insights, rejected, accepted, facts } = readInsights(text);
		expect(rowsOf(insights)).toEqual(expectedReading(name).insights);
		expect({ rejected, figures: facts.flags.length }).toEqual({ rejected: 0, figures: 0 });
		expect(accepted).toBeGreaterThan(0);
	});

	it('are what no other file is taken for', () => {
		const others = specimenNames().filter((name) => !insightsFiles.includes(name));
		expect(others.filter((name) => looksLikeInsights(specimenText(name)) > 0)).toEqual([]);
		expect(looksLikeInsights('Audience,Date,Impressions\nYour total audience,2026-05-20,3')).toBe(0);
		expect(looksLikeInsights('')).toBe(0);
	});

	it('keep the category of an interest, and a category once', () => {
		const [snapshot] = readInsights(total).insights;
		const interests = snapshot!.rows.filter(({ section }) => section === 'interest');
		expect(interests.map(({ category, name }) => [category, name])).toEqual([
			['', 'Home Decor'],
			['Home Decor', 'Shelving'],
			['Home Decor', 'Rugs, Runners'],
			['', 'DIY and Crafts'],
			['DIY and Crafts', 'Woodwork']
		]);
	});
});

describe('a CSV of Audience insights', () => {
	it.each([
		['carriage returns', (text: string) => text.replaceAll('\n', '\r\n')],
		['a byte order mark', (text: string) => `\uFEFF${text}`],
		['tabs', (text: string) => resaved(text, '\t')],
		['a line that names its sign', (text: string) => `sep=;\n${resaved(text, ';')}`],
		['blank lines full of signs', (text: string) => resaved(text, ';').replaceAll('\n\n', '\n;;;;;;;\n')]
	])('is read the same with %s', (_, written) => {
		const text = written(total);
		expect(looksLikeInsights(text)).toBeGreaterThan(0.9);
		expect(readInsights(text).insights).toEqual(readInsights(total).insights);
	});

	it('is read the same with decimal commas, or in percent', () => {
		const commas = resaved(total, ';').replace(/(?<=;)(\d)\.(\d+)(?=;|$)/gm, '$1,$2');
		expect(commas).toContain('0,812');
		expect(readInsights(commas).insights).toEqual(readInsights(total).insights);
		const percent = file('Gender,Percent of audience', 'Female,"81,2 %"', 'Male,"11,1 %"');
		expect(linesOf(readInsights(percent).insights)).toEqual(['gender Female 0.812 ?', 'gender Male 0.111 ?']);
		const bare = file('Gender,Percent of audience', 'Female,81.2', 'Male,11.1', 'Unspecified,0.7');
		expect(linesOf(readInsights(bare).insights)).toEqual([
			'gender Female 0.812 ?',
			'gender Male 0.111 ?',
			'gender Unspecified 0.007 ?'
		]);
	});

	it.each([
		['de', 'Interessen', 'Geschlecht', 'Altersgruppen', 'Länder', 'Metropolregionen', 'Geräte'],
		['sv', 'Intressen', 'Kön', 'Åldrar', 'Länder', 'Storstadsområden', 'Enheter'],
		['fr', 'Centres d’intérêt', 'Sexe', 'Âge', 'Pays', 'Zones métropolitaines', 'Appareils'],
		['es', 'Intereses', 'Género', 'Edad', 'Países', 'Áreas metropolitanas', 'Dispositivos'],
		['it', 'Interessi', 'Genere', 'Età', 'Paesi', 'Aree metropolitane', 'Dispositivi'],
		['nl', 'Interesses', 'Geslacht', 'Leeftijden', 'Landen', 'Steden', 'Apparaten'],
		['pt', 'Interesses', 'Gênero', 'Idade', 'Países', 'Regiões metropolitanas', 'Dispositivos']
	])('has its sections in %s', (_, interests, gender, age, country, metro, device) => {
		const text = file(
			interests,
			'Kategorie,Affinity,x,Percent of audience,Interest,y,Affinity,Percent of audience',
			'A,1.5,,0.5,B,,2,0.25',
			...[device, metro, country, age, gender].flatMap((name) => ['', `${name},Percent of audience`, 'Z,0.5'])
		);
		expect(linesOf(readInsights(text).insights)).toEqual([
			'interest A 0.5 1.5',
			'interest A B 0.25 2',
			...['device', 'metro', 'country', 'age', 'gender'].map((section) => `${section} Z 0.5 ?`)
		]);
	});

	it('has its tables with a title and without, with and without lines between, interests before categories', () => {
		const text = file(
			'Interest,Percent of audience,Affinity,Category,Percent of audience,Affinity',
			'B,0.25,2,A,0.5,1.5',
			'C,0.2,,,,',
			'Ages',
			'Age,Percent of audience',
			'18-24,0.4',
			'Device,Percent of audience',
			'Web,1'
		);
		expect(linesOf(readInsights(text).insights)).toEqual([
			'interest A 0.5 1.5',
			'interest A B 0.25 2',
			'interest A C 0.2 ?',
			'age 18-24 0.4 ?',
			'device Web 1 ?'
		]);
	});

	it('has interests with one share a line, and ages and devices under names that are not known', () => {
		const text = file(
			'Category,Interest,Affinity,Percent of audience',
			'A,B,2,0.25',
			'',
			'Возраст,Percent of audience',
			'18–24,0.4',
			'65+,0.1',
			'',
			'Languages,Percent of audience',
			'Swedish,0.4'
		);
		const { insights, unknownColumns, accepted } = readInsights(text);
		expect(linesOf(insights)).toEqual(['interest A B 0.25 2', 'age 18–24 0.4 ?', 'age 65+ 0.1 ?']);
		expect({ unknownColumns, accepted }).toEqual({ unknownColumns: ['Languages'], accepted: 3 });
	});

	it('rejects rows at fault, and takes those without a share as rows without one', () => {
		const text = file(
			'Gender,Percent of audience', // line 4
			'Female,many',
			'Male,-0.1',
			'Unspecified,',
			',0.2',
			'Custom,0.2',
			'Custom,0.2',
			'Custom,0.3',
			'',
			'Interests',
			'Category,Percent of audience,Affinity',
			'A,0.5,high',
			'B,0.5,-2'
		);
		const { insights, accepted, rejected, rejections } = readInsights(text);
		expect(linesOf(insights)).toEqual(['gender Custom 0.2 ?']);
		expect({ accepted, rejected }).toEqual({ accepted: 3, rejected: 6 });
		expect(rejections).toEqual([
			{ line: 5, column: 'Percent of audience', reason: 'not_a_number', value: 'many' },
			{ line: 6, column: 'Percent of audience', reason: 'out_of_range', value: '-0.1' },
			{ line: 8, column: 'Gender', reason: 'missing_value', value: '' },
			{ line: 11, column: 'Gender', reason: 'unknown_value', value: 'Custom' },
			{ line: 15, column: 'Affinity', reason: 'not_a_number', value: 'high' },
			{ line: 16, column: 'Affinity', reason: 'out_of_range', value: '-2' }
		]);
	});

	it('may hold several audiences, and its head other columns first', () => {
		const second =
			'Date,Audience Size,Audience View\n"May 21, 2026","Up to 2,000",All of Pinterest\n\nAges\nAge,Share\n18-24,0.4';
		expect(looksLikeInsights(second)).toBeGreaterThan(0.9);
		const { insights } = readInsights(`${total}\n${second}`);
		expect(insights.map(({ audience, day, size, isUpTo }) => [audience, day, size, isUpTo])).toEqual([
			['total', '2026-05-20', 10_000, false],
			['pinterest', '2026-05-21', 2_000, true]
		]);
	});

	it.each([
		['Your engaged audience', 'engaged'],
		['Deine engagierte Zielgruppe', 'engaged'],
		['Din engagerade målgrupp', 'engaged'],
		['Votre audience engagée', 'engaged'],
		['Tu audiencia total', 'total'],
		['Il tuo pubblico totale', 'total'],
		['Je totale doelgroep', 'total'],
		['Deine gesamte Zielgruppe auf Pinterest', 'total'],
		['Seu público engajado', 'engaged'],
		['Pinterest users', 'pinterest'],
		['All of Pinterest', 'pinterest'],
		['Pinterest-Nutzer insgesamt', 'pinterest']
	])('of %s is of the audience %s', (name, audience) => {
		expect(readInsights(total.replace('Your total audience', name)).insights[0]?.audience).toBe(audience);
	});

	it.each([
		[
			total.replace('Your total audience', 'Newsletter list'),
			{ code: 'unknown_audience', audience: 'Newsletter list' }
		],
		[total.replace('2026-05-20', '04/05/2026'), { code: 'insights_day', day: '04/05/2026' }],
		[total.replace('2026-05-20', ''), { code: 'insights_day', day: '' }],
		[file('Not enough data'), { code: 'empty_insights' }],
		[file('Gender,Percent of audience', '"Female,0.1'), { code: 'unclosed_quote', line: 5 }]
	])('is refused in a sentence where it cannot be read', (text, problem) => {
		expect(problemOf(text)).toEqual(problem);
	});

	it('is of the day of its last change where it names none', () => {
		const modifiedMs = Date.UTC(2026, 4, 22, 13);
		expect(readInsights(total.replace('2026-05-20', ''), { modifiedMs }).insights[0]?.day).toBe('2026-05-22');
		expect(readInsights(total, { modifiedMs }).insights[0]?.day).toBe('2026-05-20');
	});

	it('has no size where that is rounded, and says so', () => {
		const { insights, unknownColumns } = readInsights(total.replace('10000', '10K+'));
		expect(insights[0]).toMatchObject({ size: null, isUpTo: false });
		expect(unknownColumns).toEqual(['10K+']);
	});
});

describe('an answer of Audience insights', () => {
	it('says whether its size is a bound', () => {
		expect(readInsights(answer).insights[0]).toMatchObject({ size: 10_000, isUpTo: true });
		const exact = answer.replace('"size_is_upper_bound": true', '"size_is_upper_bound": false');
		expect(readInsights(exact).insights[0]).toMatchObject({ size: 10_000, isUpTo: false });
	});

	it('is read the same in camelCase, as an array, under a key', () => {
		const camel = answer.replace('size_is_upper_bound', 'sizeIsUpperBound');
		const engaged = answer.replace('YOUR_TOTAL_AUDIENCE', 'YOUR_ENGAGED_AUDIENCE');
		const all = answer.replace('YOUR_TOTAL_AUDIENCE', 'PINTEREST_TOTAL_AUDIENCE');
		const expected = readInsights(answer).insights;
		for (const text of [camel, `[${camel}]`, `{"items":[${answer}],"bookmark":null}`, `{"data":${answer}}`]) {
			expect(looksLikeInsights(text)).toBe(1);
			expect(readInsights(text).insights).toEqual(expected);
		}
		const several = readInsights(`{"data":[${answer},${engaged},${all}]}`);
		expect(several.insights.map(({ audience }) => audience)).toEqual(['total', 'engaged', 'pinterest']);
		expect(several.accepted).toBe(18);
	});

	it('rejects entries at fault, and leaves out parts that are not known', () => {
		const text = JSON.stringify({
			type: 'YOUR_TOTAL_AUDIENCE',
			date: '2026-05-20',
			size: 'a few',
			categories: [
				{ name: 'a', ratio: 0.5, index: 'high', subcategories: [{ name: 'b', ratio: 0.25, index: null }] },
				'c'
			],
			demographics: {
				ages: [
					{ name: '18-24', ratio: -1 },
					{ key: '25-34', ratio: '0.5' },
					{ name: 'x', ratio: [1] },
					{ name: 'y' }
				],
				languages: [{ name: 'sv', ratio: 1 }]
			}
		});
		const { insights, accepted, rejected, rejections, unknownColumns } = readInsights(text);
		expect(linesOf(insights)).toEqual(['interest a b 0.25 ?', 'age 25-34 0.5 ?']);
		expect(insights[0]?.size).toBeNull();
		expect({ accepted, rejected }).toEqual({ accepted: 3, rejected: 4 });
		expect(rejections.map(({ line, column, reason }) => [line, column, reason])).toEqual([
			[1, 'index', 'not_a_number'],
			[3, null, 'not_an_object'],
			[4, 'ratio', 'out_of_range'],
			[6, 'ratio', 'not_a_single_value']
		]);
		expect(unknownColumns).toEqual(['a few', 'languages']);
	});

	it.each([
		[answer.replace('YOUR_TOTAL_AUDIENCE', 'CUSTOM'), { code: 'unknown_audience', audience: 'CUSTOM' }],
		[answer.replace('2026-05-20', 'lately'), { code: 'insights_day', day: 'lately' }],
		['{"type":"YOUR_TOTAL_AUDIENCE","date":"2026-05-20","categories":[]}', { code: 'empty_insights' }],
		[`${'['.repeat(1_000)}${']'.repeat(1_000)}`, { code: 'empty_insights' }],
		[answer.slice(0, 300), { code: 'damaged_json' }]
	])('is refused in a sentence where it cannot be read', (text, problem) => {
		expect(problemOf(text)).toEqual(problem);
	});
});

/** A CSV with another sign between its cells. */
function resaved(text: string, sign: string): string {
	return text
		.split('\n')
		.map((line) => (line.match(/"[^"]*"|[^,]+|(?<=,)(?=,|$)/g) ?? []).join(sign))
		.join('\n');
}
