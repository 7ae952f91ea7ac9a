import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { InsightsAudience, InsightsSection, InsightsSnapshot } from '$lib/model/insights';
import type { SnapshotChoice } from '$lib/view/audience-address';
import { formatDay, formatDayShort, formatPercent, formatPoints } from '$lib/view/format';
import { isSameYear } from '$lib/view/range';

/** What audiences and their parts are called. */

type Words<Name extends string> = Readonly<Record<Name, () => string>>;

export const AUDIENCE_LABELS: Words<InsightsAudience> = {
	total: m.total_audience,
	engaged: m.engaged_audience,
	pinterest: m.audience_pinterest
};

/** Where there is room for one word. */
export const SHORT_LABELS: Words<InsightsAudience> = {
	total: m.audience_short_total,
	engaged: m.audience_short_engaged,
	pinterest: m.audience_short_pinterest
};

export const SECTION_LABELS: Words<InsightsSection> = {
	age: m.audience_age,
	gender: m.audience_gender,
	country: m.audience_country,
	metro: m.audience_metro,
	device: m.device,
	interest: m.audience_interests
};

/** An audience and its day, where one is named. */
export function choiceLabel({ audience, day }: SnapshotChoice): string {
	const name = AUDIENCE_LABELS[audience]();
	return day === null ? name : `${name}, ${formatDay(formatLocale(), day)}`;
}

/** The head of a snapshot's column: what distinguishes it from the other one. */
export function columnLabel(snapshot: InsightsSnapshot, other: InsightsSnapshot | null): string {
	if (other === null) return m.audience_share();
	if (snapshot.audience !== other.audience) return SHORT_LABELS[snapshot.audience]();
	const format = isSameYear(snapshot.day, other.day) ? formatDayShort : formatDay;
	return format(formatLocale(), snapshot.day);
}

/** The heads of the columns of shares. */
export interface ColumnHeads {
	readonly shown: string;
	/** Null where nothing is compared. */
	readonly against: string | null;
}

/** Stands where a snapshot does not have a row. */
const NOTHING = '–';

/** A share, or the sign for none. */
export function shareText(locale: string, share: number | null): string {
	return share === null ? NOTHING : formatPercent(locale, share);
}

/** A difference in percentage points, or the sign for none. */
export function pointsText(locale: string, change: number | null): string {
	return change === null ? NOTHING : formatPoints(locale, change);
}
