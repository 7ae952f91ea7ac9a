import type { InsightsRow, InsightsSection, InsightsSnapshot } from '../model/insights';
import { compareText } from '../model/text-order';
import type { RowKey } from './audience-address';
import type { ShownSnapshots } from './audience-snapshots';

/** The rows of the snapshots that are shown: by section, and interests by category. */

/** A row of the snapshot that is shown, of the one that it is compared with, or of both. */
export interface AudienceRow extends RowKey {
	/** A fraction; null where the snapshot does not have the row. */
	readonly share: number | null;
	readonly againstShare: number | null;
	/** The first less the second; null where either is missing. */
	readonly change: number | null;
	/** Null where it is not known. */
	readonly affinity: number | null;
	readonly againstAffinity: number | null;
}

/** A text that is the same for the same row, and for no other. */
export function rowText({ section, category, name }: RowKey): string {
	return JSON.stringify([section, category, name]);
}

/** The rows of a section in the order of the file, those of the comparison alone last. */
function rowsOf(
	section: InsightsSection,
	{ shown, against }: Pick<ShownSnapshots, 'shown' | 'against'>
): readonly AudienceRow[] {
	const own = rowsByText(section, shown);
	const others = rowsByText(section, against);
	return [...new Set([...own.keys(), ...others.keys()])].map((text) => {
		const row = own.get(text);
		const other = others.get(text);
		const { category, name } = (row ?? other) as InsightsRow;
		return {
			...{ section, category, name },
			share: row?.share ?? null,
			againstShare: other?.share ?? null,
			change: row && other ? difference(row.share, other.share) : null,
			affinity: row?.affinity ?? null,
			againstAffinity: other?.affinity ?? null
		};
	});
}

function rowsByText(section: InsightsSection, snapshot: InsightsSnapshot | null): Map<string, InsightsRow> {
	const rows = new Map<string, InsightsRow>();
	for (const row of snapshot?.rows ?? []) {
		// A category that is repeated with its interests counts once.
		if (row.section === section && !rows.has(rowText(row))) rows.set(rowText(row), row);
	}
	return rows;
}

/** The difference of two shares, without the rounding errors of binary fractions. */
function difference(a: number, b: number): number {
	const exact = Number((a - b).toFixed(12));
	return exact === 0 ? 0 : exact; // never -0
}

/** A section other than interests: its rows, and what its bars are drawn by. */
export interface AudienceSection {
	readonly section: InsightsSection;
	readonly rows: readonly AudienceRow[];
	readonly largest: number;
	/** The sum of its shares where it is more than the whole, since one person counts in several; else null. */
	readonly sum: number | null;
}

const SECTIONS_WITH_BARS = ['age', 'gender', 'country', 'metro', 'device'] as const;
/** Rounded shares of a whole can come to this much more. */
const ROUNDING = 0.005;

/** The sections that have any row, but for interests. */
export function sectionsOf(shown: Pick<ShownSnapshots, 'shown' | 'against'>): readonly AudienceSection[] {
	return SECTIONS_WITH_BARS.flatMap((section) => {
		const rows = rowsOf(section, shown);
		if (rows.length === 0) return [];
		const ordered = section === 'age' ? [...rows].sort((a, b) => firstYear(a) - firstYear(b)) : rows;
		const sum = rows.reduce((total, { share }) => total + (share ?? 0), 0);
		return [{ section, rows: ordered, largest: largestOf(rows), sum: sum > 1 + ROUNDING ? sum : null }];
	});
}

/** The age that a group begins with; groups without a number come last. */
function firstYear({ name }: AudienceRow): number {
	const [digits] = /\d+/.exec(name) ?? [];
	return digits === undefined ? Infinity : Number(digits);
}

/** The largest share of some rows, of either snapshot. */
export function largestOf(rows: readonly AudienceRow[]): number {
	return rows.reduce(
		(most, { share, againstShare }) => Math.max(most, share ?? 0, againstShare ?? 0),
		Number.MIN_VALUE
	);
}

/** A category with its interests. */
export interface InterestGroup {
	/** Its own figures are null where no file states them: they cannot be added up from its interests. */
	readonly category: AudienceRow;
	readonly interests: readonly AudienceRow[];
}

/** Categories with their interests, in the order of the file. */
export function interestGroups(shown: Pick<ShownSnapshots, 'shown' | 'against'>): readonly InterestGroup[] {
	const rows = rowsOf('interest', shown);
	const byCategory = new Map<string, { category: AudienceRow; interests: AudienceRow[] }>();
	for (const row of rows) {
		if (row.category === '') byCategory.set(row.name, { category: row, interests: [] });
	}
	for (const row of rows) {
		if (row.category === '') continue;
		let group = byCategory.get(row.category);
		if (!group) byCategory.set(row.category, (group = { category: unstated(row.category), interests: [] }));
		group.interests.push(row);
	}
	return [...byCategory.values()];
}

function unstated(name: string): AudienceRow {
	return {
		...{ section: 'interest', category: '', name },
		...{ share: null, againstShare: null, change: null, affinity: null, againstAffinity: null }
	};
}

/** The interests whose name holds some words, in any case; a category that does keeps all of its interests. */
export function groupsWith(groups: readonly InterestGroup[], words: string): readonly InterestGroup[] {
	const wanted = words.trim().toLowerCase();
	if (wanted === '') return groups;
	const holds = ({ name }: AudienceRow) => name.toLowerCase().includes(wanted);
	return groups.flatMap(({ category, interests }) => {
		if (holds(category)) return [{ category, interests }];
		const found = interests.filter(holds);
		return found.length === 0 ? [] : [{ category, interests: found }];
	});
}

/** What interests can be ordered by. */
export type InterestSort = 'share' | 'affinity' | 'change';

/** Categories in order, and the interests in each; rows without the figure are last, ties are by name. */
export function sortedGroups(
	groups: readonly InterestGroup[],
	by: InterestSort,
	isAscending: boolean
): readonly InterestGroup[] {
	const least = isAscending ? Infinity : -Infinity;
	const compare = (a: AudienceRow, b: AudienceRow) => {
		const [x, y] = [a[by] ?? least, b[by] ?? least];
		if (x === y) return compareText(a.name, b.name);
		return isAscending ? x - y : y - x;
	};
	return groups
		.map(({ category, interests }) => ({ category, interests: [...interests].sort(compare) }))
		.sort((a, b) => compare(a.category, b.category));
}
