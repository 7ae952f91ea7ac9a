import type { Catalogue } from '../columns/catalogue';
import type { Segment } from '../columns/segment';
import { COUNTS, type FigureColumns } from '../model/figures';
import { metricAt, type SortMetric } from '../model/metric';
import { ProblemError } from '../model/problem';
import type { Query } from '../model/query';
import { compileFilter } from './combinations';
import { groupFigures, type GroupFigures } from './group-figures';
import type { Pace } from './pace';
import type { Plan } from './plan';
import { listOrder } from './top';

/** What lists are made of. */
export interface ListData {
	readonly catalogue: Catalogue;
	/** The plan's segments, in its order. */
	readonly segments: readonly Segment[];
}

/** Every Pin or board with at least one event that passes, in the order of the query's sort, with all figures. */
export interface FullList {
	/** Numbers of the Pins or boards. */
	readonly order: readonly number[];
	/** By number, not by place in the order. */
	readonly figures: FigureColumns;
}

/** Every Pin with an event that passes, in the order that the query requests. */
export async function listPins(pace: Pace, query: Query, plan: Plan, data: ListData): Promise<FullList> {
	const { catalogue } = data;
	const groups = { count: catalogue.pinCount, ofPin: (pin: number) => pin };
	const { figures, isPinMet } = await figuresOf(pace, query, plan, data, groups);
	return { figures, order: orderOf(isPinMet, figures, query.sort, (pin) => catalogue.pinId(pin)) };
}

/** Boards, and of each how many Pins have an event that passes. */
export async function listBoards(
	pace: Pace,
	query: Query,
	plan: Plan,
	data: ListData
): Promise<FullList & { readonly pins: Uint32Array }> {
	const { names, ofPin } = data.catalogue.boards;
	const groups = { count: names.length, ofPin: (pin: number) => ofPin[pin] as number };
	const { figures, isPinMet } = await figuresOf(pace, query, plan, data, groups);
	const pins = new Uint32Array(names.length);
	isPinMet.forEach((isMet, pin) => (pins[ofPin[pin] as number]! += isMet));
	return { figures, pins, order: orderOf(pins, figures, query.sort, (board) => names[board] as string) };
}

async function figuresOf(
	pace: Pace,
	{ filter }: Query,
	plan: Plan,
	{ catalogue, segments }: ListData,
	groups: { readonly count: number; readonly ofPin: (pin: number) => number }
): Promise<GroupFigures> {
	const fromMs = plan.bucketStarts[0] as number;
	const toMs = plan.bucketStarts[plan.bucketStarts.length - 1] as number;
	const compiled = compileFilter(filter, catalogue.accounts);
	const result = await groupFigures(pace, segments, { fromMs, toMs }, compiled, catalogue, groups);
	for (const id of COUNTS) {
		const isTooLarge = result.figures[id].some((sum) => sum > Number.MAX_SAFE_INTEGER);
		if (isTooLarge) throw new ProblemError({ code: 'figure_too_large' });
	}
	return result;
}

/** The groups that occur, the largest by a metric first (one without a value comes after 0), then by name. */
function orderOf(
	occurs: Uint8Array | Uint32Array,
	figures: FigureColumns,
	sort: SortMetric,
	name: (group: number) => string
): number[] {
	const values = Float64Array.from(occurs, (_, group) => metricAt(sort, figures, group) ?? -1);
	return Array.from(occurs.keys())
		.filter((group) => occurs[group] !== 0)
		.sort(listOrder(values, name));
}
