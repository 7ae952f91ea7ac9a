import type { FigureColumns } from '../model/figures';
import type { Query } from '../model/query';
import { assertExact, passingValues, totalsOf, type EngineData } from './answer';
import { compileFilter, compareText } from './combinations';
import type { Pace } from './pace';
import type { Plan } from './plan';
import { sumByCode } from './range-sums';
import { MAX_SLOTS, OVERALL_SLOT, scan } from './scan';

/** The figures of each day, of all events or of one value of the split. */
export interface DailyFigures {
	/** null where there is no split. */
	readonly value: string | null;
	/** One row a bucket of the plan. */
	readonly figures: FigureColumns;
}

/**
 * The series of every value of the split that occurs, by name; as many scans as it takes. Without a split, the one
 * series of all events.
 * @param plan by day
 */
export async function dailyFigures(
	pace: Pace,
	query: Query,
	plan: Plan,
	data: EngineData
): Promise<DailyFigures[]> {
	const { catalogue, segments } = data;
	const filter = compileFilter(query.filter, catalogue.accounts);
	const request = { plan, segments, filter, pinCount: catalogue.pinCount, userCount: catalogue.userCount };
	if (query.split === null) {
		const result = await scan(pace, { ...request, split: null, slotOfValue: new Uint8Array(0), slots: 1 });
		const figures = result.series[OVERALL_SLOT]!;
		assertExact(totalsOf(figures, result));
		return [{ value: null, figures }];
	}
	const fromMs = plan.bucketStarts[0] as number;
	const toMs = plan.bucketStarts[plan.bucketStarts.length - 1] as number;
	const sums = await sumByCode(pace, segments, fromMs, toMs);
	const values = passingValues(query.split, sums, catalogue.accounts, filter).sort((a, b) =>
		compareText(a.name, b.name)
	);
	const daily: DailyFigures[] = [];
	for (let first = 0; first < values.length; first += MAX_SLOTS - 1) {
		const some = values.slice(first, first + MAX_SLOTS - 1);
		const slotOfValue = new Uint8Array(1 + Math.max(...values.map((value) => value.index)));
		some.forEach(({ index }, i) => (slotOfValue[index] = 1 + i));
		const slots = 1 + some.length;
		const result = await scan(pace, { ...request, split: query.split, slotOfValue, slots });
		assertExact(totalsOf(result.series[OVERALL_SLOT]!, result));
		some.forEach(({ name }, i) => daily.push({ value: name, figures: result.series[1 + i]! }));
	}
	return daily;
}
