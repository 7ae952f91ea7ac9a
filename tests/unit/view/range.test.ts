import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../../src/lib/model/query';
import { DEFAULT_VIEW, type Preset, type ViewState } from '../../../src/lib/view/address';
import { dataRange, endOfBucket, presetRange, rangeGaps, resolveRange } from '../../../src/lib/view/range';

const coverage: Coverage = {
	firstMs: Date.UTC(2024, 0, 5, 12),
	lastMs: Date.UTC(2026, 2, 1, 23, 30), // the next day already in Stockholm
	events: 10,
	metrics: []
};
const view = (some: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...some });

describe('range', () => {
	it.each<{ preset: Preset; newest: string; from: string; to?: string }>([
		{ preset: '7d', newest: '2026-03-01', from: '2026-02-23' },
		{ preset: '14d', newest: '2026-03-01', from: '2026-02-16' },
		{ preset: '21d', newest: '2026-03-01', from: '2026-02-09' },
		{ preset: '30d', newest: '2026-03-01', from: '2026-01-31' },
		{ preset: '60d', newest: '2026-03-01', from: '2026-01-01' },
		{ preset: '90d', newest: '2026-03-01', from: '2025-12-02' },
		{ preset: 'this-month', newest: '2026-03-01', from: '2026-03-01' },
		{ preset: 'this-month', newest: '2026-03-17', from: '2026-03-01' },
		{ preset: 'last-month', newest: '2026-03-01', from: '2026-02-01', to: '2026-02-28' },
		{ preset: 'last-month', newest: '2024-03-31', from: '2024-02-01', to: '2024-02-29' },
		{ preset: 'last-month', newest: '2026-01-15', from: '2025-12-01', to: '2025-12-31' },
		{ preset: 'all', newest: '2026-03-01', from: '2024-01-05' }
	])('counts $preset back from $newest', ({ preset, newest, from, to = newest }) => {
		expect(presetRange(preset, { from: '2024-01-05', to: newest })).toEqual({ from, to });
	});

	it.each<{ name: string; state: Partial<ViewState>; from: string; to: string }>([
		{ name: 'the default', state: {}, from: '2026-01-31', to: '2026-03-01' },
		{
			name: "the zone's newest day",
			state: { tz: 'Europe/Stockholm', range: '7d' },
			from: '2026-02-24',
			to: '2026-03-02'
		},
		{
			name: 'dates over a preset',
			state: { range: '7d', from: '2025-01-01', to: '2025-01-02' },
			from: '2025-01-01',
			to: '2025-01-02'
		},
		{ name: 'an open end', state: { from: '2026-02-20' }, from: '2026-02-20', to: '2026-03-01' },
		{ name: 'an open start', state: { to: '2024-02-01' }, from: '2024-01-05', to: '2024-02-01' },
		{ name: 'a start after all data', state: { from: '2026-05-01' }, from: '2026-03-01', to: '2026-05-01' },
		{
			name: 'dates outside all years',
			state: { from: '0001-01-01', to: '9999-12-31' },
			from: '1990-01-01',
			to: '2099-12-31'
		}
	])('resolves $name', ({ state, from, to }) => {
		expect(resolveRange(view(state), coverage)).toEqual({ from, to });
	});

	it('finds the days that hold data in a zone', () => {
		expect(dataRange(coverage, 'UTC')).toEqual({ from: '2024-01-05', to: '2026-03-01' });
		expect(dataRange(coverage, 'Europe/Stockholm')).toEqual({ from: '2024-01-05', to: '2026-03-02' });
	});

	it('tells which end lies outside the data', () => {
		const data = { from: '2024-01-05', to: '2026-03-01' };
		expect(rangeGaps({ from: '2024-01-04', to: '2026-03-01' }, data)).toEqual({
			startsBefore: true,
			endsAfter: false
		});
		expect(rangeGaps({ from: '2024-01-05', to: '2026-03-02' }, data)).toEqual({
			startsBefore: false,
			endsAfter: true
		});
	});

	it.each([
		{ grain: 'day', day: '2026-02-28', end: '2026-02-28' },
		{ grain: 'week', day: '2026-02-23', end: '2026-03-01' },
		{ grain: 'month', day: '2024-02-01', end: '2024-02-29' }
	] as const)('ends a $grain', ({ grain, day, end }) => {
		expect(endOfBucket(day, grain)).toBe(end);
	});
});
