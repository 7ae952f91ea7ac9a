import { describe, expect, it } from 'vitest';
import type { MetricId } from '../../../src/lib/model/metric';
import {
	formatAverage,
	formatBucket,
	formatBytes,
	formatCount,
	formatDay,
	formatLongRange,
	formatMetric,
	formatNames,
	formatPercent,
	formatPoints,
	formatRange,
	formatSeconds,
	formatShare,
	formatTick,
	formatTimes,
	inSentence
} from '../../../src/lib/view/format';

// Which of the several spaces stands between, and whether a short unit has a plural, is the platform's own affair.
const plain = (text: string) => text.replace(/\s/g, ' ').replace(/(sec|min)s$/, '$1');

describe('format', () => {
	it.each<{ metric: MetricId; value: number; en: string }>([
		{ metric: 'saves', value: 0.286, en: '0.3' },
		{ metric: 'saves', value: 4, en: '4' },
		{ metric: 'saves', value: 10.4, en: '10' },
		{ metric: 'impressions', value: 13_060.4, en: '13,060' },
		{ metric: 'spend', value: 1.5, en: '1.50' }
	])('writes an average of $value $metric as $en', ({ metric, value, en }) => {
		expect(formatAverage('en-GB', metric, value)).toBe(en);
	});

	it('writes shares and their differences with one decimal, and times as much with two', () => {
		const shares = [0, 0.0004, 0.0006, 0.441, 1.25].map((share) => formatPercent('en-GB', share));
		expect(shares).toEqual(['0.0%', '<0.1%', '0.1%', '44.1%', '125.0%']);
		const points = [-0.02, 0, 0.0871].map((points) => formatPoints('sv-SE', points));
		expect(points).toEqual(['−2,0', '0,0', '+8,7']);
		expect(formatTimes('en-GB', 2.105)).toBe('2.11×');
	});

	it('joins names as each language does', () => {
		expect(formatNames('en-GB', ['Saves', 'Closeups', 'Link clicks'])).toBe(
			'Saves, Closeups and Link clicks'
		);
		expect(formatNames('sv-SE', ['Sparningar', 'Närbilder'])).toBe('Sparningar och Närbilder');
	});

	it('writes labels as in a sentence, short forms as they are', () => {
		expect(inSentence('en-GB', 'Link clicks')).toBe('link clicks');
		expect(inSentence('sv-SE', 'Ändrad')).toBe('ändrad');
		expect(inSentence('de-DE', 'Impressionen')).toBe('Impressionen');
		expect(inSentence('en-GB', 'CPM')).toBe('CPM');
		expect(inSentence('en-GB', '95% views')).toBe('95% views');
		expect(inSentence('en-GB', '')).toBe('');
	});

	it.each<{ metric: MetricId; value: number | null; en: string; sv: string }>([
		{ metric: 'impressions', value: 1_204_881, en: '1,204,881', sv: '1 204 881' },
		{ metric: 'save_rate', value: 0.0123, en: '1.23%', sv: '1,23 %' },
		{ metric: 'save_rate', value: null, en: '–', sv: '–' },
		{ metric: 'avg_watch_seconds', value: 4.25, en: '4.3 sec', sv: '4,3 s' },
		{ metric: 'total_watch_minutes', value: 1234.5, en: '1,234.5 min', sv: '1 234,5 min' }
	])('writes $metric $value', ({ metric, value, en, sv }) => {
		expect(plain(formatMetric('en-GB', metric, value))).toBe(en);
		expect(plain(formatMetric('sv-SE', metric, value))).toBe(sv);
	});

	it.each<{ metric: MetricId; value: number; text: string }>([
		{ metric: 'impressions', value: 60_000, text: '60k' },
		{ metric: 'impressions', value: 1_500_000, text: '1.5m' },
		{ metric: 'save_rate', value: 0.025, text: '2.5%' },
		{ metric: 'avg_watch_seconds', value: 2.5, text: '2.5s' }
	])('writes $value $metric short on an axis', ({ metric, value, text }) => {
		expect(formatTick('en-GB', metric, value)).toBe(text);
	});

	it('writes out a stretch of days in full', () => {
		const range = { from: '2026-04-03', to: '2026-05-05' };
		expect(formatLongRange('en-GB', range)).toBe('3 April 2026 – 5 May 2026');
		expect(formatLongRange('sv-SE', range)).toBe('3 april 2026 – 5 maj 2026');
		expect(formatLongRange('en-GB', { ...range, to: range.from })).toBe('3 April 2026');
	});

	it.each([
		{ share: 0, text: '0%' },
		{ share: 0.0001, text: '<1%' },
		{ share: 0.7, text: '70%' },
		{ share: 1, text: '100%' }
	])('writes a share of $share', ({ share, text }) => {
		expect(formatShare('en-GB', share)).toBe(text);
	});

	it.each([
		{ from: '2026-10-25', to: '2026-11-23', text: '25 Oct – 23 Nov 2026' },
		{ from: '2025-12-25', to: '2026-01-23', text: '25 Dec 2025 – 23 Jan 2026' },
		{ from: '2026-11-23', to: '2026-11-23', text: '23 Nov 2026' }
	])('writes the range $text', ({ from, to, text }) => {
		expect(formatRange('en-GB', { from, to })).toBe(text);
	});

	it.each([
		{ grain: 'day', text: 'Mon, 23 Nov 2026' },
		{ grain: 'week', text: '23 Nov – 29 Nov 2026' },
		{ grain: 'month', text: 'Nov 2026' }
	] as const)('writes a $grain', ({ grain, text }) => {
		expect(formatBucket('en-GB', '2026-11-23', grain)).toBe(text);
	});

	it("writes a day as that date, whatever the machine's zone", () => {
		expect(formatDay('en-GB', '2026-01-01')).toBe('1 Jan 2026');
	});

	it.each([
		{ bytes: 0, text: '0 bytes' },
		{ bytes: 999, text: '999 bytes' },
		{ bytes: 17_400_000, text: '17.4 MB' },
		{ bytes: 1_480_000_000, text: '1.5 GB' }
	])('writes $bytes bytes', ({ bytes, text }) => {
		expect(formatBytes('en-GB', bytes)).toBe(text);
	});

	it('writes counts and waiting times', () => {
		expect(formatCount('en-GB', 18_204)).toBe('18,204');
		expect(formatSeconds('en-GB', 2.1)).toBe('3 seconds');
		expect(formatSeconds('en-GB', 200)).toBe('4 minutes');
	});
});
