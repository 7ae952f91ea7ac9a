import type { ColumnReport, FileKind, ReportName } from '../model/import-report';

/** What a file holds, as it is named to the user. */
export type Contents =
	| 'events'
	| 'daily_figures'
	| 'figures_of_pins'
	| 'figures_of_ads'
	| 'figures'
	| 'totals'
	| 'insights'
	| 'names'
	| 'labels';

const BY_KIND: Readonly<Record<Exclude<FileKind, 'figures'>, Contents>> = {
	events: 'events',
	levels: 'totals',
	insights: 'insights',
	directory: 'names',
	labels: 'labels'
};
const BY_REPORT: Readonly<Partial<Record<ReportName, Contents>>> = {
	overview_export: 'daily_figures',
	api_account: 'daily_figures',
	api_top_pins: 'figures_of_pins',
	api_pin: 'figures_of_pins',
	ads_report: 'figures_of_ads'
};
const ADS_ROLES = ['campaign', 'campaign_id', 'ad_group', 'ad_group_id', 'ad', 'ad_id'];

/**
 * Names what a file holds, as exactly as is known.
 * @param name whose report it is; null for events
 * @param columns how its columns were read; none where that is not known (any more)
 */
export function contentsOf(
	kind: FileKind,
	name: ReportName | null,
	columns: readonly ColumnReport[] = []
): Contents {
	if (kind !== 'figures') return BY_KIND[kind];
	const roles = new Set(columns.map(({ role }) => role));
	const known = name === null ? undefined : BY_REPORT[name];
	if (known) return known;
	if (ADS_ROLES.some((role) => roles.has(role))) return 'figures_of_ads';
	if (roles.has('pin_id')) return 'figures_of_pins';
	return roles.has('date') ? 'daily_figures' : 'figures';
}

/** Reports whose name says nothing that their contents do not. */
const SAID_BY_CONTENTS: readonly ReportName[] = ['ads_report', 'audience_insights', 'label_list'];

/** Whether the report's own name is shown besides what it holds. */
export function namesReport(name: ReportName): boolean {
	return !SAID_BY_CONTENTS.includes(name);
}
