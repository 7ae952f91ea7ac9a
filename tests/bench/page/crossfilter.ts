import crossfilter from 'crossfilter2';
import { compareText } from '../../../src/lib/model/text-order';
import { MS_PER_DAY, dayFromNumber, dayNumber } from '../../../src/lib/model/calendar';
import {
	CLOSED_VALUES,
	NATIVE_DIMENSIONS,
	type NativeDimension,
	EVENTS,
	FIRST_VIDEO_KIND
} from '../../../src/lib/model/event';
import { COUNTS, COUNTS_OF_KIND } from '../../../src/lib/model/figures';
import type { Query } from '../../../src/lib/model/query';
import { deviceDay, type Answered, type FigureRow, type ListRow, type PlainAnswer } from '../answer';
import type { Columns } from './columns';

/**
 * crossfilter2 over the columns, on the page's own thread as it is made to be used: a dimension per filter, and groups
 * for the series, the shares and the Pins. It keeps no sets, so it counts no people.
 */

const DEVICES = CLOSED_VALUES.device;
const WATCH_MS = COUNTS.indexOf('watch_ms');
const [IMPRESSION, CLOSEUP, SAVE, LINK_CLICK, SWIPE] = [0, 1, 2, 3, 4] as const; // places in EVENTS

/** Dimensions and groups that follow the filters from now on. */
export function openCrossfilter(columns: Columns) {
	const { kind, n, watchMs, timestamp, pin } = columns;
	const rows = crossfilter(Array.from({ length: columns.length }, (_, row) => row));
	const dayOf = (row: number) => Math.floor(timestamp[row]! / MS_PER_DAY);
	const days = rows.dimension(dayOf);
	const dimensions = Object.fromEntries(
		NATIVE_DIMENSIONS.map((dimension) => [dimension, rows.dimension((row) => columns[dimension][row]!)])
	) as Record<NativeDimension, crossfilter.Dimension<number, number>>;
	const namesOf = (dimension: NativeDimension): readonly string[] =>
		dimension === 'account' ? columns.accounts : CLOSED_VALUES[dimension];

	const addCounts = (sums: Float64Array, row: number, sign: number) => {
		const added = sign * n[row]!;
		for (const count of COUNTS_OF_KIND[kind[row]!]!) sums[count]! += added;
		sums[WATCH_MS]! += added * watchMs[row]!;
		return sums;
	};
	const series = rows
		.dimension((row) => dayOf(row) * DEVICES.length + columns.device[row]!)
		.group<number, Float64Array>()
		.reduce(
			(sums: Float64Array, row) => addCounts(sums, row, 1),
			(sums: Float64Array, row) => addCounts(sums, row, -1),
			() => new Float64Array(COUNTS.length)
		);
	const eventOf = (row: number) => Math.min(kind[row]!, FIRST_VIDEO_KIND);
	const pins = rows
		.dimension((row) => pin[row]!)
		.group<number, Float64Array>()
		.reduce(
			(sums: Float64Array, row) => ((sums[eventOf(row)]! += n[row]!), sums),
			(sums: Float64Array, row) => ((sums[eventOf(row)]! -= n[row]!), sums),
			() => new Float64Array(EVENTS.length)
		);
	const shares = NATIVE_DIMENSIONS.map(
		(dimension) =>
			[
				dimension,
				dimensions[dimension].group().reduceSum((row) => (kind[row] === IMPRESSION ? n[row]! : 0))
			] as const
	);

	let filtered: Query['filter'] | null = null;
	const applyFilter = (filter: Query['filter']) => {
		if (filter.from !== filtered?.from || filter.to !== filtered.to)
			days.filterRange([dayNumber(filter.from)!, dayNumber(filter.to)! + 1]);
		for (const dimension of NATIVE_DIMENSIONS) {
			const ticked = filter.values[dimension];
			if (filtered && String(ticked) === String(filtered.values[dimension])) continue;
			const numbers = ticked.map((value) => namesOf(dimension).indexOf(value));
			if (numbers.length === 0) dimensions[dimension].filterAll();
			else if (numbers.length === 1) dimensions[dimension].filterExact(numbers[0]!);
			else dimensions[dimension].filterFunction((value) => numbers.includes(Number(value)));
		}
		filtered = filter;
	};

	return {
		query: (query: Query): Answered => {
			const startedAt = performance.now();
			applyFilter(query.filter);
			const seriesRows = series.all();
			const lists = listsOf(pins.all(), columns, query.top);
			const shareRows = shares.map(([dimension, group]) => [dimension, group.all()] as const);
			const ms = performance.now() - startedAt;

			const { totals, byDay, byDevice } = figuresOf(seriesRows);
			const shareEntries = shareRows.map(([dimension, all]) => [
				dimension,
				Object.fromEntries(all.map(({ key, value }) => [namesOf(dimension)[Number(key)]!, value]))
			]);
			return {
				ms,
				answer: {
					totals,
					days: byDay,
					devices: byDevice,
					shares: Object.fromEntries(shareEntries) as PlainAnswer['shares'],
					...lists
				}
			};
		}
	};
}

type Groups = readonly crossfilter.Grouping<number, Float64Array>[];

/** Figures with 0 people, so that they have the places of all others. */
function figuresOf(series: Groups) {
	const empty = () => new Array<number>(COUNTS.length + 2).fill(0);
	const totals = empty();
	const byDay: Record<string, FigureRow> = {};
	const byDevice: Record<string, FigureRow> = {};
	for (const { key, value } of series) {
		if (!value.some((sum) => sum !== 0)) continue;
		const day = dayFromNumber(Math.floor(Number(key) / DEVICES.length));
		const ofDay = ((byDay[day] as number[] | undefined) ??= empty());
		byDay[day] = ofDay;
		byDevice[deviceDay(DEVICES[Number(key) % DEVICES.length]!, day)] = [...value, 0, 0];
		value.forEach((sum, count) => {
			totals[count]! += sum;
			ofDay[count]! += sum;
		});
	}
	return { totals, byDay, byDevice };
}

/** The best Pins and boards, of the sums per Pin. */
function listsOf(pins: Groups, columns: Columns, top: number): Pick<PlainAnswer, 'pins' | 'boards'> {
	const met = pins.filter(({ value }) => value.some((sum) => sum !== 0));
	const boards = new Map<string, { pins: number; sums: Float64Array }>();
	for (const { key, value } of met) {
		const { board } = columns.pins[Number(key)]!;
		let sums = boards.get(board);
		if (!sums) boards.set(board, (sums = { pins: 0, sums: new Float64Array(EVENTS.length) }));
		sums.pins++;
		value.forEach((sum, event) => (sums.sums[event]! += sum));
	}
	const pinOf = ({ key }: Groups[number]) => columns.pins[Number(key)]!;
	const bestPins = [...met]
		.sort(
			(a, b) => b.value[IMPRESSION]! - a.value[IMPRESSION]! || compareText(pinOf(a).pinId, pinOf(b).pinId)
		)
		.slice(0, top)
		.map((group): ListRow => {
			const { pinId, title, board, link, format } = pinOf(group);
			return [pinId, title, board, link, format, ...topFigures(group.value)];
		});
	const bestBoards = [...boards]
		.sort(([a, x], [b, y]) => y.sums[IMPRESSION]! - x.sums[IMPRESSION]! || compareText(a, b))
		.slice(0, top)
		.map(([board, { pins, sums }]): ListRow => [board, pins, ...topFigures(sums)]);
	return {
		pins: { total: met.length, rows: bestPins },
		boards: { total: boards.size, rows: bestBoards }
	};
}

/** In the order of SORT_METRICS. */
function topFigures(sums: Float64Array): number[] {
	const engagements = sums[SAVE]! + sums[CLOSEUP]! + sums[LINK_CLICK]! + sums[SWIPE]!;
	return [sums[IMPRESSION]!, engagements, sums[SAVE]!, sums[CLOSEUP]!, sums[LINK_CLICK]!];
}
