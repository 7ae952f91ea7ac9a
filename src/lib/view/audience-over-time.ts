import type { Day } from '../model/calendar';
import type { InsightsAudience, InsightsRow, InsightsSnapshot } from '../model/insights';
import { compareText } from '../model/text-order';
import type { RowKey } from './audience-address';
import type { ShareLine } from './audience-lines';
import { rowText } from './audience-rows';
import { snapshotsOf, type ShownSnapshots } from './audience-snapshots';

/** The share of one row over all snapshots. */

/** A row over all snapshots of the audience that is shown, and of another one that it is compared with. */
export function linesOverTime(
	snapshots: readonly InsightsSnapshot[],
	{ shown, against }: Pick<ShownSnapshots, 'shown' | 'against'>,
	row: RowKey
): { readonly lines: readonly ShareLine[]; readonly days: readonly Day[] } {
	const audiences = new Set([shown.audience, against?.audience ?? shown.audience]);
	const lines = [...audiences].map((audience) => lineOf(snapshots, audience, row));
	const days = new Set(lines.flatMap(({ points }) => points.map(({ day }) => day)));
	return { lines, days: [...days].sort(compareText) };
}

/** The row to follow: the one that is chosen where any snapshot of the audience has it, else the largest interest. */
export function followedRow(
	snapshots: readonly InsightsSnapshot[],
	shown: InsightsSnapshot,
	chosen: RowKey | null
): RowKey | null {
	const isThere =
		chosen && lineOf(snapshots, shown.audience, chosen).points.some(({ share }) => share !== null);
	if (isThere) return chosen;
	const interests = shown.rows.filter(({ section }) => section === 'interest');
	return (interests.length > 0 ? interests : shown.rows).reduce<InsightsRow | null>(
		(most, row) => (most === null || row.share > most.share ? row : most),
		null
	);
}

function lineOf(snapshots: readonly InsightsSnapshot[], audience: InsightsAudience, row: RowKey): ShareLine {
	const text = rowText(row);
	const points = snapshotsOf(snapshots, audience).map(({ day, rows }) => ({
		day,
		share: rows.find((each) => rowText(each) === text)?.share ?? null
	}));
	return { audience, points };
}
