import type { Catalogue, PinGroups } from '../columns/catalogue';
import type { ListRow, Lists, Presence, Top, TopBoard, TopFigures, TopLink, TopPin } from '../model/answer';
import { FIGURE_IDS, type FigureId } from '../model/figures';
import { TOP_METRICS, WATCH_METRICS, metricValue, type SortMetric } from '../model/metric';
import type { RowOrder } from '../model/query';
import { compareText } from '../model/text-order';
import { figureReader, groupSums, hasEvents, metricValues, type Counts } from './pin-counts';

/**
 * Top lists: the best few of all Pins, boards and links, chosen without sorting the rest. Where two ranges are compared,
 * they are made of the counts of both: rows are those of either, and may be in the order of their change.
 */

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

function topFigures(counts: Counts, group: number): TopFigures {
	const figure = figureReader(counts, group);
	const figures = Object.fromEntries(FIGURE_IDS.map((id) => [id, figure(id)])) as Record<FigureId, number>;
	return Object.fromEntries(
		TOP_METRICS.map((id) => [
			id,
			WATCH_METRICS.has(id) && !counts.withVideo ? null : metricValue(id, figures)
		])
	) as TopFigures;
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
