import { m } from '$lib/i18n/generated/messages.js';
import type { ReportName } from '$lib/model/import-report';
import type { Contents } from '$lib/view/contents';

/** Whose report a file holds. */
export const REPORT_LABELS: Readonly<Record<ReportName, () => string>> = {
	overview_export: m.report_overview_export,
	api_account: m.report_api_account,
	api_top_pins: m.report_api_top_pins,
	api_pin: m.report_api_pin,
	ads_report: m.report_ads_report,
	mapped_table: m.report_mapped_table,
	table: m.report_table,
	audience_insights: m.report_audience_insights,
	label_list: m.holds_labels,
	pins_archive: m.report_pins_archive
};

/** What a file holds. */
export const CONTENTS_LABELS: Readonly<Record<Contents, () => string>> = {
	events: m.report_events,
	daily_figures: m.holds_daily_figures,
	figures_of_pins: m.holds_figures_of_pins,
	figures_of_ads: m.holds_figures_of_ads,
	figures: m.holds_figures,
	totals: m.holds_totals,
	insights: m.report_audience_insights,
	names: m.holds_names,
	labels: m.holds_labels
};
