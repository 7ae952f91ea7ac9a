import { m } from '$lib/i18n/generated/messages.js';
import type { ChangedRow, ChangePart, PartChanges } from '$lib/model/change';
import { LABEL } from '$lib/model/dimension';
import { formatCount } from '$lib/view/format';
import { linkText } from '$lib/view/pin';
import { dimensionLabel, valueLabel } from '../labels';

/** The words for what a change is taken apart by. */
export function partLabel(part: ChangePart): string {
	if (part === 'pin') return m.changes_pins();
	if (part === 'board') return m.changes_boards();
	return part === 'link' ? m.changes_links() : dimensionLabel(part);
}

/** The same above the rows of a dimension, where several stand in one table. */
export function groupTitle(part: ChangePart): string {
	return part === LABEL ? m.changes_label_group() : partLabel(part);
}

/** What a row is called. */
export function rowName(part: ChangePart, { name, title }: Pick<ChangedRow, 'name' | 'title'>): string {
	if (part === 'pin') return title.trim() === '' ? name : title;
	if (part === 'board') return name === '' ? m.no_board() : name;
	return part === 'link' ? linkText(name) : valueLabel(part, name);
}

/** What all others together are called. */
export function restName(locale: string, { part, rest }: Pick<PartChanges, 'part' | 'rest'>): string {
	const count = rest?.count ?? null;
	if (part === 'link') return m.changes_rest_links();
	if (count === null || (part !== 'pin' && part !== 'board')) return m.changes_rest();
	const words = { count, n: formatCount(locale, count) };
	return part === 'pin' ? m.changes_rest_pins(words) : m.changes_rest_boards(words);
}
