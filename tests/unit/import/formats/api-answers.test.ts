import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src/lib/import/formats/all-formats';
import { jsonFigures } from '../../../../src/lib/import/formats/table';
import { ProblemError } from '../../../../src/lib/model/problem';
import { contentsOf, headOf, readText, reportedFile, told } from '../../../support/reported-file';

const account = reportedFile('api-account.json');
const byDevice = reportedFile('api-account-by-device.json');
const pin = reportedFile('api-pin.json');
const topPins = reportedFile('api-top-pins.json');

describe('answers of the API', () => {
	it('are read as tables of figures, and events are not', () => {
		for (const text of [account, byDevice, pin, topPins]) {
			expect(formatOf(headOf(text), 'text')).toBe(jsonFigures);
		}
		expect(formatOf(headOf('{"timestamp":1,"event":"save","pin_id":"1"}'), 'text')?.gives).toBe('events');
	});

	it('about an account give days; only what is ready or estimated is a figure', async () => {
		const result = await contentsOf(account);
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
		expect(result.unknownColumns.map((name) => name.toLowerCase())).toEqual(['metrics.follows_of_tomorrow']);
		expect(result.rejections).toMatchObject([
			{ line: 4, column: 'metrics.IMPRESSION', reason: 'out_of_range' },
			{ line: 5, column: 'date', reason: 'missing_value' }
		]);
	});

	it('that are split have a filter per key, in camelCase too', async () => {
		expect(told(await contentsOf(byDevice))).toEqual(
			[
				'impressions 2026-09-01 account device=mobile = 600',
				'closeups 2026-09-01 account device=mobile = 30',
				'impressions 2026-09-01 account device=tablet = 100',
				'closeups 2026-09-01 account device=tablet = 5',
				'impressions 2026-09-01 account device=desktop = 300 ~'
			].sort()
		);
		const other = byDevice.replace('"WEB"', '"REFRIGERATOR"');
		expect(await contentsOf(other)).toMatchObject({
			accepted: 2,
			rejected: 1,
			rejections: [{ column: 'split', reason: 'unknown_value', value: 'REFRIGERATOR' }]
		});
	});

	it('about a Pin keep every digit of its id, wherever it stands', async () => {
		const days = [
			'impressions 2026-09-01 pin 1091700765947216952 = 55',
			'saves 2026-09-01 pin 1091700765947216952 = 2'
		];
		const unnamed = pin.replace(/.*pin_id.*\n/, '');
		const several = `{"1091700765947216952": ${unnamed}}`;
		const changed = { file: 'a.json', modifiedMs: Date.UTC(2026, 8, 3) };
		const sinceFirst = 'impressions 2026-09-03 pin 1091700765947216952 = 90000 so far';
		const all = [...days, sinceFirst].sort();
		expect(told(await contentsOf(pin, changed))).toEqual(all);
		expect(told(await contentsOf(unnamed, { ...changed, file: 'pin 1091700765947216952 (1).json' }))).toEqual(
			all
		);
		expect(told(await contentsOf(several, changed))).toEqual(all);
		expect(
			told(await contentsOf(unnamed, { ...changed, answers: { pinId: '1091700765947216952' } }))
		).toEqual(all);
		expect(await readText(unnamed, { file: 'a.json' })).toEqual({ outcome: 'needs_pin' });
	});

	it('about top Pins ask for their days, unless these are named somewhere', async () => {
		expect(await readText(topPins)).toEqual({ outcome: 'needs_days' });
		const days = { from: '2026-06-05', to: '2026-09-02' };
		const answered = await contentsOf(topPins, { answers: { days } });
		const about = `${days.from}..${days.to} pin`;
		expect(told(answered)).toEqual(
			[
				`impressions ${about} 1091700765947216952 = 1353`,
				`closeups ${about} 1091700765947216952 = 80`,
				`saves ${about} 1091700765947216952 = 19`,
				`impressions ${about} 1091700765947299104 = 864 ~`
			].sort()
		);
		expect(answered).toMatchObject({ accepted: 2, rejected: 1, covered: [days] });
		expect(answered.rejections).toMatchObject([{ line: 3, column: 'pin_id', reason: 'missing_value' }]);
		const dated = topPins.replace('{', '{ "start_date": "2026-08-01", "endDate": "2026-08-31",');
		expect((await contentsOf(dated)).covered).toEqual([{ from: '2026-08-01', to: '2026-08-31' }]);
		const file = 'top pins 20260801-20260831 (1).json';
		expect((await contentsOf(topPins, { file })).covered).toEqual([{ from: '2026-08-01', to: '2026-08-31' }]);
	});

	it('that list nothing hold no figures', async () => {
		await expect(readText('{"pins": [], "sort_by": "SAVE"}')).rejects.toThrow(ProblemError);
	});

	it('that break off say so', async () => {
		await expect(contentsOf(account.slice(0, 200))).rejects.toThrow('damaged_json');
	});
});
