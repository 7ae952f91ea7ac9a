import { describe, expect, it } from 'vitest';
import { planQuery } from '../../../src/lib/engine/plan';
import { openFilter } from '../../support/memory-workspace';

const at = (iso: string) => Date.parse(iso);
const head = (seq: number, first: string, last: string) => ({
	seq,
	rows: 1,
	byteLength: 1,
	firstMs: at(first),
	lastMs: at(last)
});

describe('planQuery', () => {
	it('makes a bucket of every day, with the instants that it covers in the zone', () => {
		const filter = openFilter({ tz: 'Europe/Stockholm', from: '2024-03-30', to: '2024-04-01' });
		const { buckets, bucketStarts } = planQuery(filter, 'day', []);
		expect(buckets).toEqual(
			['2024-03-30', '2024-03-31', '2024-04-01'].map((day) => ({ day, partial: false }))
		);
		expect(Array.from(bucketStarts, (ms) => new Date(ms).toISOString().slice(0, 16))).toEqual([
			'2024-03-29T23:00',
			'2024-03-30T23:00',
			'2024-03-31T22:00',
			'2024-04-01T22:00'
		]);
	});

	it.each([
		// a Monday to a Sunday
		[
			'week',
			'2024-04-01',
			'2024-04-14',
			[
				['2024-04-01', false],
				['2024-04-08', false]
			]
		],
		[
			'week',
			'2024-04-02',
			'2024-04-13',
			[
				['2024-04-01', true],
				['2024-04-08', true]
			]
		],
		['week', '2024-12-30', '2025-01-05', [['2024-12-30', false]]],
		['week', '2025-01-01', '2025-01-01', [['2024-12-30', true]]],
		['month', '2024-02-01', '2024-02-29', [['2024-02-01', false]]],
		[
			'month',
			'2023-12-31',
			'2024-02-28',
			[
				['2023-12-01', true],
				['2024-01-01', false],
				['2024-02-01', true]
			]
		]
	] as const)('marks a %s that %s–%s cuts as partial', (grain, from, to, expected) => {
		const { buckets, bucketStarts } = planQuery(openFilter({ from, to }), grain, []);
		expect(buckets.map(({ day, partial }) => [day, partial])).toEqual(expected);
		// cut or not, only the days of the range count
		expect(bucketStarts[0]).toBe(at(from));
		expect(bucketStarts.at(-1)).toBe(at(to) + 86_400_000);
	});

	it('picks the segments that hold an instant of the range, in the order of import', () => {
		const batches = [
			{
				id: 7,
				segments: [head(0, '2024-05-01', '2024-05-09T23:59:59.999Z'), head(1, '2024-05-10', '2024-05-20')]
			},
			{ id: 9, segments: [head(0, '2024-01-01', '2024-12-31'), head(1_048_576, '2024-05-12', '2024-05-12')] }
		];
		const picked = (from: string, to: string) =>
			planQuery(openFilter({ from, to }), 'day', batches).segments.map(({ batchId, seq }) => [batchId, seq]);
		expect(picked('2024-05-10', '2024-05-11')).toEqual([
			[7, 1],
			[9, 0]
		]);
		expect(picked('2024-05-09', '2024-05-12')).toEqual([
			[7, 0],
			[7, 1],
			[9, 0],
			[9, 1_048_576]
		]);
		expect(picked('2024-04-30', '2024-04-30')).toEqual([[9, 0]]);
		expect(picked('2025-01-01', '2025-01-01')).toEqual([]);
	});

	it('does not make days in which no event can lie', () => {
		const { buckets } = planQuery(openFilter({ from: '0001-01-01', to: '9999-12-31' }), 'month', []);
		expect(buckets).toHaveLength(1 + 110 * 12 + 1);
		expect([buckets[0]!.day, buckets.at(-1)!.day]).toEqual(['1989-12-01', '2100-01-01']);
	});

	it('holds events of the first and last instant there are, in zones on either side', () => {
		for (const tz of ['Pacific/Kiritimati', 'Etc/GMT+12']) {
			const { bucketStarts } = planQuery(
				openFilter({ tz, from: '1900-01-01', to: '2200-01-01' }),
				'month',
				[]
			);
			expect(bucketStarts[0]).toBeLessThanOrEqual(at('1990-01-01'));
			expect(bucketStarts.at(-1)).toBeGreaterThanOrEqual(at('2100-01-01'));
		}
	});
});
