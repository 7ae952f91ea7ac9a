import { describe, expect, it } from 'vitest';
import { adsReport, readAdsReport } from '../../../../src/lib/import/formats/ads-report';
import { headOf, reportedFile, told } from '../../../support/reported-file';

const report = reportedFile('ads-report.csv');

describe('an ads report', () => {
	it('is known by a date and a campaign, and no event file is one', () => {
		expect(adsReport.recognises(headOf(report))).toBe(true);
		expect(adsReport.recognises(headOf('Date;Ad group ID;Impressions\n'))).toBe(true);
		expect(adsReport.recognises(headOf('Date,Impressions\n'))).toBe(false);
		expect(adsReport.recognises(headOf('timestamp,event,pin_id,campaign\n'))).toBe(false);
	});

	it('adds up campaigns of one day and Pin; what was earned counts as paid; Total is no row', () => {
		const result = readAdsReport(report);
		const first = '2026-09-01 pin 1091700765947216952 content_type=paid';
		const second = '2026-09-02 pin 1091700765947299104 content_type=paid';
		expect(told(result)).toEqual(
			[
				`impressions ${first} = 6200`,
				`closeups ${first} = 180`,
				`link_clicks ${first} = 60`,
				`saves ${first} = 15`,
				`impressions ${second} = 840`,
				`closeups ${second} = 20`,
				`link_clicks ${second} = 9`,
				`saves ${second} = 2`,
				`closeup_rate ${second} = 0.025`
			].sort()
		);
		expect(result).toMatchObject({
			accepted: 3,
			rejected: 1,
			unknownColumns: ['Spend in account currency'],
			covered: [{ from: '2026-09-01', to: '2026-09-02' }]
		});
		expect(result.rejections).toMatchObject([
			{ line: 4, column: 'Organic pin ID', reason: 'unknown_value', value: '1.0917E+18' }
		]);
	});

	it('counts a total column only where it has no parts', () => {
		const rows = (header: string) => `Date,Campaign ID,${header}\n2026-09-01,c,30,10,20`;
		expect(told(readAdsReport(rows('Impressions,Paid impressions,Earned impressions')))).toEqual(
			['impressions 2026-09-01 account content_type=paid = 30'].sort()
		);
		expect(told(readAdsReport(rows('Impressions,Saves,Total impressions')))).toEqual(
			[
				'impressions 2026-09-01 account content_type=paid = 30',
				'saves 2026-09-01 account content_type=paid = 10'
			].sort()
		);
	});

	it('keeps no figure of people that two rows have', () => {
		const text =
			'Date,Campaign ID,Reach,Device\n2026-09-01,a,5,Mobile\n2026-09-01,b,6,mobile\n2026-09-01,b,7,Tablet';
		expect(told(readAdsReport(text))).toEqual(
			['total_audience 2026-09-01 account content_type=paid device=tablet = 7'].sort()
		);
	});
});
