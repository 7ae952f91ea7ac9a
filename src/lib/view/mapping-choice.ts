import { FACT_METRIC_IDS, type FactMetric } from '../model/fact-metric';
import {
	COLUMN_ROLES,
	type Decimal,
	type Mapping,
	type TableKind,
	type TablePreview
} from '../model/mapping';

/** The choices of the mapping dialogue. */

export type ColumnRole = (typeof COLUMN_ROLES)[TableKind][number];

/** What roles are grouped by: what a row is about, its days, names and other details, and what it measures. */
export const ROLE_GROUPS = ['about', 'days', 'details', 'metrics'] as const;
export type RoleGroup = (typeof ROLE_GROUPS)[number];

const GROUP_OF_ROLE: Readonly<Record<Exclude<ColumnRole, FactMetric>, RoleGroup>> = {
	event: 'about',
	pin_id: 'about',
	board: 'about',
	campaign: 'about',
	campaign_id: 'about',
	ad_group: 'about',
	ad_group_id: 'about',
	ad: 'about',
	ad_id: 'about',
	profile: 'about',
	user_id: 'about',
	content_type: 'about',
	source: 'about',
	device: 'about',
	account: 'about',
	format: 'about',
	timestamp: 'days',
	date: 'days',
	start_date: 'days',
	end_date: 'days',
	week: 'days',
	month: 'days',
	fetched_at: 'days',
	pin_title: 'details',
	link: 'details',
	image_url: 'details',
	created_at: 'details',
	currency: 'details',
	status: 'details',
	count: 'metrics',
	watch_seconds: 'metrics',
	view_percent: 'metrics',
	played_percent: 'metrics'
};

export function isFactMetric(role: string): role is FactMetric {
	return (FACT_METRIC_IDS as readonly string[]).includes(role);
}

function groupOf(role: ColumnRole): RoleGroup {
	return isFactMetric(role) ? 'metrics' : GROUP_OF_ROLE[role];
}

/** The roles that columns of a table can have, in groups; each role once. */
export function rolesByGroup(
	kind: TableKind
): readonly { readonly group: RoleGroup; readonly roles: readonly ColumnRole[] }[] {
	const roles: readonly ColumnRole[] = COLUMN_ROLES[kind];
	return ROLE_GROUPS.map((group) => ({ group, roles: roles.filter((role) => groupOf(role) === group) }));
}

/** The mapping with another role for one column. */
export function withRole(mapping: Mapping, column: number, role: string): Mapping {
	return { ...mapping, roles: mapping.roles.map((own, i) => (i === column ? role : own)) };
}

/** The mapping for another kind of table: roles and settings that both kinds have stay. */
export function withKind({ roles }: Mapping, kind: TableKind): Mapping {
	const known: readonly string[] = COLUMN_ROLES[kind];
	return { kind, roles: roles.map((role) => (known.includes(role) ? role : '')) };
}

/** The mapping with a decimal sign; '' leaves it to the file. */
export function withDecimal(mapping: Mapping, decimal: Decimal | ''): Mapping {
	if (decimal !== '') return { ...mapping, decimal };
	const others: { -readonly [Key in keyof Mapping]: Mapping[Key] } = { ...mapping };
	delete others.decimal;
	return others;
}

/** Whether the dates of a table can be read in two ways, and nothing says which is meant. */
export function isDateOrderOpen({ dateReadings }: TablePreview, mapping: Mapping): boolean {
	return dateReadings.length > 1 && !dateReadings.some(({ order }) => order === mapping.dateOrder);
}

/** Whether a table can be imported as its columns are named. */
export function canImport(preview: TablePreview, mapping: Mapping): boolean {
	return preview.missing.length === 0 && preview.twice.length === 0 && !isDateOrderOpen(preview, mapping);
}

/** Time zones offered for stamps without an offset, each once; the first is the one that holds unless another is chosen. */
export function zonesOffered({ zone }: Mapping, browserZone: string): readonly string[] {
	return [...new Set(['UTC', browserZone, ...(zone === undefined ? [] : [zone])])];
}
