import { additionOf } from '../../model/fact-metric';
import type { DateOrder, DateReading, Decimal, Mapping } from '../../model/mapping';
import { nameKey } from '../../model/metric-names';
import type { DaySpan } from '../../model/reported';
import { meaningOf, type ColumnMeaning, type ColumnRole } from './column-names';
import { commonOrder, dateReadingsOf, ordersOf } from './common-order';
import { holdsEvents } from './guess-events';
import { mappedMeaning } from './mapped-meaning';
import { periodOf, rangeOf, type PeriodReading } from './period-reading';
import type { TableProfile } from './profile';
import { settledColumns } from './settled-columns';
import type { Table } from './table';

/**
 * How a table is read: what its columns are, which days its rows are of, how it writes dates and numbers, and what is
 * still missing. The same for tables that are read at once and for those that somebody maps: a mapping replaces what was
 * found by names.
 */
export interface TableReading {
	readonly columns: readonly (ColumnMeaning | null)[];
	readonly period: PeriodReading;
	/** Whether its figures are totals as they stood on a day. */
	readonly isLevels: boolean;
	readonly isAds: boolean;
	readonly dateOrder: DateOrder;
	readonly decimal: Decimal;
	/** Columns of rates whose figures are percentages without a sign. */
	readonly percentages: ReadonlySet<number>;
	/** Whether it holds a list of boards rather than of Pins. */
	readonly isOfBoards: boolean;
	readonly lacks: readonly ('days' | 'pin' | 'mapping')[];
	readonly dateReadings: readonly DateReading[];
}

/** What is known of a table beside its cells. */
export interface TableContext {
	/** The file's name. */
	readonly file: string;
	readonly mapping: Mapping | null;
	readonly days: DaySpan | null;
	readonly pinId: string | null;
}

/** How a table is read. */
export function readingOf(table: Table, profile: TableProfile, context: TableContext): TableReading {
	const found = context.mapping
		? table.columns.map((name, i) => mappedMeaning(name, context.mapping?.roles[i] ?? ''))
		: table.columns.map((name) => meaningOf(name));
	const isOfBoards = !context.mapping && isBoardList(table.columns);
	const columns = context.mapping ? found : settledColumns(found, table, profile, isOfBoards);
	// What is counted on a board is no figure of the account.
	if (isOfBoards) columns.forEach((own, i) => own?.kind === 'metric' && (columns[i] = null));
	const roleAt = (role: ColumnRole) => columns.findIndex((own) => own?.kind === 'role' && own.role === role);
	const has = (...roles: ColumnRole[]) => roles.some((role) => roleAt(role) >= 0);
	const metrics = columns.flatMap((own, i) => (own?.kind === 'metric' ? [{ ...own, i }] : []));
	const isAds =
		has('campaign', 'campaign_id', 'ad_group', 'ad_group_id', 'ad', 'ad_id', 'ad_account') ||
		metrics.some(({ part }) => part !== 'both');

	const hint = rangeOf(table, context.file);
	const period = periodOf(roleAt, isAds, table, hint, context.days);
	const isLevels = table.isLevels || period.kind === 'stamp';
	const orders = ordersOf(columns, profile);
	const possible = orders.map((each) => each.possible(hint, table.delimiter));
	const settledOrder = commonOrder(possible);
	const dateOrder = context.mapping?.dateOrder ?? settledOrder;
	const hasDots = orders.some((each) => each.hasDots);
	const decimal = context.mapping?.decimal ?? (hasDots || table.delimiter === ';' ? ',' : '.');
	const lifetime = metrics.filter(({ span }) => span === 'lifetime');
	const needsDays =
		period.kind === 'unknown' &&
		metrics.some(({ span }) => span === 'period') &&
		lifetime.length < metrics.length;
	const isDirectory = has('pin_id') && has('pin_title', 'board', 'board_id', 'link', 'created_at');
	const isOfEvents = !context.mapping && metrics.length === 0 && holdsEvents(table, profile);
	const isDirectoryOnly = metrics.length === 0 && !isOfEvents && (isDirectory || isOfBoards);
	const isTwice = !context.mapping && hasTwins(columns);
	const isUnclear =
		(dateOrder === null && !isDirectoryOnly) ||
		isTwice ||
		(metrics.length === 0 && !isDirectoryOnly) ||
		(!context.mapping && datesAreUnread(columns, profile));
	return {
		columns,
		period,
		isLevels,
		isAds,
		dateOrder: dateOrder ?? 'ymd',
		decimal,
		percentages: percentagesOf(columns, profile),
		isOfBoards,
		lacks: [
			...(isUnclear ? (['mapping'] as const) : []),
			...(needsDays && !isUnclear ? (['days'] as const) : []),
			...(table.lacksPin && context.pinId === null && !has('pin_id') ? (['pin'] as const) : [])
		],
		dateReadings: settledOrder !== null ? [] : dateReadingsOf(orders)
	};
}

/** Whether a table lists boards: it has their ids and names, and counts or dates of what is on them. */
function isBoardList(names: readonly string[]): boolean {
	const keys = new Set(names.map(nameKey));
	return (
		keys.has('id') &&
		keys.has('name') &&
		['pincount', 'followercount', 'collaboratorcount', 'boardpinmodifiedat', 'privacy'].some((key) =>
			keys.has(key)
		)
	);
}

/** Whether two columns are for one metric, or for the days. */
function hasTwins(columns: readonly (ColumnMeaning | null)[]): boolean {
	const seen = new Set<string>();
	return columns.some((own) => {
		if (own === null || own.kind === 'dimension' || own.kind === 'status_of') return false;
		const key = own.kind === 'role' ? own.role : `${own.metric} ${own.part} ${JSON.stringify(own.span)}`;
		const isTwin = seen.has(key);
		seen.add(key);
		return isTwin;
	});
}

/** Whether most cells of the column of days name none. */
function datesAreUnread(
	columns: readonly (ColumnMeaning | null)[],
	{ columns: profiles }: TableProfile
): boolean {
	return columns.some((own, i) => {
		const profile = profiles[i];
		if (own?.kind !== 'role' || own.role !== 'date' || !profile || profile.filled === 0) return false;
		return profile.days + profile.digitsOnly < profile.filled / 2;
	});
}

/** Rates are fractions unless a sign, a name or a figure above 1 says otherwise. */
function percentagesOf(
	columns: readonly (ColumnMeaning | null)[],
	{ columns: profiles }: TableProfile
): Set<number> {
	return new Set(
		columns.flatMap((own, i) => {
			if (own?.kind !== 'metric' || additionOf(own.metric) !== 'ratio' || own.metric === 'avg_watch_seconds')
				return [];
			const profile = profiles[i];
			return own.isPercent || (profile && !profile.hasPercentSign && profile.largest > 1) ? [i] : [];
		})
	);
}
