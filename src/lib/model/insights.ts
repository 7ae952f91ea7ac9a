import type { DamagedPart } from './answer';
import type { Day } from './calendar';
import { compareText } from './text-order';

/** Audience insights: what a platform says of the people behind an audience, as it stood on a day. */

export const AUDIENCES_OF_INSIGHTS = ['total', 'engaged', 'pinterest'] as const;
/** All who saw something of the account, those who engaged, or everybody on the platform. */
export type InsightsAudience = (typeof AUDIENCES_OF_INSIGHTS)[number];

export const INSIGHTS_SECTIONS = ['interest', 'gender', 'age', 'country', 'metro', 'device'] as const;
export type InsightsSection = (typeof INSIGHTS_SECTIONS)[number];

export interface InsightsRow {
	readonly section: InsightsSection;
	/** As the file writes it, in the user's language. */
	readonly name: string;
	/** Of an interest: the category that it stands under; '' for a category itself, and in other sections. */
	readonly category: string;
	/** A fraction; shares of a section may exceed 1 in sum. */
	readonly share: number;
	/** How much likelier than on the whole platform, of interests; null where the file does not say. */
	readonly affinity: number | null;
}

/** One audience on one day. */
export interface InsightsSnapshot {
	readonly audience: InsightsAudience;
	readonly day: Day;
	/** How many people; null where the file does not say. */
	readonly size: number | null;
	/** Whether the size is an upper bound ("up to"). */
	readonly isUpTo: boolean;
	readonly rows: readonly InsightsRow[];
}

/** Which snapshot is meant: of an audience and day there is one. */
export type SnapshotKey = Pick<InsightsSnapshot, 'audience' | 'day'>;

/** The snapshots that are stored, as `newestSnapshots` has them, and the imports of which some cannot be read. */
export interface InsightsAnswer {
	readonly snapshots: readonly InsightsSnapshot[];
	readonly damaged: readonly DamagedPart[];
}

/** Whether a snapshot is the one that is meant. */
export function isSnapshot(snapshot: SnapshotKey, { audience, day }: SnapshotKey): boolean {
	return snapshot.audience === audience && snapshot.day === day;
}

/** Of snapshots of one audience and day the one imported last; by day, then in the order of AUDIENCES_OF_INSIGHTS. */
export function newestSnapshots(inOrderOfImport: readonly InsightsSnapshot[]): InsightsSnapshot[] {
	const newest = new Map(
		inOrderOfImport.map((snapshot) => [`${snapshot.day} ${snapshot.audience}`, snapshot])
	);
	const place = ({ audience }: InsightsSnapshot) => AUDIENCES_OF_INSIGHTS.indexOf(audience);
	return [...newest.values()].sort((a, b) => compareText(a.day, b.day) || place(a) - place(b));
}
