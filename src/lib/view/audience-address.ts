import { dayNumber, type Day } from '../model/calendar';
import {
	AUDIENCES_OF_INSIGHTS,
	INSIGHTS_SECTIONS,
	type InsightsAudience,
	type InsightsRow,
	type SnapshotKey
} from '../model/insights';

/** The parts of an address that only the Audience page has. */

/** An audience, and its snapshot; without a day the nearest there is. */
export interface SnapshotChoice {
	readonly audience: InsightsAudience;
	readonly day: Day | null;
}

/** A row of a snapshot, wherever else it occurs. */
export type RowKey = Pick<InsightsRow, 'section' | 'category' | 'name'>;

/** What can be set on the Audience page. */
export interface AudienceView {
	/** Null is the first there is. */
	readonly audience: InsightsAudience | null;
	/** Null is the day of the newest snapshot. */
	readonly day: Day | null;
	readonly against: SnapshotChoice | null;
	/** The row that is followed over all snapshots; null is the largest interest. */
	readonly row: RowKey | null;
}

export const DEFAULT_AUDIENCE_VIEW: AudienceView = { audience: null, day: null, against: null, row: null };

export const AUDIENCE_PARAMETERS = ['audience', 'day', 'against', 'row'] as const;

// Inside a name a colon is `%3A`; a `%` that would read as an escape is one itself.
const escapeName = (name: string) => name.replace(/%(?=3A|25)/gi, '%25').replaceAll(':', '%3A');
const unescapeName = (text: string) =>
	text.replace(/%(3A|25)/gi, (_, code: string) => (code === '25' ? '%' : ':'));

/** What a part of an address says; null where it is not known. */
export function readAudiencePart(
	parameter: (typeof AUDIENCE_PARAMETERS)[number],
	text: string
): Partial<AudienceView> | null {
	switch (parameter) {
		case 'audience': {
			const audience = audienceOf(text);
			return audience && { audience };
		}
		case 'day':
			return dayNumber(text) === null ? null : { day: text };
		case 'against': {
			const [name = '', day = null, ...more] = text.split(':');
			const audience = audienceOf(name);
			const isDay = day === null || dayNumber(day) !== null;
			return audience && isDay && more.length === 0 ? { against: { audience, day } } : null;
		}
		case 'row': {
			const [first = '', ...names] = text.split(':');
			const section = INSIGHTS_SECTIONS.find((each) => each === first);
			const [name = '', category = ''] = names.map(unescapeName).reverse();
			return section && name !== '' && names.length <= 2 ? { row: { section, category, name } } : null;
		}
	}
}

/** The snapshots that a view names with their days. */
export function snapshotKeys({ audience, day, against }: AudienceView): readonly SnapshotKey[] {
	const choices = [audience && { audience, day }, against];
	return choices.flatMap((choice) => {
		if (!choice || choice.day === null) return [];
		return [{ audience: choice.audience, day: choice.day }];
	});
}

/** The parameters that a view writes, and their values; defaults are not written. */
export function audienceParts({ audience, day, against, row }: AudienceView): [string, string][] {
	const parts: [string, string][] = [];
	if (audience !== null) parts.push(['audience', audience]);
	if (day !== null) parts.push(['day', day]);
	if (against !== null) {
		parts.push(['against', against.day === null ? against.audience : `${against.audience}:${against.day}`]);
	}
	if (row !== null) {
		const names = row.category === '' ? [row.name] : [row.category, row.name];
		parts.push(['row', [row.section, ...names.map(escapeName)].join(':')]);
	}
	return parts;
}

function audienceOf(text: string): InsightsAudience | null {
	return AUDIENCES_OF_INSIGHTS.find((each) => each === text) ?? null;
}
