import type { Dimension } from '../../src/lib/model/dimension';
import { NATIVE_DIMENSIONS } from '../../src/lib/model/event';
import { AUDIENCES, FIGURE_IDS, type FigureId } from '../../src/lib/model/figures';
import { SORT_METRICS, type MetricId } from '../../src/lib/model/metric';
import type { Answer, TopFigures } from '../../src/lib/model/answer';

/** Answers in one plain form, so that those of two engines can be compared. */

/** Figures in the order of FIGURE_IDS. */
export type FigureRow = readonly number[];

/** A name, what is said of it, and the figures of the top lists. */
export type ListRow = readonly (string | number)[];

/** Tiles and series. */
export interface PlainFigures {
	readonly totals: FigureRow;
	/** By day, and by device and day; what is all 0 is left out. */
	readonly days: Readonly<Record<string, FigureRow>>;
	readonly devices: Readonly<Record<string, FigureRow>>;
}

export interface PlainAnswer extends PlainFigures {
	readonly shares: Readonly<Record<Dimension, Readonly<Record<string, number>>>>;
	readonly pins: { readonly total: number; readonly rows: readonly ListRow[] };
	readonly boards: { readonly total: number; readonly rows: readonly ListRow[] };
}

/** An answer and how long it was waited for. */
export interface Answered {
	readonly ms: number;
	/** When the first part of the answer was there: counts, series and shares; only where a side answers in steps. */
	readonly firstMs?: number;
	readonly answer: PlainAnswer;
}

/** Tiles and series, and how long they were waited for. */
export interface AnsweredFigures {
	readonly ms: number;
	readonly figures: PlainFigures;
}

export const deviceDay = (device: string, day: string) => `${device} ${day}`;

const MS_PER_MINUTE = 60_000;

/** Figures out of the metrics that are made of them. */
function rowOf(value: (metric: MetricId) => number | null): FigureRow {
	return FIGURE_IDS.map((id: FigureId) =>
		id === 'watch_ms' ? Math.round((value('total_watch_minutes') ?? NaN) * MS_PER_MINUTE) : (value(id) ?? NaN)
	);
}

const topRow = (figures: TopFigures) => SORT_METRICS.map((id) => figures[id] ?? 0);

/** The plain form of the engine's own figures, which are split by device. */
export function plainFigures(answer: Answer): PlainFigures {
	const days: Record<string, FigureRow> = {};
	const devices: Record<string, FigureRow> = {};
	answer.buckets.forEach(({ day }, index) => {
		const overall = rowOf((metric) => answer.overall[metric].values[index] ?? null);
		if (overall.some((figure) => figure !== 0)) days[day] = overall;
		for (const { value, byMetric } of answer.series) {
			const row = rowOf((metric) => byMetric[metric].values[index] ?? null);
			if (row.some((figure) => figure !== 0)) devices[deviceDay(value ?? '', day)] = row;
		}
	});
	return { totals: rowOf((metric) => answer.totals[metric].value), days, devices };
}

/** The plain form of the engine's own answer. */
export function plainAnswer(answer: Answer): PlainAnswer {
	return {
		...plainFigures(answer),
		shares: Object.fromEntries(
			NATIVE_DIMENSIONS.map((dimension) => [
				dimension,
				Object.fromEntries(
					answer.shares[dimension].map(({ value, impressions }) => [value, impressions ?? NaN])
				)
			])
		) as PlainAnswer['shares'],
		pins: {
			total: answer.topPins.total,
			rows: answer.topPins.rows.map((pin) => [
				pin.pinId,
				pin.title,
				pin.board,
				pin.link,
				pin.format,
				...topRow(pin.figures)
			])
		},
		boards: {
			total: answer.topBoards.total,
			rows: answer.topBoards.rows.map((board) => [board.board, board.pins ?? 0, ...topRow(board.figures)])
		}
	};
}

/** What a peer can answer that counts no people and does not know which values occur under no filter. */
export function countsOnly(answer: PlainAnswer): PlainAnswer {
	const audiences = AUDIENCES.map((id) => FIGURE_IDS.indexOf(id));
	const counts = (row: FigureRow) => row.filter((_, index) => !audiences.includes(index));
	const countsOf = (rows: PlainAnswer['days']) =>
		Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, counts(row)]));
	return {
		...answer,
		totals: counts(answer.totals),
		days: countsOf(answer.days),
		devices: countsOf(answer.devices),
		shares: Object.fromEntries(
			NATIVE_DIMENSIONS.map((dimension) => [
				dimension,
				Object.fromEntries(
					Object.entries(answer.shares[dimension]).filter(([, impressions]) => impressions > 0)
				)
			])
		) as PlainAnswer['shares']
	};
}

/** Where two answers first differ, in words; null where they are equal. */
export function differenceOf(ours: unknown, theirs: unknown, path = 'answer'): string | null {
	if (Object.is(ours, theirs)) return null;
	const isNested = typeof ours === 'object' && typeof theirs === 'object' && ours !== null && theirs !== null;
	if (!isNested) return `${path}: ${String(ours)} here, ${String(theirs)} there`;
	const [a, b] = [ours as Record<string, unknown>, theirs as Record<string, unknown>];
	for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
		const difference = differenceOf(a[key], b[key], `${path}.${key}`);
		if (difference !== null) return difference;
	}
	return null;
}
