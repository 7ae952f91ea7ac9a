import type { Catalogue, PinGroups } from '../columns/catalogue';
import { COUNTS, COUNTS_OF_KIND, emptyFigureColumns, figuresAt, type FigureColumns } from '../model/figures';
import { TOP_METRICS, VIDEO_METRICS, metricAt, metricValue, type MetricId } from '../model/metric';
import { KIND_COUNT } from '../model/event';
import type { SortMetric, Top, TopBoard, TopFigures, TopLink, TopPin } from '../model/query';
import { compareText } from './combinations';
import { PLAYS_COLUMN, WATCH_COLUMN, pinShift } from './lookup';

/** Top lists: the best few of all Pins, boards and links, chosen without sorting the rest. */

/** Counts of many Pins or groups of Pins, as the scan leaves them. */
export interface Counts {
	readonly withVideo: boolean;
	/** Counts of group g from counts[g << pinShift(withVideo)] on. */
	readonly counts: Float64Array;
}

export interface ListOrder {
	readonly sort: SortMetric;
	/** How many rows are wanted. */
	readonly wanted: number;
}

export function topPins(counts: Counts, catalogue: Catalogue, order: ListOrder): Top<TopPin> {
	const { best, total } = chooseBest(counts, order, (pin) => catalogue.pinId(pin));
	return { rows: best.map((pin) => topPin(counts, catalogue, pin)), total };
}

/** The row of a Pin. */
export function topPin(counts: Counts, catalogue: Catalogue, pin: number): TopPin {
	return { pinId: catalogue.pinId(pin), ...catalogue.pin(pin), figures: topFigures(counts, pin) };
}

export function topBoards(counts: Counts, catalogue: Catalogue, order: ListOrder): Top<TopBoard> {
	const { rows, total } = topGroups(counts, catalogue.boards, order, 0);
	return { rows: rows.map(({ name, ...row }) => ({ board: name, ...row })), total };
}

/** Pins without a link are left out: their group is the first. */
export function topLinks(counts: Counts, catalogue: Catalogue, order: ListOrder): Top<TopLink> {
	const { rows, total } = topGroups(counts, catalogue.links, order, 1);
	return { rows: rows.map(({ name, ...row }) => ({ link: name, ...row })), total };
}

/** @param first the first group that is listed */
function topGroups(
	{ withVideo, counts }: Counts,
	{ names, ofPin }: PinGroups,
	order: ListOrder,
	first: number
): Top<{ name: string; pins: number; figures: TopFigures }> {
	const shift = pinShift(withVideo);
	const columns = 1 << shift;
	const sums = { withVideo, counts: new Float64Array(names.length << shift) };
	const pins = new Uint32Array(names.length);
	for (let pin = 0; pin < ofPin.length; pin++) {
		const group = ofPin[pin] as number;
		if (group < first || !occurs(counts, pin << shift, columns)) continue;
		pins[group]!++;
		for (let column = 0; column < columns; column++) {
			sums.counts[(group << shift) + column]! += counts[(pin << shift) + column] as number;
		}
	}
	const { best, total } = chooseBest(sums, order, (group) => names[group]!);
	const rows = best.map((group) => ({
		name: names[group]!,
		pins: pins[group] as number,
		figures: topFigures(sums, group)
	}));
	return { rows, total };
}

/** Whether a Pin or group has any event that passes. */
export function hasEvents({ withVideo, counts }: Counts, index: number): boolean {
	const shift = pinShift(withVideo);
	return occurs(counts, index << shift, 1 << shift);
}

function occurs(counts: Float64Array, start: number, columns: number): boolean {
	for (let column = 0; column < columns; column++) if (counts[start + column] !== 0) return true;
	return false;
}

const VIDEO_ONLY: ReadonlySet<MetricId> = new Set(
	VIDEO_METRICS.filter((id) => !['saves', 'link_clicks', 'link_click_rate'].includes(id))
);

function topFigures(counts: Counts, index: number): TopFigures {
	const figures = figuresAt(figureColumns(counts, index, index + 1), 0);
	return Object.fromEntries(
		TOP_METRICS.map((id) => [id, VIDEO_ONLY.has(id) && !counts.withVideo ? null : metricValue(id, figures)])
	) as TopFigures;
}

/** The figures of groups [first, end), without people. */
function figureColumns({ withVideo, counts }: Counts, first: number, end: number): FigureColumns {
	const columns = emptyFigureColumns(end - first);
	const shift = pinShift(withVideo);
	for (let group = first; group < end; group++) {
		const start = group << shift;
		for (let kind = 0; kind < (withVideo ? KIND_COUNT : PLAYS_COLUMN); kind++) {
			const n = counts[start + kind] as number;
			if (n !== 0) for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][group - first]! += n;
		}
		if (withVideo) columns.watch_ms[group - first] = counts[start + WATCH_COLUMN] as number;
	}
	return columns;
}

/** Per group, what it is sorted by; a metric without a value comes after 0. */
export function sortValues(counts: Counts, sort: SortMetric): Float64Array {
	const groups = counts.counts.length >>> pinShift(counts.withVideo);
	const columns = figureColumns(counts, 0, groups);
	return Float64Array.from({ length: groups }, (_, group) => metricAt(sort, columns, group) ?? -1);
}

/** The order of a list: the largest first, then by name. */
export function listOrder(
	values: Float64Array,
	name: (group: number) => string
): (a: number, b: number) => number {
	return (a, b) => (values[b] as number) - (values[a] as number) || compareText(name(a), name(b));
}

/** The numbers of the best groups, best first, and how many groups occur at all. */
function chooseBest(
	counts: Counts,
	{ sort, wanted }: ListOrder,
	name: (group: number) => string
): { best: number[]; total: number } {
	const values = sortValues(counts, sort);
	const compare = listOrder(values, name);
	const best: number[] = [];
	let total = 0;
	for (let group = 0; group < values.length; group++) {
		if (!hasEvents(counts, group)) continue;
		total++;
		if (best.length === wanted && (wanted === 0 || compare(group, best[wanted - 1]!) >= 0)) continue;
		let at = best.length;
		while (at > 0 && compare(group, best[at - 1]!) < 0) at--;
		best.splice(at, 0, group);
		if (best.length > wanted) best.pop();
	}
	return { best, total };
}
