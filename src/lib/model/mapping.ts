import { NATIVE_DIMENSIONS, EVENT_COLUMNS } from './event';
import type { Rejection } from './problem';
import type { DaySpan } from './reported';
import { FACT_METRIC_IDS } from './fact-metric';

/** What the columns of a table with unknown headers stand for, as somebody decided it. */

/** What a row is: an event, or the figures of a day (and Pin). */
export const TABLE_KINDS = ['events', 'figures'] as const;
export type TableKind = (typeof TABLE_KINDS)[number];

/** What a column can be, by the kind of table. '' leaves it out. */
export const COLUMN_ROLES = {
	events: EVENT_COLUMNS,
	figures: [
		'date',
		'start_date',
		'end_date',
		'week',
		'month',
		'pin_id',
		'pin_title',
		'board',
		'link',
		'created_at',
		'campaign',
		'campaign_id',
		'ad_group',
		'ad_group_id',
		'ad',
		'ad_id',
		'profile',
		'currency',
		'status',
		'fetched_at',
		...NATIVE_DIMENSIONS,
		...FACT_METRIC_IDS
	]
} as const satisfies Readonly<Record<TableKind, readonly string[]>>;

/** Order of day, month and year in dates such as 03/04/2026. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
export type Decimal = '.' | ',';

/** What somebody says that the columns of a table are. */
export interface Mapping {
	readonly kind: TableKind;
	/** Per column of the table, its role. */
	readonly roles: readonly string[];
	/** How dates of digits alone are written; settled by the file where it is left out. */
	readonly dateOrder?: DateOrder;
	/** Which sign parts whole numbers from decimals; settled by the file where it is left out. */
	readonly decimal?: Decimal;
	/** Time zone of stamps without an offset, in tables of events; UTC where it is left out. */
	readonly zone?: string;
}

/** A table's first rows, and what a mapping makes of them. */
export interface TablePreview {
	readonly names: readonly string[];
	readonly mapping: Mapping;
	/** Whether the mapping was saved for such a header before. */
	readonly isSaved: boolean;
	/** What stands in the way of an import: roles that are needed, or that two columns have. */
	readonly missing: readonly string[];
	readonly twice: readonly string[];
	readonly rows: readonly PreviewRow[];
	/** The readings of its dates that are possible, with the first and last day that each gives; one where it is settled. */
	readonly dateReadings: readonly DateReading[];
}

export interface DateReading extends DaySpan {
	readonly order: DateOrder;
}

/** A row of a table, and what a mapping makes of it. */
export interface PreviewRow {
	readonly cells: readonly string[];
	/** Of a row of figures: how many it gives. Null for events. */
	readonly figures: number | null;
	readonly rejection: Rejection | null;
}

/** What a mapping lacks, and what it has twice. */
export function mappingFaults({ kind, roles }: Mapping): Pick<TablePreview, 'missing' | 'twice'> {
	const taken = roles.filter((role) => role !== '');
	const needed = kind === 'events' ? ['timestamp', 'event', 'pin_id'] : ['date'];
	const missing = needed.filter((role) => !taken.includes(role));
	const hasMetric = taken.some((role) => (FACT_METRIC_IDS as readonly string[]).includes(role));
	if (kind === 'figures' && !hasMetric) missing.push('metric');
	return { missing, twice: [...new Set(taken.filter((role, i) => taken.indexOf(role) !== i))] };
}
