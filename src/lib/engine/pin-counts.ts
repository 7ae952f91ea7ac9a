import type { PinGroups } from '../columns/catalogue';
import { KIND_COUNT } from '../model/event';
import type { FactMetric } from '../model/fact-metric';
import { COUNTS, COUNTS_OF_KIND, FIGURE_IDS, type Count, type FigureId } from '../model/figures';
import { METRICS, eventAmount, type SortMetric } from '../model/metric';
import { PLAYS_COLUMN, WATCH_COLUMN, pinShift } from './lookup';

/** What was counted of each Pin, or of each group of Pins: sums by group, and figures and metrics of one or all of them. */

/** Counts of many Pins or groups of Pins, as the scan leaves them. */
export interface Counts {
	readonly withVideo: boolean;
	/** Counts of group g from counts[g << pinShift(withVideo)] on. */
	readonly counts: Float64Array;
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

/** A metric of every group; NaN where one has no value, as a share of nothing. */
export function metricValues(counts: Counts, metric: SortMetric): Float64Array {
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
