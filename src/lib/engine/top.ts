import type { Catalogue, PinGroups } from '../columns/catalogue';
import { COUNTS, COUNTS_OF_KIND, FIGURE_IDS, type Count, type FigureId } from '../model/figures';
import type { FactMetric } from '../model/fact-metric';
import {
	METRICS,
	TOP_METRICS,
	WATCH_METRICS,
	eventAmount,
	metricValue,
	type SortMetric
} from '../model/metric';
import { KIND_COUNT } from '../model/event';
import type { ListRow, Lists, Presence, Top, TopBoard, TopFigures, TopLink, TopPin } from '../model/answer';
import type { RowOrder } from '../model/query';
import { compareText } from '../model/text-order';
import { PLAYS_COLUMN, WATCH_COLUMN, pinShift } from './lookup';

/**
 * Top lists: the best few of all Pins, boards and links, chosen without sorting the rest. Where two ranges are compared,
 * they are made of the counts of both: rows are those of either, and may be in the order of their change.
 */

/** Counts of many Pins or groups of Pins, as the scan leaves them. */
export interface Counts {
	readonly withVideo: boolean;
	/** Counts of group g from counts[g << pinShift(withVideo)] on. */
	readonly counts: Float64Array;
}

/** The counts that a list is made of. */
export interface Sides {
	readonly now: Counts;
	/** Of the days that are compared with, by the same numbers; null where nothing is compared. */
	readonly then: Counts | null;
}

/** By what a list is sorted. */
export interface SortOrder {
	readonly sort: SortMetric;
	/** By its value where it is not set. */
	readonly order?: RowOrder;
}

/** The same, and how much of it is wanted. */
export interface ListOrder extends SortOrder {
	/** How many rows are wanted. */
	readonly wanted: number;
}

/** The first rows of each list. */
export function topLists(sides: Sides, catalogue: Catalogue, order: ListOrder): Lists {
	return {
		topPins: topPins(sides, catalogue, order),
		topBoards: topBoards(sides, catalogue, order),
		topLinks: topLinks(sides, catalogue, order)
	};
}

/** The first Pins in an order, of those with an event that passes. */
function topPins(sides: Sides, catalogue: Catalogue, order: ListOrder): Top<TopPin> {
	const { best, total } = chooseBest(sides, order, (pin) => catalogue.pinId(pin));
	return { rows: best.map((pin) => topPin(sides, catalogue, pin)), total, period: null };
}

/** The row of a Pin. */
export function topPin(sides: Sides, catalogue: Catalogue, pin: number): TopPin {
	return { pinId: catalogue.pinId(pin), ...catalogue.pin(pin), ...listRow(sides, pin) };
}

function listRow({ now, then }: Sides, group: number): ListRow {
	const row = { figures: topFigures(now, group), estimates: NO_ESTIMATES };
	if (!then) return row;
	const presence = presenceOf(hasEvents(now, group), hasEvents(then, group));
	return { ...row, compared: { figures: topFigures(then, group), presence } };
}

const NO_ESTIMATES: readonly SortMetric[] = [];

/** Where something occurs that occurs in one range or both. */
export function presenceOf(isNow: boolean, isThen: boolean): Presence {
	if (isNow === isThen) return 'both';
	return isNow ? 'new' : 'gone';
}

/** The first boards in an order; Pins that are on no board are together under the name ''. */
function topBoards(sides: Sides, catalogue: Catalogue, order: ListOrder): Top<TopBoard> {
	const { rows, total } = topGroups(sides, catalogue.boards, order, 0);
	return { rows: rows.map(({ name, ...row }) => ({ board: name, ...row })), total, period: null };
}

/** Pins without a link are left out: their group is the first. */
function topLinks(sides: Sides, catalogue: Catalogue, order: ListOrder): Top<TopLink> {
	const { rows, total } = topGroups(sides, catalogue.links, order, 1);
	return { rows: rows.map(({ name, ...row }) => ({ link: name, ...row })), total, period: null };
}

/** @param first the first group that is listed */
function topGroups({ now, then }: Sides, groups: PinGroups, order: ListOrder, first: number) {
	const { sums, pins } = groupSums(now, groups);
	const sides = { now: sums, then: then && groupSums(then, groups).sums };
	const { best, total } = chooseBest(sides, order, (group) => groups.names[group]!, first);
	const rows = best.map((group) => ({
		name: groups.names[group]!,
		pins: pins[group] as number,
		...listRow(sides, group)
	}));
	return { rows, total };
}

/** The counts of groups of Pins, and how many Pins with an event each has. */
interface GroupSums {
	readonly sums: Counts;
	readonly pins: Uint32Array;
}

/** What was summed up of counts: an answer's own lists, and those beside other days, are made of the same sums. */
const known = new WeakMap<Counts, Map<PinGroups, GroupSums>>();

/** The counts of groups of Pins; summed up once for each of both. */
export function groupSums(counts: Counts, groups: PinGroups): GroupSums {
	let ofCounts = known.get(counts);
	if (!ofCounts) known.set(counts, (ofCounts = new Map<PinGroups, GroupSums>()));
	let sums = ofCounts.get(groups);
	if (!sums) ofCounts.set(groups, (sums = sumGroups(counts, groups)));
	return sums;
}

function sumGroups({ withVideo, counts }: Counts, { names, ofPin }: PinGroups): GroupSums {
	const shift = pinShift(withVideo);
	const columns = 1 << shift;
	const sums = { withVideo, counts: new Float64Array(names.length << shift) };
	const pins = new Uint32Array(names.length);
	for (let pin = 0; pin < ofPin.length; pin++) {
		const group = ofPin[pin] as number;
		const from = pin << shift;
		const to = group << shift;
		let occurs = 0;
		for (let column = 0; column < columns; column++) {
			const n = counts[from + column] as number;
			if (n === 0) continue;
			occurs = 1;
			sums.counts[to + column]! += n;
		}
		pins[group]! += occurs;
	}
	return { sums, pins };
}

/** Whether a Pin or group has any event that passes. */
export function hasEvents({ withVideo, counts }: Counts, index: number): boolean {
	const shift = pinShift(withVideo);
	const start = index << shift;
	const end = start + (1 << shift);
	for (let i = start; i < end; i++) if (counts[i] !== 0) return true;
	return false;
}

function topFigures(counts: Counts, group: number): TopFigures {
	const figures = Object.fromEntries(FIGURE_IDS.map((id) => [id, figureOf(counts, id, group)])) as Record<
		FigureId,
		number
	>;
	return Object.fromEntries(
		TOP_METRICS.map((id) => [
			id,
			WATCH_METRICS.has(id) && !counts.withVideo ? null : metricValue(id, figures)
		])
	) as TopFigures;
}

/** In which columns of a group's counts the parts of a figure are; people are in none. */
function columnsOf(id: FigureId, withVideo: boolean): number[] {
	if (id === 'watch_ms') return withVideo ? [WATCH_COLUMN] : [];
	const count = COUNTS.indexOf(id as Count);
	const kinds = withVideo ? KIND_COUNT : PLAYS_COLUMN;
	return Array.from({ length: kinds }, (_, kind) => kind).filter((kind) =>
		COUNTS_OF_KIND[kind]!.includes(count)
	);
}

const WITH_VIDEO = columnsById(true);
const WITHOUT_VIDEO = columnsById(false);

function columnsById(withVideo: boolean) {
	return Object.fromEntries(FIGURE_IDS.map((id) => [id, columnsOf(id, withVideo)])) as Record<
		FigureId,
		number[]
	>;
}

/** Reads the figures of one Pin or group; people, and video figures that were not counted, are not in them. */
export function figureReader(counts: Counts, group: number): (id: FigureId) => number {
	return (id) => figureOf(counts, id, group);
}

function figureOf({ withVideo, counts }: Counts, id: FigureId, group: number): number {
	const start = group << pinShift(withVideo);
	let sum = 0;
	for (const column of (withVideo ? WITH_VIDEO : WITHOUT_VIDEO)[id]) sum += counts[start + column] as number;
	return sum;
}

/**
 * Per group, what it is sorted by, so that the largest comes first: a metric without a value comes after 0, a change that
 * is not known after all others.
 */
export function sortValues({ now, then }: Sides, { sort, order = 'value' }: SortOrder): Float64Array {
	const values = metricValues(now, sort);
	if (!then || order === 'value') return values.map((value) => (Number.isNaN(value) ? -1 : value));
	const before = metricValues(then, sort);
	return values.map((value, group) => changeFor(order, value, before[group] as number));
}

/** A metric of every group; NaN where one has no value, as a share of nothing. */
function metricValues(counts: Counts, metric: SortMetric): Float64Array {
	const { formula } = METRICS[metric];
	if (formula.kind === 'amount') return amounts(counts, formula.of).map((amount) => amount / formula.per);
	const wholes = amounts(counts, formula.whole);
	return amounts(counts, formula.part).map((part, group) => {
		const whole = wholes[group] as number;
		return whole === 0 ? NaN : part / (whole * formula.per);
	});
}

/** An amount of every group: of its columns, those that count towards it. */
function amounts({ withVideo, counts }: Counts, of: FactMetric): Float64Array {
	const shift = pinShift(withVideo);
	const columns = withVideo ? WITH_VIDEO : WITHOUT_VIDEO;
	const isCounted = (column: number) => eventAmount(of, (id) => (columns[id].includes(column) ? 1 : 0)) > 0;
	const counted = Array.from({ length: 1 << shift }, (_, column) => column).filter(isCounted);
	const sums = new Float64Array(counts.length >>> shift);
	for (const column of counted)
		for (let group = 0; group < sums.length; group++)
			sums[group]! += counts[(group << shift) + column] as number;
	return sums;
}

/** By what a change is sorted, the largest first; NaN and null are figures that are not known. */
export function changeFor(order: 'gain' | 'loss', now: number | null, then: number | null): number {
	const gain = (now ?? NaN) - (then ?? NaN);
	if (Number.isNaN(gain)) return -Infinity;
	return order === 'gain' ? gain : -gain;
}

/** The order of a list: the largest first, then by name. */
export function listOrder(
	values: Float64Array,
	name: (group: number) => string
): (a: number, b: number) => number {
	return (a, b) => {
		const [left, right] = [values[a] as number, values[b] as number];
		return left === right ? compareText(name(a), name(b)) : right - left;
	};
}

/** Whether a Pin or group occurs in either range. */
export function occurs({ now, then }: Sides, index: number): boolean {
	return hasEvents(now, index) || (then !== null && hasEvents(then, index));
}

/**
 * The numbers of the best groups, best first, and how many groups occur at all.
 * @param first the first group that is listed
 */
function chooseBest(
	sides: Sides,
	order: ListOrder,
	name: (group: number) => string,
	first = 0
): { best: number[]; total: number } {
	const { wanted } = order;
	const values = sortValues(sides, order);
	const compare = listOrder(values, name);
	const best: number[] = [];
	let total = 0;
	for (let group = first; group < values.length; group++) {
		if (!occurs(sides, group)) continue;
		total++;
		if (best.length === wanted && (wanted === 0 || compare(group, best[wanted - 1]!) >= 0)) continue;
		let at = best.length;
		while (at > 0 && compare(group, best[at - 1]!) < 0) at--;
		best.splice(at, 0, group);
		if (best.length > wanted) best.pop();
	}
	return { best, total };
}
