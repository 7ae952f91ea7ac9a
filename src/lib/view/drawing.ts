import { METRICS } from '../model/metric';
import { chartMax, type Chart, type ChartGap } from './chart';
import { drawnLines } from './estimates';
import { formatDayShort, formatMonth, formatTick } from './format';
import { dayTicks, valueTicks } from './ticks';

/**
 * The drawing of a chart: its lines, and what stands on its axes. The canvas on screen and the drawing on paper and in
 * reports are both made of it.
 */
export interface Drawing {
	/** How many steps there are; they are drawn from 0 to steps - 1. */
	readonly steps: number;
	/** The value at the upper edge; 0 is at the lower one. */
	readonly max: number;
	readonly values: readonly { readonly value: number; readonly label: string }[];
	readonly dates: readonly { readonly step: number; readonly label: string }[];
	readonly lines: readonly Line[];
	readonly gaps: readonly ChartGap[];
}

/** A line, and how it looks. */
export interface Line {
	readonly look: LineLook;
	/** One a step; null where there is none. */
	readonly values: readonly (number | null)[];
	/** The steps that have a dot: estimates, and values with none on either side, to which no line leads. */
	readonly dots: readonly number[];
}

export interface LineLook {
	/** Which of the look's series colours; 0 is the muted one. */
	readonly colour: number;
	/** Of the days that are compared with. */
	readonly isBefore: boolean;
	readonly isEstimate: boolean;
	readonly isDashed: boolean;
	/** The space under it is filled. */
	readonly isAlone: boolean;
	readonly isShown: boolean;
}

/** About how many labels there is room for. */
export interface Room {
	readonly values: number;
	/** How many dates fit, once it is known how many letters the longest value has. */
	readonly dates: (letters: number) => number;
}

/** @param hidden series that are switched off, by index */
export function drawingOf(locale: string, chart: Chart, hidden: ReadonlySet<number>, room: Room): Drawing {
	const { unit } = METRICS[chart.metric];
	const values = valueTicks(chartMax(chart, hidden), unit, room.values).map((value) => ({
		value,
		label: formatTick(locale, chart.metric, value)
	}));
	const letters = Math.max(...values.map(({ label }) => label.length));
	return {
		steps: chart.buckets.length,
		max: values.at(-1)?.value ?? 1,
		values,
		dates: datesOf(locale, chart, room.dates(letters)),
		lines: linesOf(chart, hidden),
		gaps: chart.gaps
	};
}

function datesOf(locale: string, { buckets, grain }: Chart, most: number): Drawing['dates'] {
	const days = buckets.map(({ day }) => day);
	const steps = dayTicks(days, grain, most);
	// A month needs no day where every label is the start of one.
	const areMonths = steps.length > 1 && steps.every((step) => days[step]?.endsWith('-01'));
	const format = grain === 'month' || areMonths ? formatMonth : formatDayShort;
	return steps.map((step) => ({ step, label: format(locale, days[step] ?? '') }));
}

function linesOf(chart: Chart, hidden: ReadonlySet<number>): Line[] {
	const { series } = chart;
	return drawnLines(chart).map(({ series: index, isEstimate, values }) => {
		const { colour, isDashed, comparedBuckets, isEstimate: estimates } = series[index]!;
		return {
			values,
			dots: isEstimate ? placesOf(estimates ?? [], Boolean) : placesOf(values, isLone),
			look: {
				...{ colour, isDashed, isEstimate },
				isBefore: comparedBuckets !== null,
				isAlone: index === 0 && series.slice(1).every((other) => other.comparedBuckets),
				isShown: !hidden.has(index)
			}
		};
	});
}

function isLone(value: number | null, place: number, values: readonly (number | null)[]): boolean {
	return value !== null && (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null;
}

function placesOf<T>(
	all: readonly T[],
	test: (one: T, place: number, all: readonly T[]) => boolean
): number[] {
	return all.flatMap((one, place) => (test(one, place, all) ? [place] : []));
}
