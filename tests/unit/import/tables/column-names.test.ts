import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../../src/lib/import/tables/column-names';

/** A column's meaning in a few words. */
function said(name: string): string | null {
	const meaning = meaningOf(name);
	switch (meaning?.kind) {
		case 'metric': {
			const { metric, part, span, times, per, isPercent } = meaning;
			const words = [
				metric,
				...(part === 'both' ? [] : [part]),
				...(span === 'period' ? [] : [typeof span === 'object' ? `${span.windowDays} days` : span]),
				...(times === per ? [] : [`× ${times / per}`]),
				...(isPercent ? ['%'] : [])
			];
			return words.join(' ');
		}
		case 'role':
			return `: ${meaning.role}`;
		case 'dimension':
			return `by ${meaning.dimension}`;
		case 'status_of':
			return `status of ${meaning.metric}`;
		default:
			return null;
	}
}

describe('a name of a column', () => {
	it.each([
		['Pin clicks', 'closeups'],
		['PIN_CLICK', 'closeups'],
		['PinClick', 'closeups'],
		['pin_click', 'closeups'],
		['Pinterest: Pin Click', 'closeups'],
		['Pin-klick', 'closeups'],
		['Outbound Clicks', 'link_clicks'],
		['repins', 'saves'],
		['Engagement', 'engagements'],
		['TOTAL_ENGAGEMENT', 'engagements'],
		['Total audience', 'total_audience'],
		['reach', 'total_audience'],
		['monthly viewers', 'total_audience'],
		['VIDEO_MRC_VIEW', 'video_views'],
		['videoMrcView', 'video_views'],
		['VIDEO_10S_VIEW', 'views_10s'],
		['views_10s', 'views_10s'],
		['QUARTILE_95_PERCENT_VIEW', 'views_95'],
		['Played to 95%', 'views_95'],
		['VIDEO_START', 'video_plays'],
		['VIDEO_V50_WATCH_TIME', 'watch_ms'],
		['Total watch time (minutes)', 'watch_ms × 60000'],
		['VIDEO_AVG_WATCH_TIME', 'avg_watch_seconds × 0.001'],
		['Follows', 'follows'],
		['Followers', 'followers'],
		['Visningar', 'impressions'],
		['Impressionen', 'impressions'],
		['Engagement rate (%)', 'engagement_rate %'],
		['IMPRESSION_1', 'impressions paid'],
		['Earned impressions', 'impressions earned'],
		['PAID_IMPRESSION', 'impressions paid'],
		['TOTAL_IMPRESSION', 'impressions'],
		['SPEND_IN_MICRO_DOLLAR', 'spend'],
		['Spend in account currency', 'spend × 1000000'],
		['Total conversions (Checkout)', 'checkouts'],
		['Total conversions (Page visit)', 'page_visits'],
		['Total conversions (Add to cart)', 'add_to_carts'],
		['Total order value (Checkout)', 'order_value × 1000000'],
		['lifetime_impressions', 'impressions lifetime'],
		['lifetime_metrics.SAVE', 'saves lifetime'],
		['pin_metrics.90d.save', 'saves 90 days'],
		['impressions_90d', 'impressions 90 days'],
		['metrics.IMPRESSION', 'impressions'],
		['data_status.IMPRESSION', 'status of impressions'],
		['board.follower_count', null],
		['Clicks', null],
		['constructor', null],
		['__proto__', null],
		['', null]
	])('%j is %s', (name, meaning) => {
		expect(said(name)).toBe(meaning);
	});

	it.each([
		['Date', ': date'],
		['Report date', ': date'],
		['DATUM', ': date'],
		['Start date', ': start_date'],
		['date_end', ': end_date'],
		['Week', ': week'],
		['Månad', ': month'],
		['Organic pin ID', ': pin_id'],
		['pinId', ': pin_id'],
		['Pin URL', ': pin_id'],
		['Pin title', ': pin_title'],
		['Board name', ': board'],
		['campaign_id', ': campaign_id'],
		['Ad group name', ': ad_group'],
		['_fivetran_synced', ': fetched_at'],
		['_airbyte_extracted_at', ': fetched_at'],
		['captured_at', ': fetched_at'],
		['Data status', ': status'],
		['Currency', ': currency'],
		['Profile', ': profile'],
		['Device', 'by device'],
		['Content type', 'by content_type'],
		['Note', null]
	])('%j is %s', (name, meaning) => {
		expect(said(name)).toBe(meaning);
	});
});
