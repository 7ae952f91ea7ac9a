import { nameKey } from '../../model/metric-names';
import type { ColumnMeaning, ColumnRole, MetricColumn } from './column-names';
import type { ColumnProfile, TableProfile } from './profile';
import type { Table } from './table';

/** Columns by their names, corrected by what they hold. */
export function settledColumns(
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

/** A column for campaigns, ad groups or ads that holds nothing but digits is one of their ids. */
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

/** Of columns with the same role the best is kept: ids before addresses, then the one with more cells, then the first. */
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
