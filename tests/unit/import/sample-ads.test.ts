import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/lib/columns/fact-columns';
import { generateEventFile } from '../../../src/lib/import/sample';
import { generateAdsReport } from '../../../src/lib/import/sample-ads';
import { adsLabel } from '../../../src/lib/model/reported';
import { contentsOf } from '../../support/reported-file';

const OPTIONS = { seed: 1, pins: 60, days: 400, lastDay: '2026-09-30' };

describe('generateAdsReport', () => {
	it('is a report on ads that is read whole, of the days and Pins of the event file', async () => {
		const { facts, accepted, rejected, covered } = await contentsOf(generateAdsReport(OPTIONS));
		expect(accepted).toBeGreaterThan(OPTIONS.days);
		expect(rejected).toBe(0);
		expect([covered[0]?.from, covered.at(-1)?.to]).toEqual(['2025-08-27', '2026-09-30']);
		const all = [...factsOf(facts)];
		const events = Buffer.concat([...generateEventFile({ ...OPTIONS, events: 20_000 })]).toString();
		const pins = new Set(all.map(({ subject }) => (subject.kind === 'pin' ? subject.id : '')));
		expect(pins.size).toBeGreaterThan(2);
		for (const pin of pins) expect(events).toContain(`,${pin},`);
		expect(new Set(all.map(({ ads }) => adsLabel(ads.campaign))).size).toBe(3);
		expect(new Set(all.map(({ metric }) => metric))).toEqual(
			new Set(['spend', 'impressions', 'link_clicks', 'checkouts', 'order_value'])
		);
		expect(all.every(({ value, filters }) => value >= 0 && filters.content_type?.[0] === 'paid')).toBe(true);
	});

	it('is the same for the same options', () => {
		expect(generateAdsReport(OPTIONS)).toBe(generateAdsReport(OPTIONS));
		expect(generateAdsReport({ ...OPTIONS, seed: 2 })).not.toBe(generateAdsReport(OPTIONS));
	});
});
