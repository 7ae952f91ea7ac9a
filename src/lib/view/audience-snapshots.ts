import { dayNumber, type Day } from '../model/calendar';
import { AUDIENCES_OF_INSIGHTS, type InsightsAudience, type InsightsSnapshot } from '../model/insights';
import type { AudienceView, SnapshotChoice } from './audience-address';

/** Which of the stored snapshots the Audience page shows. All take them as `newestSnapshots` orders them. */

/** The audiences that any snapshot is of. */
export function audiencesIn(snapshots: readonly InsightsSnapshot[]): readonly InsightsAudience[] {
	return AUDIENCES_OF_INSIGHTS.filter((each) => snapshots.some(({ audience }) => audience === each));
}

/** The snapshots of an audience, by day. */
export function snapshotsOf(
	snapshots: readonly InsightsSnapshot[],
	of: InsightsAudience
): readonly InsightsSnapshot[] {
	return snapshots.filter(({ audience }) => audience === of);
}

/** The snapshot of an audience that is nearest to a day, the earlier of two; null where it has none. */
export function nearestSnapshot(
	snapshots: readonly InsightsSnapshot[],
	audience: InsightsAudience,
	day: Day
): InsightsSnapshot | null {
	const daysFrom = (snapshot: InsightsSnapshot) =>
		Math.abs((dayNumber(snapshot.day) ?? 0) - (dayNumber(day) ?? 0));
	return snapshotsOf(snapshots, audience).reduce<InsightsSnapshot | null>(
		(nearest, each) => (nearest === null || daysFrom(each) < daysFrom(nearest) ? each : nearest),
		null
	);
}

/** Which snapshots stand on the page. */
export interface ShownSnapshots {
	readonly shown: InsightsSnapshot;
	/** What it is compared with. */
	readonly against: InsightsSnapshot | null;
	/** What the address names that is not stored: another stands in its place, or none. */
	readonly absent: readonly SnapshotChoice[];
}

/** The snapshots that a view means; null where none is stored. */
export function shownSnapshots(
	snapshots: readonly InsightsSnapshot[],
	view: AudienceView
): ShownSnapshots | null {
	const audiences = audiencesIn(snapshots);
	const asked = view.audience ?? audiences[0];
	const audience = audiences.find((each) => each === asked) ?? audiences[0];
	if (asked === undefined || audience === undefined) return null;
	const newest = snapshotsOf(snapshots, audience).at(-1) as InsightsSnapshot;
	const shown = (view.day !== null && nearestSnapshot(snapshots, audience, view.day)) || newest;
	const absent: SnapshotChoice[] = [];
	if (audience !== asked || (view.day !== null && shown.day !== view.day))
		absent.push({ audience: asked, day: view.day });
	if (view.against === null) return { shown, against: null, absent };
	const against = nearestSnapshot(snapshots, view.against.audience, view.against.day ?? shown.day);
	if (against === null || (view.against.day !== null && against.day !== view.against.day))
		absent.push(view.against);
	return { shown, against, absent };
}

/** The view of another audience, with its snapshot nearest to the day that is shown. */
export function withAudience(
	snapshots: readonly InsightsSnapshot[],
	view: AudienceView,
	shown: InsightsSnapshot,
	audience: InsightsAudience
): AudienceView {
	return { ...view, audience, day: nearestSnapshot(snapshots, audience, shown.day)?.day ?? null };
}

/**
 * What a snapshot is compared with where an audience is chosen for that: of the same audience the snapshot before it, or
 * after it where it is the first; null where there is no other.
 */
export function choiceAgainst(
	snapshots: readonly InsightsSnapshot[],
	shown: InsightsSnapshot,
	audience: InsightsAudience
): SnapshotChoice | null {
	if (audience !== shown.audience) return { audience, day: null };
	const own = snapshotsOf(snapshots, audience);
	const place = own.findIndex(({ day }) => day === shown.day);
	const other = own[place - 1] ?? own[place + 1];
	return other ? { audience, day: other.day } : null;
}
