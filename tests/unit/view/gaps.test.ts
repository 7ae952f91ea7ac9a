import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_STATES, type CoverageMap } from '../../../src/lib/model/answer';
import { addDays, daysBetween } from '../../../src/lib/model/calendar';
import { METRIC_IDS, type MetricId } from '../../../src/lib/model/metric';
import { PLATFORM_NAMES } from '../../../src/lib/view/platform-names';
import {
	ANALYTICS_EXPORTS,
	exportName,
	gapGroupsOf,
	gapSourceOf,
	gapsOf,
	MAX_EXPORT_DAYS
} from '../../../src/lib/view/gaps';

const MISSING = DAY_STATES.indexOf('missing');
const FROM = '2025-12-01';

/** A map of metrics from states a day. */
function mapOf(rows: Partial<Record<MetricId, readonly number[]>>): CoverageMap {
	const metrics = Object.entries(rows).map(([metric, days]) => ({
		metric: metric as MetricId,
		days: Uint8Array.from(days)
	}));
	return { from: FROM, to: addDays(FROM, metrics[0]!.days.length - 1), metrics };
}

/** So many days of a state after each other. */
const days = (...stretches: [keyof typeof STATES, number][]) =>
	stretches.flatMap(([state, count]) => Array<number>(count).fill(STATES[state]));
const STATES = { missing: 0, events: 1, reports: 2, estimate: 3 };

const maps = fc
	.integer({ min: 1, max: 320 })
	.chain((length) =>
		fc.record({
			saves: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: length, maxLength: length }),
			// Long stretches.
			spend: fc
				.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 250 })), {
					minLength: length
				})
				.map((runs) => runs.flatMap(([state, count]) => Array<number>(count).fill(state)).slice(0, length))
		})
	)
	.map(mapOf);

describe('gaps', () => {
	it('cover the missing days exactly, none twice and none that is known, at most 90 at a time', () => {
		fc.assert(
			fc.property(maps, (map) => {
				const gaps = gapsOf(map);
				for (const { metric, days: states } of map.metrics) {
					const covered = gaps
						.filter((gap) => gap.metric === metric)
						.flatMap(({ from, to }) =>
							Array.from({ length: daysBetween(from, to) }, (_, i) => addDays(from, i))
						);
					const missing = [...states].flatMap((state, i) =>
						state === MISSING ? [addDays(map.from, i)] : []
					);
					expect(covered.sort()).toEqual(missing);
				}
				for (const { from, to } of gaps) {
					expect(daysBetween(from, to)).toBeGreaterThan(0);
					expect(daysBetween(from, to)).toBeLessThanOrEqual(MAX_EXPORT_DAYS);
				}
			})
		);
	});

	it('are parted only where days are known, or where one export is full', () => {
		fc.assert(
			fc.property(maps, (map) => {
				const gaps = gapsOf(map);
				for (const gap of gaps) {
					const next = gaps.find(({ metric, from }) => metric === gap.metric && from === addDays(gap.to, 1));
					if (next) expect(daysBetween(next.from, next.to)).toBe(MAX_EXPORT_DAYS);
				}
			})
		);
	});

	it('stand in joined suggestions once each, the newest first', () => {
		fc.assert(
			fc.property(maps, (map) => {
				const groups = gapGroupsOf(map);
				const joined = groups.flatMap(({ metrics, from, to }) =>
					metrics.map((metric) => `${metric} ${from} ${to}`)
				);
				expect(joined.sort()).toEqual(
					gapsOf(map)
						.map((gap) => `${gap.metric} ${gap.from} ${gap.to}`)
						.sort()
				);
				const ends = groups.map(({ to }) => to);
				expect(ends).toEqual([...ends].sort().reverse());
			})
		);
	});

	it('are cut from the newest day backwards', () => {
		const [newest, oldest] = gapsOf(mapOf({ saves: days(['missing', 100], ['reports', 1]) }));
		expect(newest).toEqual({ metric: 'saves', from: addDays(FROM, 10), to: addDays(FROM, 99) });
		expect(oldest).toEqual({ metric: 'saves', from: FROM, to: addDays(FROM, 9) });
	});
});

describe('suggestions', () => {
	it('join the metrics of one source over the same days, the most useful export first', () => {
		const gap = days(['reports', 2], ['missing', 3], ['reports', 1]);
		const groups = gapGroupsOf(mapOf({ closeups: gap, saves: gap, spend: gap, checkouts: gap }));
		expect(groups).toMatchObject([
			{ source: 'analytics', metrics: ['saves', 'closeups'], files: 2, days: 3 },
			{ source: 'ads', metrics: ['spend', 'checkouts'], files: 1 }
		]);
	});

	it('say where days of events adjoin', () => {
		const [beside] = gapGroupsOf(mapOf({ saves: days(['events', 1], ['missing', 2], ['reports', 1]) }));
		const [between] = gapGroupsOf(mapOf({ saves: days(['reports', 1], ['missing', 2], ['reports', 1]) }));
		expect(beside?.isBesideEvents).toBe(true);
		expect(between?.isBesideEvents).toBe(false);
	});

	it('leave no metric without a source', () => {
		for (const metric of ANALYTICS_EXPORTS) expect(gapSourceOf(metric)).toBe('analytics');
		expect(gapSourceOf('spend')).toBe('ads');
		expect(gapSourceOf('followers')).toBe('by_hand');
		expect(gapSourceOf('comments')).toBe('api');
		expect(METRIC_IDS.map(gapSourceOf)).not.toContain(undefined);
	});

	it('call exports what the platform calls them today', () => {
		for (const metric of ANALYTICS_EXPORTS) expect(PLATFORM_NAMES[metric]).toContain(exportName(metric));
		expect(exportName('closeups')).toBe('Pin clicks');
		expect(exportName('link_clicks')).toBe('Outbound clicks');
		expect(exportName('saves')).toBe('Saves');
	});
});
