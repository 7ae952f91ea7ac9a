import { formatLocale } from '$lib/i18n/locale';
import type { Note } from '$lib/model/own-words';
import { formatDay, formatRange } from '$lib/view/format';

/** The days of a note in words. */
export function noteDays({ from, to }: Pick<Note, 'from' | 'to'>): string {
	return from === to ? formatDay(formatLocale(), from) : formatRange(formatLocale(), { from, to });
}
