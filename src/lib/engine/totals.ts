import { COUNTS, type Audience, type FigureColumns, type Figures } from '../model/figures';
import { metricValue } from '../model/metric';
import { ProblemError } from '../model/problem';

/** The figures of the whole range; people are NaN where they are not known. */
export function totalsOf(overall: FigureColumns, people: Readonly<Record<Audience, number>> | null): Figures {
	return {
		...Object.fromEntries(COUNTS.map((id) => [id, sumOf(overall[id])])),
		...(people ?? { total_audience: NaN, engaged_audience: NaN })
	} as Figures;
}

function sumOf(values: Float64Array): number {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += values[i] as number;
	return sum;
}

/** Sums of whole numbers are exact up to 2^53; beyond, there is no figure to show. */
export function assertExact(figures: Figures): void {
	const sums = [...COUNTS.map((id) => figures[id]), metricValue('engagements', figures) ?? 0];
	if (sums.some((sum) => sum > Number.MAX_SAFE_INTEGER)) throw new ProblemError({ code: 'figure_too_large' });
}
