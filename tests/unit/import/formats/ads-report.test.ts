import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src/lib/import/formats/all-formats';
import { delimited } from '../../../../src/lib/import/formats/delimited';
import { delimitedFigures } from '../../../../src/lib/import/formats/table';
import { contentsOf, headOf, readText, reportedFile, told } from '../../../support/reported-file';

const report = reportedFile('ads-report.csv');

describe('an ads report', () => {
	it('is a table of figures, and no event file is one', () => {
		expect(formatOf(headOf(report), 'text')).toBe(delimitedFigures);
		expect(formatOf(headOf('Date;Ad group ID;Impressions\n'), 'text')).toBe(delimitedFigures);
		expect(formatOf(headOf('timestamp,event,pin_id,campaign\n'), 'text')).toBe(delimited);
	});

	it('keeps campaigns apart; what was earned counts as paid; Total is no row', async () => {
		const result = await contentsOf(report);
		const paid = 'content_type=paid';
		const spring = `2026-09-01 pin 1091700765947216952 ${paid} campaign=Spring ad_group=Group A`;
		const autumn = `2026-09-01 pin 1091700765947216952 ${paid} campaign=Autumn ad_group=Group B`;
		const second = `2026-09-02 pin 1091700765947299104 ${paid} campaign=Autumn ad_group=Group B`;
		expect(told(result)).toEqual(
			[
				`impressions ${spring} = 5200`,
				`closeups ${spring} = 150`,
				`link_clicks ${spring} = 60`,
				`saves ${spring} = 12`,
				`closeup_rate ${spring} = 0.03`,
				`spend ${spring} = 10000000`,
				`impressions ${autumn} = 1000`,
				`closeups ${autumn} = 30`,
				`saves ${autumn} = 3`,
				`closeup_rate ${autumn} = 0.03`,
				`spend ${autumn} = 7000000`,
				`impressions ${second} = 840`,
				`closeups ${second} = 20`,
				`link_clicks ${second} = 9`,
				`saves ${second} = 2`,
				`closeup_rate ${second} = 0.025`,
				`spend ${second} = 7000000`
			].sort()
		);
		expect(result).toMatchObject({
			accepted: 3,
			rejected: 1,
			unknownColumns: [],
			covered: [{ from: '2026-09-01', to: '2026-09-02' }]
		});
		expect(result.rejections).toMatchObject([
			{ line: 4, column: 'Organic pin ID', reason: 'spoilt_id', value: '1.0917E+18' }
		]);
	});

	it('adds up rows of one campaign, day and Pin', async () => {
		const text =
			'Date,Campaign ID,Impressions,CTR\n2026-09-01,7,30,1%\n2026-09-01,7,12,2%\n2026-09-02,7,1,3%';
		expect(told(await contentsOf(text))).toEqual([
			'closeup_rate 2026-09-02 account content_type=paid campaign=7 = 0.03',
			'impressions 2026-09-01 account content_type=paid campaign=7 = 42',
			'impressions 2026-09-02 account content_type=paid campaign=7 = 1'
		]);
	});

	it('counts a total column only where it has no parts', async () => {
		const rows = (header: string) => `Date,Campaign ID,${header}\n2026-09-01,c,30,10,20`;
		const about = '2026-09-01 account content_type=paid campaign=c';
		expect(told(await contentsOf(rows('Impressions,Paid impressions,Earned impressions')))).toEqual([
			`impressions ${about} = 30`
		]);
		expect(told(await contentsOf(rows('Impressions,Saves,Link clicks')))).toEqual([
			`impressions ${about} = 30`,
			`link_clicks ${about} = 20`,
			`saves ${about} = 10`
		]);
	});

	it('asks which of two columns for one metric counts', async () => {
		const text = 'Date,Campaign ID,Impressions,Saves,Total impressions\n2026-09-01,c,30,10,20';
		expect(await readText(text)).toEqual({ outcome: 'needs_mapping' });
	});

	it('keeps no figure of people that two rows of one campaign have', async () => {
		const text =
			'Date,Campaign ID,Reach,Device\n2026-09-01,b,5,Mobile\n2026-09-01,b,6,mobile\n2026-09-01,b,7,Tablet\n2026-09-01,a,8,Mobile';
		expect(told(await contentsOf(text))).toEqual([
			'total_audience 2026-09-01 account device=mobile content_type=paid campaign=a = 8',
			'total_audience 2026-09-01 account device=tablet content_type=paid campaign=b = 7'
		]);
	});
});
