import type { Chart } from './chart';

/** What is drawn of a series: estimates are a line of their own, dashed, that leads on from the last firm value. */
export interface DrawnLine {
	/** Index of the series in the chart. */
	readonly series: number;
	readonly values: readonly (number | null)[];
	readonly isEstimate: boolean;
}

/** The lines of a chart: one a series, and one more for each that holds estimates. */
export function drawnLines({ series }: Chart): DrawnLine[] {
	return series.flatMap(({ values, isEstimate }, index): DrawnLine[] => {
		if (!isEstimate?.includes(true)) return [{ series: index, values, isEstimate: false }];
		const firm = values.map((value, i) => (isEstimate[i] ? null : value));
		const estimated = values.map((value, i) => (isEstimate[i] || isEstimate[i + 1] ? value : null));
		return [
			{ series: index, values: firm, isEstimate: false },
			{ series: index, values: estimated, isEstimate: true }
		];
	});
}
