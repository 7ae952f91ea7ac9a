import type { Catalogue } from '../columns/catalogue';
import { EVENTS } from '../model/event';
import type { SortMetric, Top, TopBoard, TopFigures, TopPin } from '../model/query';
import { compareText } from './combinations';
import { PIN_STRIDE } from './lookup';

/** Top lists: the best few of all Pins and boards, chosen without sorting the rest. */

const EVENT_INDEX = Object.fromEntries(EVENTS.map((event, i) => [event, i])) as Record<
	(typeof EVENTS)[number],
	number
>;

/** Counts per event of each group, as the scan leaves them for Pins. */
type Counts = Float64Array;

export function topPins(counts: Counts, catalogue: Catalogue, sort: SortMetric, wanted: number): Top<TopPin> {
	const { best, total } = chooseBest(counts, sort, wanted, (a, b) =>
		compareText(catalogue.pinId(a), catalogue.pinId(b))
	);
	const rows = best.map((pin) => ({
		pinId: catalogue.pinId(pin),
		...catalogue.pin(pin),
		figures: topFigures(counts, pin)
	}));
	return { rows, total };
}

export function topBoards(
	counts: Counts,
	catalogue: Catalogue,
	sort: SortMetric,
	wanted: number
): Top<TopBoard> {
	const { boards, boardOfPin } = catalogue;
	const sums = new Float64Array(boards.length * PIN_STRIDE);
	const pins = new Uint32Array(boards.length);
	for (let pin = 0; pin < boardOfPin.length; pin++) {
		if (!occurs(counts, pin)) continue;
		const board = boardOfPin[pin] as number;
		pins[board]!++;
		for (let event = 0; event < EVENTS.length; event++) {
			sums[board * PIN_STRIDE + event]! += counts[pin * PIN_STRIDE + event] as number;
		}
	}
	const { best, total } = chooseBest(sums, sort, wanted, (a, b) => compareText(boards[a]!, boards[b]!));
	const rows = best.map((board) => ({
		board: boards[board] as string,
		pins: pins[board] as number,
		figures: topFigures(sums, board)
	}));
	return { rows, total };
}

/** Whether a Pin or board has any event that passes. */
function occurs(counts: Counts, index: number): boolean {
	for (let event = 0; event < EVENTS.length; event++)
		if (counts[index * PIN_STRIDE + event] !== 0) return true;
	return false;
}

function topFigures(counts: Counts, index: number): TopFigures {
	const count = (event: keyof typeof EVENT_INDEX) =>
		counts[index * PIN_STRIDE + EVENT_INDEX[event]] as number;
	return {
		impressions: count('impression'),
		engagements: count('save') + count('closeup') + count('link_click') + count('carousel_swipe'),
		saves: count('save'),
		closeups: count('closeup'),
		link_clicks: count('link_click')
	};
}

/** The numbers of the best groups, best first, and how many groups occur at all. */
function chooseBest(
	counts: Counts,
	sort: SortMetric,
	wanted: number,
	compareNames: (a: number, b: number) => number
): { best: number[]; total: number } {
	const value = sortValue(counts, sort);
	const isBefore = (a: number, b: number) => (value(b) - value(a) || compareNames(a, b)) < 0;
	const best: number[] = [];
	let total = 0;
	for (let index = 0; index < counts.length / PIN_STRIDE; index++) {
		if (!occurs(counts, index)) continue;
		total++;
		if (best.length === wanted && !isBefore(index, best[wanted - 1]!)) continue;
		let at = best.length;
		while (at > 0 && isBefore(index, best[at - 1]!)) at--;
		best.splice(at, 0, index);
		if (best.length > wanted) best.pop();
	}
	return { best, total };
}

function sortValue(counts: Counts, sort: SortMetric): (index: number) => number {
	const { impression, save, closeup, link_click, carousel_swipe } = EVENT_INDEX;
	const at = (event: number) => (index: number) => counts[index * PIN_STRIDE + event] as number;
	switch (sort) {
		case 'impressions':
			return at(impression);
		case 'saves':
			return at(save);
		case 'closeups':
			return at(closeup);
		case 'link_clicks':
			return at(link_click);
		case 'engagements':
			return (index) =>
				at(save)(index) + at(closeup)(index) + at(link_click)(index) + at(carousel_swipe)(index);
	}
}
