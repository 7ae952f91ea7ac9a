import { m } from '$lib/i18n/generated/messages.js';
import type { FactMetric } from '$lib/model/fact-metric';
import { isFactMetric, type ColumnRole, type RoleGroup } from '$lib/view/mapping-choice';
import { METRIC_LABELS } from '../labels';

const ROLE_LABELS: Readonly<Record<Exclude<ColumnRole, FactMetric>, () => string>> = {
	event: m.role_event,
	timestamp: m.role_timestamp,
	date: m.role_date,
	start_date: m.role_start_date,
	end_date: m.role_end_date,
	week: m.week,
	month: m.month,
	fetched_at: m.role_fetched_at,
	pin_id: m.role_pin_id,
	pin_title: m.role_pin_title,
	board: m.board,
	link: m.link,
	image_url: m.role_image_url,
	created_at: m.role_created_at,
	campaign: m.role_campaign,
	campaign_id: m.role_campaign_id,
	ad_group: m.role_ad_group,
	ad_group_id: m.role_ad_group_id,
	ad: m.role_ad,
	ad_id: m.role_ad_id,
	profile: m.role_profile,
	user_id: m.role_user_id,
	content_type: m.content_type,
	source: m.source,
	device: m.device,
	account: m.account,
	format: m.format,
	currency: m.role_currency,
	status: m.role_status,
	count: m.role_count,
	watch_seconds: m.role_watch_seconds,
	view_percent: m.role_view_percent,
	played_percent: m.role_played_percent
};

const FACT_METRIC_LABELS: Readonly<Record<FactMetric, () => string>> = {
	...METRIC_LABELS,
	watch_ms: METRIC_LABELS.total_watch_minutes
};

export const ROLE_GROUP_LABELS: Readonly<Record<RoleGroup, () => string>> = {
	about: m.map_group_about,
	days: m.map_group_days,
	details: m.map_group_details,
	metrics: m.map_group_metrics
};

/** What a column's role is called where it is chosen. */
export function roleLabel(role: string): string {
	if (role === '') return m.map_leave_out();
	return role === 'watch_ms' ? m.role_watch_ms() : readLabel(role);
}

/** What a role is called in the list of how columns were read. */
export function readLabel(role: string): string {
	if (isFactMetric(role)) return FACT_METRIC_LABELS[role]();
	return role in ROLE_LABELS ? ROLE_LABELS[role as keyof typeof ROLE_LABELS]() : role;
}
