import type { FigureColumns } from '../model/figures';
import type { Query } from '../model/query';
import { assertExact, passingValues, totalsOf, type EngineData } from './answer';
import { compareText, compileFilter } from './combinations';
import { MAX_SLOTS, OVERALL_SLOT } from './cells';
import type { Plan } from './plan';
import type { ScanTask } from './scan';
import { assign, scanAll, sumAll } from './scanner';

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
	query: Query,
	plan: Plan,
	{ catalogue, scanners }: EngineData
): Promise<DailyFigures[]> {
	const { accounts, pinCount, userCount } = catalogue;
	const { filter, split } = query;
	const assignments = assign(plan, scanners);
	const seriesOf = async (some: Pick<ScanTask, 'slotOfValue' | 'slots'>) => {
		const task = { filter, accounts, split, pinCount, userCount, ...some };
		const result = await scanAll(plan, assignments, task);
		assertExact(totalsOf(result));
		return result.series;
	};

	if (split === null) {
		const series = await seriesOf({ slotOfValue: new Uint8Array(0), slots: 1 });
		return [{ value: null, figures: series[OVERALL_SLOT]! }];
	}
	const sums = await sumAll(assignments);
	const values = passingValues(split, sums, accounts, compileFilter(filter, accounts)).sort((a, b) =>
		compareText(a.name, b.name)
	);
	const daily: DailyFigures[] = [];
	for (let first = 0; first < values.length; first += MAX_SLOTS - 1) {
		const some = values.slice(first, first + MAX_SLOTS - 1);
		const slotOfValue = new Uint8Array(1 + Math.max(...values.map((value) => value.index)));
		some.forEach(({ index }, i) => (slotOfValue[index] = 1 + i));
		const series = await seriesOf({ slotOfValue, slots: 1 + some.length });
		some.forEach(({ name }, i) => daily.push({ value: name, figures: series[1 + i]! }));
	}
	return daily;
}
