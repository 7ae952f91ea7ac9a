import { lengthOfMonth, type Month } from '$lib/view/coverage';

/** The width of a day in CoverageGrid.svelte, where each is to be seen. */
export const DAY_PIXELS = 13;
const WIDE_MONTH = 44;
const NARROW_MONTH = 26;
const WIDE_SIDES = 152 + 84; // the columns of names and of sums

/** The widths of the columns of months as CSS grid tracks, and of all columns in pixels; `narrow` on a phone. */
export interface CoverageColumns {
	readonly wide: string;
	readonly narrow: string;
	readonly minWide: number;
	readonly minNarrow: number;
}

/** @param isByDay whether each day is to be seen on its own */
export function coverageColumns(months: readonly Month[], isByDay: boolean): CoverageColumns {
	if (isByDay) {
		const widths = months.map((month) => lengthOfMonth(month) * DAY_PIXELS + 6);
		const all = widths.reduce((sum, width) => sum + width, 0);
		const template = widths.map((width) => `${width}px`).join(' ');
		return { wide: template, narrow: template, minWide: all + WIDE_SIDES, minNarrow: all };
	}
	return {
		wide: `repeat(${months.length}, minmax(${WIDE_MONTH}px, 1fr))`,
		narrow: months.map((month) => `minmax(${NARROW_MONTH}px, ${lengthOfMonth(month)}fr)`).join(' '),
		minWide: months.length * WIDE_MONTH + WIDE_SIDES,
		minNarrow: months.length * NARROW_MONTH
	};
}
