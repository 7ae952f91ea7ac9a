import { countBits } from '../columns/bitmap';
import type { Catalogue } from '../columns/catalogue';
import { DIMENSIONS, type Dimension } from '../model/event';
import { COUNTS, type FigureColumns, type Figures } from '../model/figures';
import { metricValue } from '../model/metric';
import { ProblemError } from '../model/problem';
import type { Answer, Query, Series, ValueShare } from '../model/query';
import {
	PASSES,
	compileFilter,
	valuesOf,
	type FilterTable,
	type SumsByCode,
	type ValueSum
} from './combinations';
import { MAX_SLOTS, OVERALL_SLOT } from './cells';
import type { Plan } from './plan';
import type { ScanResult } from './scan';
import { assign, scanAll, sumAll, type Scanner } from './scanner';
import { topBoards, topPins } from './top';

/** What is stored, as an engine reads it. */
export interface EngineData {
	readonly catalogue: Catalogue;
	/** Those who read and count; each gets a share. */
	readonly scanners: readonly Scanner[];
}

/**
 * Answers a query, exactly.
 * @throws ProblemError figure_too_large where a sum goes beyond 2^53
 */
export async function answerQuery(
	query: Query,
	plan: Plan,
	{ catalogue, scanners }: EngineData
): Promise<Answer> {
	const { accounts } = catalogue;
	const filter = compileFilter(query.filter, accounts);
	const assignments = assign(plan, scanners);
	const sums = await sumAll(assignments);

	const values = query.split === null ? [] : passingValues(query.split, sums, accounts, filter);
	const { own, hasRest, slotOfValue } = chooseSlots(values, query.splitLimit);
	const task = {
		filter: query.filter,
		accounts,
		split: query.split,
		slotOfValue,
		slots: 1 + own.length + (hasRest ? 1 : 0),
		pinCount: catalogue.pinCount,
		userCount: catalogue.userCount
	};
	const result = await scanAll(plan, assignments, task);

	const { series, pins } = result;
	const share = (dimension: Dimension) => sharesOf(dimension, sums, accounts, filter);
	const overall = series[OVERALL_SLOT]!;
	const totals = totalsOf(result);
	assertExact(totals);
	return {
		totals,
		buckets: plan.buckets,
		overall,
		series:
			query.split === null ? [{ value: null, isRest: false, figures: overall }] : named(own, hasRest, series),
		shares: {
			content_type: share('content_type'),
			source: share('source'),
			device: share('device'),
			account: share('account'),
			format: share('format')
		},
		topPins: topPins(pins, catalogue, query.sort, query.top),
		topBoards: topBoards(pins, catalogue, query.sort, query.top)
	};
}

/** The values of the split among the events that pass, the largest first. */
export function passingValues(
	split: Dimension,
	sums: SumsByCode,
	accounts: readonly string[],
	filter: FilterTable
): ValueSum[] {
	const passes = (code: number) => filter.misses(code) === PASSES;
	return valuesOf(split, sums, accounts, passes, passes);
}

/** Gives the first `limit` values a slot each, and the others one together. */
function chooseSlots(values: readonly ValueSum[], limit: number) {
	const own = values.slice(0, Math.min(limit, MAX_SLOTS - 2));
	const hasRest = values.length > own.length;
	const slotOfValue = new Uint8Array(1 + Math.max(-1, ...values.map((value) => value.index)));
	values.forEach(({ index }, i) => (slotOfValue[index] = 1 + Math.min(i, own.length)));
	return { own, hasRest, slotOfValue };
}

function named(own: readonly ValueSum[], hasRest: boolean, series: readonly FigureColumns[]): Series[] {
	const result: Series[] = own.map(({ name }, i) => ({
		value: name,
		isRest: false,
		figures: series[1 + i]!
	}));
	if (hasRest) result.push({ value: null, isRest: true, figures: series[1 + own.length]! });
	return result;
}

/** The values that occur in the range, each with its impressions under the filters of the other dimensions. */
function sharesOf(
	dimension: Dimension,
	sums: SumsByCode,
	accounts: readonly string[],
	filter: FilterTable
): ValueShare[] {
	const own = DIMENSIONS.indexOf(dimension) + 1;
	const counts = (code: number) => {
		const missed = filter.misses(code);
		return missed === PASSES || missed === own;
	};
	return valuesOf(dimension, sums, accounts, counts, () => true).map(({ name, impressions }) => ({
		value: name,
		impressions
	}));
}

/** The figures of the whole range, of all that was scanned. */
export function totalsOf({ series, met, engaged }: ScanResult): Figures {
	const overall = series[OVERALL_SLOT]!;
	return {
		...Object.fromEntries(COUNTS.map((id) => [id, overall[id].reduce((sum, n) => sum + n, 0)])),
		total_audience: countBits(met),
		engaged_audience: countBits(engaged)
	} as Figures;
}

/** Sums of whole numbers are exact up to 2^53; beyond, there is no figure to show. */
export function assertExact(figures: Figures): void {
	const sums = [...COUNTS.map((id) => figures[id]), metricValue('engagements', figures) ?? 0];
	if (sums.some((sum) => sum > Number.MAX_SAFE_INTEGER)) throw new ProblemError({ code: 'figure_too_large' });
}
