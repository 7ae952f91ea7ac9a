import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src/lib/import/formats/all-formats';
import { overviewExport, readOverviewExport } from '../../../../src/lib/import/formats/overview-export';
import { ProblemError } from '../../../../src/lib/model/problem';
import { headOf, reportedFile, told } from '../../../support/reported-file';

const impressions = reportedFile('overview-impressions.csv');

describe('an overview export', () => {
	it('is known by its first line', () => {
		const filtered = reportedFile('overview-filtered.csv');
		for (const text of [impressions, filtered, `\uFEFF"${impressions}`]) {
			expect(formatOf(headOf(text), 'text')).toBe(overviewExport);
		}
		expect(overviewExport.score(headOf('Date,Impressions\n2026-05-22,1'))).toBe(0);
	});

	it('gives its series, boards and Pins, and takes a blank for no figure', () => {
		const result = readOverviewExport(impressions);
		expect(told(result)).toEqual(
			[
				'impressions 2026-05-22 account = 1204',
				'impressions 2026-05-23 account = 1377',
				'impressions 2026-05-24 account = 998',
				'impressions 2026-05-25 account = 1502',
				'impressions 2026-05-26 account = 1611',
				'impressions 2026-05-27 account = 1450 ~',
				'impressions 2026-05-22..2026-05-28 board example/shelves = 3100 ~',
				'engagements 2026-05-22..2026-05-28 board example/shelves = 240 ~',
				'closeups 2026-05-22..2026-05-28 board example/shelves = 170 ~',
				'link_clicks 2026-05-22..2026-05-28 board example/shelves = 50 ~',
				'saves 2026-05-22..2026-05-28 board example/shelves = 20 ~',
				'impressions 2026-05-22..2026-05-28 board example/_products = 1100 ~',
				'engagements 2026-05-22..2026-05-28 board example/_products = 80 ~',
				'closeups 2026-05-22..2026-05-28 board example/_products = 60 ~',
				'link_clicks 2026-05-22..2026-05-28 board example/_products = 15 ~',
				'saves 2026-05-22..2026-05-28 board example/_products = 5 ~',
				'impressions 2026-05-22..2026-05-28 pin 1091700765947216952 content_type=organic source=own = 1353 ~',
				'impressions 2026-05-22..2026-05-28 pin 1091700765947299104 content_type=organic source=own = 864 ~',
				'impressions 2026-05-22..2026-05-28 pin 1091700765950012345 content_type=paid source=other = 412 ~'
			].sort()
		);
		expect(result).toMatchObject({
			accepted: 12,
			rejected: 0,
			covered: [{ from: '2026-05-22', to: '2026-05-28' }],
			title: 'Analytics overview',
			settings: [
				{ name: 'Claimed accounts', value: 'All Pins' },
				{ name: 'Curated content', value: 'Not included' }
			],
			notes: ['Data for the most recent days is an estimate, and may change.'],
			unknownColumns: [],
			exportedAt: null
		});
	});

	it('reads other delimiters, any case, filters, and tells what it kept out', () => {
		const filtered = reportedFile('overview-filtered.csv');
		const filters = 'content_type=organic device=mobile+tablet format=Jigsaw';
		const follows = [
			`follows 2026-01-01 account ${filters} = 1`,
			`follows 2026-01-02 account ${filters} = 2`
		];
		const result = readOverviewExport(filtered);
		expect(told(result)).toEqual([...follows, `link_clicks 2026-01-01 account ${filters} = 5`].sort());
		expect(result).toMatchObject({ accepted: 2, rejected: 3, unknownColumns: [] });
		expect(result.rejections).toMatchObject([
			{ line: 10, column: 'OUTBOUND CLICKS', reason: 'not_a_number', value: 'many' },
			{ line: 11, column: 'DATE', reason: 'not_a_time', value: '2026-01-32' },
			{ line: 12, column: 'OUTBOUND CLICKS', reason: 'not_a_whole_number', value: '1,234' }
		]);
		expect(result.notes).toContain('Not enough data');

		const grouped = filtered.replace('1,234', '1.234').replace('Follows', 'Mood');
		expect(told(readOverviewExport(grouped))).toEqual([
			`link_clicks 2026-01-01 account ${filters} = 5`,
			`link_clicks 2026-01-05 account ${filters} = 1234 ~`
		]);
		expect(readOverviewExport(grouped)).toMatchObject({ accepted: 3, rejected: 2, unknownColumns: ['Mood'] });
	});

	it('reads the same with carriage returns, a byte order mark and cells that a spreadsheet added', () => {
		const padded = `\uFEFF${impressions
			.split('\n')
			.map((line) => (line.startsWith('"') ? line : `${line},,,`))
			.join('\r\n')}`;
		expect(told(readOverviewExport(padded))).toEqual(told(readOverviewExport(impressions)));
	});

	it('says so where no metric is known', () => {
		const text = 'Analytics overview\n2026-05-22 - 2026-05-28\n\nDate,Mood\n2026-05-22,3';
		expect(() => readOverviewExport(text)).toThrow(ProblemError);
	});
});
