import { describe, expect, it } from 'vitest';
import { apiAccount, readApiAccount } from '../../../../src/lib/import/formats/api-account';
import { apiPin, readApiPin } from '../../../../src/lib/import/formats/api-pin';
import { apiTopPins, readApiTopPins } from '../../../../src/lib/import/formats/api-top-pins';
import { headOf, reportedFile, told } from '../../../support/reported-file';

const account = reportedFile('api-account.json');
const byDevice = reportedFile('api-account-by-device.json');
const pin = reportedFile('api-pin.json');
const topPins = reportedFile('api-top-pins.json');

describe('answers of the API', () => {
	it('are each known by one format', () => {
		const formats = [apiAccount, apiPin, apiTopPins];
		const known = [account, byDevice, pin, topPins, '[{"a":1}]', '{"timestamp":1}'].map((text) =>
			formats.map((format) => (format.recognises(headOf(text)) ? 1 : 0))
		);
		expect(known).toEqual([
			[1, 0, 0],
			[1, 0, 0],
			[0, 1, 0],
			[0, 0, 1],
			[0, 0, 0],
			[0, 0, 0]
		]);
	});

	it('about an account give days; only what is ready or estimated is a figure', () => {
		const result = readApiAccount(account);
		expect(told(result)).toEqual(
			[
				'impressions 2026-09-01 account = 1000',
				'engagements 2026-09-01 account = 96',
				'closeups 2026-09-01 account = 70',
				'saves 2026-09-01 account = 20',
				'link_clicks 2026-09-01 account = 6',
				'engagement_rate 2026-09-01 account = 0.096',
				'video_plays 2026-09-01 account = 300',
				'video_views 2026-09-01 account = 190',
				'views_10s 2026-09-01 account = 41',
				'views_95 2026-09-01 account = 77',
				'watch_ms 2026-09-01 account = 1500000',
				'avg_watch_seconds 2026-09-01 account = 5',
				'impressions 2026-09-02 account = 1100 ~',
				'saves 2026-09-02 account = 17 ~'
			].sort()
		);
		expect(result).toMatchObject({
			accepted: 3,
			rejected: 2,
			covered: [{ from: '2026-09-01', to: '2026-09-04' }]
		});
		expect(result.unknownColumns.map((name) => name.toLowerCase())).toEqual(['followsoftomorrow']);
		expect(result.rejections).toMatchObject([
			{ line: 4, column: 'impression', reason: 'out_of_range' },
			{ line: 5, column: 'date' }
		]);
	});

	it('that are split have a filter per key, in camelCase too', () => {
		expect(told(readApiAccount(byDevice))).toEqual(
			[
				'impressions 2026-09-01 account device=mobile = 600',
				'closeups 2026-09-01 account device=mobile = 30',
				'impressions 2026-09-01 account device=tablet = 100',
				'closeups 2026-09-01 account device=tablet = 5',
				'impressions 2026-09-01 account device=desktop = 300 ~'
			].sort()
		);
		const other = byDevice.replace('"WEB"', '"REFRIGERATOR"');
		expect(readApiAccount(other)).toMatchObject({
			accepted: 2,
			rejected: 1,
			unknownColumns: ['REFRIGERATOR']
		});
	});

	it('about a Pin keep every digit of its id, wherever it stands', () => {
		const days = [
			'impressions 2026-09-01 pin 1091700765947216952 = 55',
			'saves 2026-09-01 pin 1091700765947216952 = 2'
		];
		const unnamed = pin.replace(/.*pin_id.*\n/, '');
		const several = `{"1091700765947216952": ${unnamed}}`;
		expect(told(readApiPin(pin, { file: 'a.json' }))).toEqual(days);
		expect(told(readApiPin(unnamed, { file: 'pin 1091700765947216952 (1).json' }))).toEqual(days);
		expect(told(readApiPin(several, { file: 'a.json' }))).toEqual(days);
		expect(() => readApiPin(unnamed, { file: 'a.json' })).toThrow('pin_not_named');
	});

	it('about top Pins reach back as far as such an answer can, unless they name their days', () => {
		const result = readApiTopPins(topPins);
		const days = '2026-06-05..2026-09-02';
		expect(told(result)).toEqual(
			[
				`impressions ${days} pin 1091700765947216952 = 1353`,
				`closeups ${days} pin 1091700765947216952 = 80`,
				`saves ${days} pin 1091700765947216952 = 19`,
				`impressions ${days} pin 1091700765947299104 = 864 ~`
			].sort()
		);
		expect(result).toMatchObject({ accepted: 2, rejected: 1, exportedAt: 1_788_307_200_000 });
		const dated = topPins.replace('{', '{ "start_date": "2026-08-01", "endDate": "2026-08-31",');
		expect(readApiTopPins(dated).covered).toEqual([{ from: '2026-08-01', to: '2026-08-31' }]);
		expect(() => readApiTopPins('{"pins": [], "sort_by": "SAVE"}')).toThrow('days_not_named');
	});

	it('that break off say so', () => {
		expect(() => readApiAccount(account.slice(0, 200))).toThrow('damaged_json');
	});
});
