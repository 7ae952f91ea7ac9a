import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutShares, planQuery } from '../../../src/lib/engine/plan';
import { NATIVE_DIMENSIONS } from '../../../src/lib/model/event';
import { GRAINS } from '../../../src/lib/model/query';
import { inventFile } from '../../support/invented-file';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { byLength } from '../../support/test-length';

const day = fc
	.integer({ min: 0, max: 130 })
	.map((days) => new Date(Date.UTC(2024, 2, 1 + days)).toISOString().slice(0, 10));
const range = fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

describe('a query that is shared out', () => {
	it('has the answer of one scanner, among any number of them', async () => {
		const workspace = new MemoryWorkspace();
		// one segment, which nearly every scanner has to read
		await workspace.import(
			inventFile({ rows: 1_500, seed: 41, from: '2024-03-10', to: '2024-06-20', order: 'none' })
		);
		const query = fc.record({
			range,
			tz: fc.constantFrom('UTC', 'Europe/Stockholm', 'Asia/Kolkata'),
			grain: fc.constantFrom(...GRAINS),
			split: fc.constantFrom(null, ...NATIVE_DIMENSIONS)
		});
		await fc.assert(
			fc.asyncProperty(query, fc.integer({ min: 2, max: 6 }), async ({ range: days, tz, ...rest }, count) => {
				const asked = openQuery({ ...rest, filter: openFilter({ tz, ...days }), top: 1_000 });
				workspace.scannerCount = 1;
				const alone = await workspace.answer(asked);
				workspace.scannerCount = count;
				expect(await workspace.answer(asked)).toEqual(alone);
				const daily = await workspace.exportCsv('daily', asked);
				workspace.scannerCount = 1;
				expect(daily).toEqual(await workspace.exportCsv('daily', asked));
			}),
			{ seed: 15, numRuns: byLength(15, 60) }
		);
	});

	it('names each value of a column of one’s own, those that only one of the scanners meets too', async () => {
		const workspace = new MemoryWorkspace();
		const campaigns = ['spring', 'summer', 'autumn', 'winter'];
		const rows = campaigns.map((campaign, i) => `2024-0${3 + i}-15,impression,p,${campaign}`);
		await workspace.import(utf8(`timestamp,event,pin_id,own.campaign\n${rows.join('\n')}\n`));
		const asked = openQuery({
			filter: openFilter({ from: '2024-03-01', to: '2024-06-30' }),
			split: 'own.campaign',
			splitLimit: 4
		});
		for (const count of [1, 2, 4]) {
			workspace.scannerCount = count;
			const { series } = await workspace.answer(asked);
			expect(series.map(({ value }) => value).sort()).toEqual([...campaigns].sort());
		}
	});
});

describe('cutShares', () => {
	const head = (seq: number, first: string, last: string) => ({
		seq,
		rows: 1,
		byteLength: 1,
		firstMs: Date.parse(first),
		lastMs: Date.parse(last)
	});
	const segments = [
		head(0, '2024-03-01', '2024-03-14T23:59:59.999Z'),
		head(1, '2024-03-15T12:00Z', '2024-03-16T00:00Z'),
		head(2, '2024-03-16', '2024-04-30'),
		head(3, '2024-05-31T23:59:59.999Z', '2024-06-01'),
		head(4, '2024-01-01', '2024-12-31')
	];

	it('gives every bucket to one share, with all segments that hold an instant of it', () => {
		fc.assert(
			fc.property(range, fc.constantFrom(...GRAINS), fc.integer({ min: 1, max: 5 }), (days, grain, count) => {
				const plan = planQuery(openFilter(days), grain, [{ id: 1, segments }]);
				const shares = cutShares(plan, count);
				expect(shares).toHaveLength(count);
				expect(shares.flatMap(({ buckets }) => buckets).sort((a, b) => a - b)).toEqual([
					...plan.buckets.keys()
				]);
				for (const { buckets, fromMs, toMs, segments: own } of shares) {
					buckets.forEach((bucket, i) => {
						expect([fromMs[i], toMs[i]]).toEqual([plan.bucketStarts[bucket], plan.bucketStarts[bucket + 1]]);
					});
					const needed = segments.filter(({ firstMs, lastMs }) =>
						buckets.some((_, i) => firstMs < toMs[i]! && lastMs >= fromMs[i]!)
					);
					expect(own.map(({ seq }) => seq)).toEqual(needed.map(({ seq }) => seq));
				}
			})
		);
	});

	it('gives a bucket to the same scanner in every range', () => {
		const turnOf = (from: string, to: string, bucketDay: string) => {
			const plan = planQuery(openFilter({ from, to }), 'day', []);
			const place = plan.buckets.findIndex((bucket) => bucket.day === bucketDay);
			return cutShares(plan, 3).findIndex(({ buckets }) => buckets.includes(place));
		};
		for (const bucketDay of ['2024-03-01', '2024-03-15', '2024-03-16', '2024-04-30']) {
			expect(turnOf('2024-01-01', '2024-12-31', bucketDay)).toBe(turnOf(bucketDay, bucketDay, bucketDay));
		}
	});
});
