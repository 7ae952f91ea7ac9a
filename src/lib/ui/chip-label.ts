import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import { isOwn } from '$lib/model/dimension';
import { chipsOf, type Chip } from '$lib/view/chips';
import { formatRange } from '$lib/view/format';
import { activePreset, type DayRange } from '$lib/view/range';
import type { ViewState } from '$lib/view/address';
import { COMPARISON_LABELS, PRESET_LABELS, dimensionLabel, valueLabel } from './labels';

/** What the date range of a view is called: its preset, or its days. */
export function rangeLabel(view: ViewState, range: DayRange | null): string {
	const preset = activePreset(view);
	if (preset === 'all') return m.all_days();
	if (preset !== null) return PRESET_LABELS[preset]();
	return range ? formatRange(formatLocale(), range) : m.date_range();
}

/**
 * What is filtered, in words; the days of a view are said beside it.
 * @param without kinds that are said elsewhere too
 */
export function filterWords(
	view: ViewState,
	range: DayRange | null,
	without: readonly Chip['kind'][] = []
): string[] {
	const chips = chipsOf(view).filter(({ kind }) => kind !== 'range' && !without.includes(kind));
	return chips.map((chip) => chipLabel(chip, view, range));
}

/** What a chip says. */
export function chipLabel(chip: Chip, view: ViewState, range: DayRange | null): string {
	switch (chip.kind) {
		case 'value':
			return isOwn(chip.dimension)
				? `${dimensionLabel(chip.dimension)}: ${valueLabel(chip.dimension, chip.value)}`
				: valueLabel(chip.dimension, chip.value);
		case 'campaign':
			return chip.name;
		case 'tz':
			return chip.tz;
		case 'compare':
			return COMPARISON_LABELS[chip.compare]();
		case 'range':
			return rangeLabel(view, range);
	}
}
