import { FACT_METRICS, MICROS_PER_UNIT, additionOf, type FactMetric } from '../../model/fact-metric';
import type { ColumnReport } from '../../model/import-report';
import type { DateOrder, DateReading, Decimal, Mapping } from '../../model/mapping';
import { nameKey } from '../../model/metric-names';
import type { DaySpan } from '../../model/reported';
import { dimensionNamed } from '../reported/filter-names';
import { meaningOf, type ColumnMeaning, type ColumnRole, type MetricColumn } from './column-names';
import { spanNamedIn, type DateOrders } from './conventions';
import { holdsEvents } from './guess-events';
import type { ColumnProfile, TableProfile } from './profile';
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

/** Where the days of a row stand. */
export type PeriodReading =
	| { readonly kind: 'column'; readonly column: number; readonly unit: 'day' | 'week' | 'month' }
	| { readonly kind: 'columns'; readonly start: number; readonly end: number }
	| { readonly kind: 'whole'; readonly span: DaySpan }
	/** Levels: on the day of the row's own stamp (-1 for none), else of the file. */
	| { readonly kind: 'stamp'; readonly column: number }
	| { readonly kind: 'unknown' };

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
	const columns = context.mapping ? found : settled(found, table, profile, isOfBoards);
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
	const possible = orders.flatMap((each) => [each.possible(hint, table.delimiter)]);
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
		dateReadings:
			settledOrder !== null
				? []
				: (['dmy', 'mdy'] as const).flatMap((order) => {
						const span = spanBy(orders, order);
						return span ? [{ order, ...span }] : [];
					})
	};
}

/** How each column was read, in the words of the mapping dialogue. */
export function columnReports(table: Table, { columns }: TableReading): ColumnReport[] {
	return table.columns.map((name, i) => ({ name, role: roleName(columns[i] ?? null) }));
}

/** The mapping that a reading comes to. */
export function mappingOf(table: Table, reading: TableReading): Mapping {
	return {
		kind: 'figures',
		roles: columnReports(table, reading).map(({ role }) => role),
		decimal: reading.decimal,
		...(reading.dateReadings.length > 0 ? {} : { dateOrder: reading.dateOrder })
	};
}

function roleName(meaning: ColumnMeaning | null): string {
	switch (meaning?.kind) {
		case 'metric':
			return meaning.metric;
		case 'dimension':
			return meaning.dimension;
		case 'role':
			return meaning.role;
		default:
			return '';
	}
}

/** What a column is by the role that somebody gave it; a name that says the same brings its unit with it. */
function mappedMeaning(name: string, role: string): ColumnMeaning | null {
	if (role === '') return null;
	const byName = meaningOf(name);
	if (byName && roleName(byName) === role) return byName;
	if (Object.hasOwn(FACT_METRICS, role)) {
		const metric = role as FactMetric;
		const times = additionOf(metric) === 'money' ? MICROS_PER_UNIT : 1;
		return { kind: 'metric', metric, part: 'both', span: 'period', times, per: 1, isPercent: false };
	}
	const dimension = dimensionNamed(role);
	return dimension ? { kind: 'dimension', dimension } : { kind: 'role', role: role as ColumnRole };
}

/** Columns by their names, put right by what they hold. */
function settled(
	found: readonly (ColumnMeaning | null)[],
	table: Table,
	{ columns: profiles }: TableProfile,
	isOfBoards: boolean
): (ColumnMeaning | null)[] {
	const columns = found.map((meaning, i): ColumnMeaning | null => {
		const profile = profiles[i];
		if (!profile || profile.filled === 0) return meaning;
		return byContent(meaning, table.columns[i] as string, profile, isOfBoards);
	});
	if (!columns.some((own) => own?.kind === 'role' && own.role === 'pin_id'))
		markBareIds(columns, table, profiles);
	if (!columns.some(isPeriodColumn)) markLoneDates(columns, profiles);
	nameLevelsOfAds(columns, profiles);
	keepOne(columns, profiles);
	clickthroughBesideClicks(columns, table);
	return columns;
}

function byContent(
	meaning: ColumnMeaning | null,
	name: string,
	profile: ColumnProfile,
	isOfBoards: boolean
): ColumnMeaning | null {
	const isMost = (count: number) => count > profile.filled / 2;
	if (meaning?.kind === 'role' && (meaning.role === 'pin_id' || meaning.role === 'link')) {
		if (isMost(profile.pinAddresses)) return { kind: 'role', role: 'pin_id' };
		if (meaning.role === 'link') return meaning;
		if (isMost(profile.longIds) || profile.longIds + profile.pinAddresses > 0) return meaning;
		if (/link|url|address/i.test(name)) return { kind: 'role', role: 'link' };
		// `Pins` counts Pins; `Pin ID` names one, however short.
		return /pin\s*s?$/i.test(name) && !/id/i.test(name) ? null : meaning;
	}
	if (meaning?.kind === 'dimension')
		return profile.knownValues < profile.filled && meaning.dimension === 'source'
			? null
			: profile.knownValues === 0
				? null
				: meaning;
	if (isOfBoards && meaning === null) {
		if (nameKey(name) === 'id') return { kind: 'role', role: 'board_id' };
		if (nameKey(name) === 'name') return { kind: 'role', role: 'board' };
	}
	return meaning;
}

/** A bare `id` is a Pin's where its values are such ids and the columns beside it are those of Pins. */
function markBareIds(
	columns: (ColumnMeaning | null)[],
	table: Table,
	profiles: readonly ColumnProfile[]
): void {
	const isOfPins = table.columns.some((name) =>
		/^(?:title|link|boardid|creativetype|media.*|pinmetric.*|isowner|parentpinid|pintitle)$/.test(
			nameKey(name)
		)
	);
	table.columns.forEach((name, i) => {
		const profile = profiles[i];
		if (nameKey(name) !== 'id' || columns[i] || !profile || !isOfPins) return;
		if (profile.longIds > profile.filled / 2) columns[i] = { kind: 'role', role: 'pin_id' };
	});
}

/** Of tables without a named column of days: the one column that holds nothing but days. */
function markLoneDates(columns: (ColumnMeaning | null)[], profiles: readonly ColumnProfile[]): void {
	const lone = columns.flatMap((own, i) => {
		const profile = profiles[i];
		return own === null && profile && profile.filled > 0 && profile.days === profile.filled ? [i] : [];
	});
	if (
		lone.length === 1 &&
		!columns.some((own) => own?.kind === 'role' && (own.role === 'created_at' || own.role === 'fetched_at'))
	)
		columns[lone[0] as number] = { kind: 'role', role: 'date' };
}

/** Of two columns for a campaign, ad group or ad the one of digits alone holds ids. */
function nameLevelsOfAds(columns: (ColumnMeaning | null)[], profiles: readonly ColumnProfile[]): void {
	for (const role of ['campaign', 'ad_group', 'ad'] as const) {
		columns.forEach((own, i) => {
			const profile = profiles[i];
			if (own?.kind !== 'role' || own.role !== role || !profile) return;
			if (profile.filled > 0 && profile.digitsOnly === profile.filled)
				columns[i] = { kind: 'role', role: `${role}_id` };
		});
	}
}

/** Of columns that say the same the best is kept: ids before addresses, then the one with more in it, then the first. */
function keepOne(columns: (ColumnMeaning | null)[], profiles: readonly ColumnProfile[]): void {
	const isPeriod = new Set<ColumnRole>(['date', 'start_date', 'end_date', 'week', 'month']);
	const best = new Map<ColumnRole, number>();
	columns.forEach((own, i) => {
		if (own?.kind !== 'role' || isPeriod.has(own.role)) return;
		const other = best.get(own.role);
		if (other === undefined) return void best.set(own.role, i);
		const worth = (column: number) => (profiles[column]?.longIds ?? 0) * 2 + (profiles[column]?.filled ?? 0);
		const isBetter = worth(i) > worth(other);
		columns[isBetter ? other : i] = null;
		if (isBetter) best.set(own.role, i);
	});
}

/** Beside a Pin click, `clickthrough` is the outbound click. */
function clickthroughBesideClicks(columns: (ColumnMeaning | null)[], table: Table): void {
	const spanKey = (own: MetricColumn) => JSON.stringify(own.span);
	const isClickthrough = (i: number) =>
		/clickthrough$/.test(nameKey(table.columns[i] as string).replace(/\d$/, ''));
	columns.forEach((own, i) => {
		if (own?.kind !== 'metric' || own.metric !== 'closeups' || !isClickthrough(i)) return;
		const beside = columns.some(
			(other, j) =>
				j !== i &&
				other?.kind === 'metric' &&
				other.metric === 'closeups' &&
				!isClickthrough(j) &&
				spanKey(other) === spanKey(own)
		);
		if (!beside) return;
		const hasOutbound = columns.some(
			(other) => other?.kind === 'metric' && other.metric === 'link_clicks' && spanKey(other) === spanKey(own)
		);
		columns[i] = hasOutbound ? null : { ...own, metric: 'link_clicks' };
	});
}

function isPeriodColumn(own: ColumnMeaning | null): boolean {
	return own?.kind === 'role' && ['date', 'start_date', 'week', 'month'].includes(own.role);
}

/** Lists of boards name them, and count what is on them. */
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

function periodOf(
	roleAt: (role: ColumnRole) => number,
	isAds: boolean,
	table: Table,
	hint: DaySpan | null,
	days: DaySpan | null
): PeriodReading {
	const start = roleAt('start_date');
	const end = roleAt('end_date');
	// Beside a campaign they are the campaign's days.
	const arePeriod = start >= 0 && end >= 0 && !(isAds && roleAt('campaign') + roleAt('campaign_id') > -2);
	for (const unit of ['date', 'week', 'month'] as const) {
		const column = roleAt(unit);
		if (column >= 0) return { kind: 'column', column, unit: unit === 'date' ? 'day' : unit };
	}
	if (arePeriod) return { kind: 'columns', start, end };
	if (table.isLevels) return { kind: 'stamp', column: roleAt('fetched_at') };
	const isOfPins = roleAt('pin_id') >= 0;
	if (isOfPins && (roleAt('fetched_at') >= 0 || roleAt('created_at') >= 0))
		return { kind: 'stamp', column: roleAt('fetched_at') };
	const span = days ?? hint;
	return span ? { kind: 'whole', span } : { kind: 'unknown' };
}

/** The days that stand above a table, beside it, or in the file's name. */
function rangeOf(table: Table, file: string): DaySpan | null {
	for (const line of table.preamble) {
		const span = spanNamedIn(line);
		if (span) return span;
	}
	return spanNamedIn(file.replace(/\.[a-z0-9]{2,8}$/i, '').replace(/^.*[›/]/, ''));
}

function ordersOf(
	columns: readonly (ColumnMeaning | null)[],
	{ columns: profiles }: TableProfile
): DateOrders[] {
	const dated = new Set<ColumnRole>(['date', 'start_date', 'end_date', 'week', 'month']);
	return columns.flatMap((own, i) =>
		own?.kind === 'role' && dated.has(own.role) && profiles[i] ? [profiles[i].orders] : []
	);
}

/** The one order that all columns of days allow; null where several do. A file whose dates allow none is read as d.m.y. */
function commonOrder(possible: readonly (readonly DateOrder[])[]): DateOrder | null {
	const open = possible.filter((orders) => !orders.includes('ymd'));
	if (open.length === 0) return 'ymd';
	const common = (['dmy', 'mdy'] as const).filter((order) => open.every((orders) => orders.includes(order)));
	return common.length === 1 ? (common[0] as DateOrder) : null;
}

function spanBy(orders: readonly DateOrders[], order: DateOrder): DaySpan | null {
	return orders.map((each) => each.spanBy(order)).find((span) => span !== null) ?? null;
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
