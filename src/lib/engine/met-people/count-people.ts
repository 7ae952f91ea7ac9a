import { axisOf } from '../../model/axis';
import { dayNumber } from '../../model/calendar';
import { LABEL, ownColumn, type Dimension } from '../../model/dimension';
import {
	SHARED_VALUES,
	cohortGrain,
	type Cohort,
	type PeopleFigures,
	type PeopleOfRange,
	type SharedPeople
} from '../../model/people';
import type { Filter, Query } from '../../model/query';
import type { EngineData } from '../engine-data';
import { pinMask } from '../pin-mask';
import { valuesOfSplit } from '../build-range-index';
import type { ValueSum } from '../combinations';
import { ownTaskOf } from '../own-values';
import { cutDays, type PinMask, type Plan } from '../plan';
import { PeopleIndex, type CountedRange } from './people-index';
import { placesOf, type PeoplePart } from './people-part';

/** What people are compared by where a question names no split. */
const DEFAULT_DIMENSION: Dimension = 'device';

/** An index has at most as many entries as there are rows. With more rows people are counted part by part: 48 MB each. */
const MOST_ROWS = 12_000_000;

/** What is stored, for the people of any days. */
export interface PeopleSource {
	/** By day, of all days that hold events. */
	readonly everyDay: Plan;
	/** By day, of the days of a filter. */
	readonly planOf: (filter: Filter) => Plan;
}

/** An index that was built, and what for. */
interface Kept {
	readonly key: string;
	readonly index: PeopleIndex;
}

/**
 * Counts the people that questions request, out of one thing stored. The index of the newest filters is kept, so that
 * other days under them need no look at a row.
 */
export class PeopleCounter {
	readonly #source: PeopleSource;
	readonly #mostRows: number;
	#kept: Kept | null = null;
	/** The values of all days under the newest filters: other days of them need no other ones. */
	#all: { readonly key: string; readonly values: readonly ValueSum[] } | null = null;

	/** @param mostRows with more, people are counted part by part, and no index is kept */
	constructor(source: PeopleSource, mostRows = MOST_ROWS) {
		this.#source = source;
		this.#mostRows = mostRows;
	}

	/**
	 * @param data as of this question: those who count for it
	 * @param compared the same question about the days that are compared with; null for none
	 */
	async count(data: EngineData, query: Query, compared: Query | null): Promise<PeopleFigures> {
		const { everyDay } = this.#source;
		// A Pin may bear several labels, so they are no values of a row.
		const dimension = query.split === null || query.split === LABEL ? DEFAULT_DIMENSION : query.split;
		const { userCount } = await data.catalogue();
		const pins = await pinMask(query, data);
		const values = await this.#values(data, query, pins, dimension);
		const now = axisOf(query.filter, query.grain);
		const then = compared && axisOf(compared.filter, compared.grain);
		const [from, to] = [now.bucketDays[0] as number, now.bucketDays[now.buckets.length] as number];
		const grain = cohortGrain(query.grain);

		const rows = everyDay.segments.reduce((sum, { head }) => sum + head.rows, 0);
		const every = Math.max(1, Math.ceil(rows / this.#mostRows));
		const ranges: CountedRange[] = [];
		const before: CountedRange[] = [];
		const cohorts: Cohort[][] = [];
		for (let part = 0; part < every; part++) {
			const index = await this.#index(data, { query, pins, values, userCount }, { every, from: part });
			ranges.push(index.range(now));
			if (then) before.push(index.range(then));
			cohorts.push(index.cohorts(grain, from, to));
		}
		const counted = ranges.reduce(added);
		return {
			isAnyNamed: userCount > 0,
			now: counted.range,
			before: before.length > 0 ? before.reduce(added).range : null,
			shared: sharedOf(values, counted.bySet),
			retention: { grain, cohorts: cohorts.reduce(addedCohorts) }
		};
	}

	/** The values that are compared, and those that the index distinguishes. */
	async #values(
		data: EngineData,
		{ filter, subject }: Query,
		pins: PinMask,
		dimension: Dimension
	): Promise<ComparedValues> {
		const { everyDay, planOf } = this.#source;
		const asked = { filter, subject, split: dimension };
		const compared = (await valuesOfSplit(asked, planOf(filter), data, pins)).slice(0, SHARED_VALUES);
		// An index that distinguishes all values serves all days.
		const key = JSON.stringify([filter.values, subject, dimension]);
		const known = this.#all?.key === key ? this.#all.values : null;
		const all = known ?? (await valuesOfSplit(asked, everyDay, data, pins));
		// Which Pins bear a label can change while nothing else is stored.
		this.#all = isSteady(filter) ? { key, values: all } : null;
		return { dimension, compared, marked: all.length <= SHARED_VALUES ? all : compared };
	}

	async #index(
		data: EngineData,
		{ query, pins, values, userCount }: WhoIsCounted,
		part: PeoplePart
	): Promise<PeopleIndex> {
		const { everyDay } = this.#source;
		const { accounts, scanners } = data;
		const { filter, subject } = query;
		const { dimension, marked } = values;
		const key = JSON.stringify([filter.values, subject, dimension, marked.map(({ index }) => index)]);
		if (this.#kept?.key === key) return this.#kept.index;
		this.#kept = null; // makes room for the next
		const { own, bitOfValue } = bitsOf(values, filter, data);
		const task = { filter, accounts, pins, own, dimension, bitOfValue, userCount, part };
		const shares = cutDays(everyDay, scanners.length);
		const met = await Promise.all(shares.map((share, i) => scanners[i]!.metDays(share, task)));
		const index = new PeopleIndex(
			everyDay.bucketDays[0]!,
			everyDay.buckets.length,
			met,
			placesOf(userCount, part)
		);
		if (part.every === 1 && isSteady(filter)) this.#kept = { key, index };
		return index;
	}
}

/** Whether nothing but what is stored decides which rows pass. */
function isSteady({ values }: Filter): boolean {
	return (values.label ?? []).length === 0;
}

/** Whose people are counted, and under which values. */
interface WhoIsCounted {
	readonly query: Query;
	readonly pins: PinMask;
	readonly values: ComparedValues;
	/** People with a number. */
	readonly userCount: number;
}

/** Values of a dimension, the largest first. */
interface ComparedValues {
	readonly dimension: Dimension;
	readonly compared: readonly ValueSum[];
	/** Bit i of a set of values is the i-th of these. */
	readonly marked: readonly ValueSum[];
}

/** The class of the values of a column of one's own that have no bit: class 0 would leave their rows out. */
const NO_BIT = SHARED_VALUES + 1;

/** The bit of each value, and how rows are seen where that is by columns of one's own: a value's class is its place there. */
function bitsOf({ dimension, marked }: ComparedValues, filter: Filter, { own }: EngineData) {
	const name = ownColumn(dimension);
	const classes = new Uint8Array(name === null ? 0 : (own.get(name) ?? ['']).length).fill(NO_BIT);
	marked.forEach(({ index }, bit) => (classes[index] = 1 + bit));
	const bitOfValue = new Uint16Array(1 + Math.max(NO_BIT, ...marked.map(({ index }) => index)));
	marked.forEach(({ index }, bit) => (bitOfValue[name === null ? index : 1 + bit] = 1 << bit));
	return { own: ownTaskOf(filter, own, dimension, classes), bitOfValue };
}

/** Two parts of the people together. */
function added(a: CountedRange, b: CountedRange): CountedRange {
	const sum = (key: 'newByBucket' | 'returningByBucket') => a.range[key].map((n, i) => n + b.range[key][i]!);
	const range: PeopleOfRange = {
		people: a.range.people + b.range.people,
		newPeople: a.range.newPeople + b.range.newPeople,
		daysMet: a.range.daysMet.map((n, i) => n + b.range.daysMet[i]!),
		buckets: a.range.buckets,
		newByBucket: sum('newByBucket'),
		returningByBucket: sum('returningByBucket')
	};
	return { range, bySet: a.bySet.map((n, i) => n + b.bySet[i]!) };
}

function addedCohorts(a: Cohort[], b: Cohort[]): Cohort[] {
	const byDay = new Map(a.map((cohort) => [cohort.day, cohort]));
	for (const cohort of b) {
		const other = byDay.get(cohort.day);
		byDay.set(cohort.day, {
			...cohort,
			people: cohort.people + (other?.people ?? 0),
			returned: cohort.returned.map((n, step) => n + (other?.returned[step] ?? 0))
		});
	}
	return [...byDay.values()].sort((a, b) => dayNumber(a.day)! - dayNumber(b.day)!);
}

function sharedOf({ dimension, compared, marked }: ComparedValues, bySet: Float64Array): SharedPeople {
	const bits = compared.map(({ index }) => 1 << marked.findIndex((value) => value.index === index));
	const sets = [...bySet.entries()].filter(([, people]) => people > 0);
	const peopleUnder = (both: number) =>
		sets.reduce((sum, [set, people]) => ((set & both) === both ? sum + people : sum), 0);
	return {
		dimension,
		values: compared.map(({ name }, i) => ({ value: name, people: peopleUnder(bits[i] as number) })),
		pairs: bits.flatMap((bit, first) =>
			bits.slice(first + 1).map((other, i) => ({
				first,
				second: first + 1 + i,
				people: peopleUnder(bit | other)
			}))
		)
	};
}
