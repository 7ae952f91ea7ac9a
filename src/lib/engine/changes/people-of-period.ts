import { kindOf, valueCount, valueOf } from '../../columns/combination';
import { tupleCount, valuesOfTuples, type OwnTask } from '../../columns/own-columns';
import { rowAt, type Segment } from '../../columns/segment';
import type { ChangePart } from '../../model/change';
import { LABEL, ownDimension, type Dimension } from '../../model/dimension';
import { KIND_COUNT, NATIVE_DIMENSIONS, type NativeDimension } from '../../model/event';
import { isEngagement, type Audience } from '../../model/figures';
import type { Filter } from '../../model/query';
import { PASSES, compileFilter } from '../combinations';
import { OWN_CELLS } from '../own-values';
import type { Pace } from '../pace';
import type { PinMask, Share } from '../plan';
import type { EventPeriod } from './amounts-of-events';
import type { LabelsOfPins } from './label-amounts';
import { peopleOfGroups, type GroupsOfPins } from './people-of-groups';

/** Audiences of one period: of all, and of each part by the number of its value; NaN where they were left uncounted. */
export interface PeopleOfPeriod {
	readonly all: number;
	readonly parts: Readonly<Partial<Record<ChangePart, Float64Array>>>;
}

/** A value whose people are counted. */
interface MarkedValue {
	readonly dimension: Dimension;
	readonly value: number;
}

/** A person's mark has a bit for each of so many values. */
const BITS = 32;

/** The values that have a bit each: those of the closed lists, and the accounts with most events that there is room for. */
export function markedValues(periods: readonly EventPeriod[]): MarkedValue[] {
	const closed = new Map<string, MarkedValue>();
	const accounts = new Map<number, number>();
	for (const [code, { n }] of periods.flatMap(({ codes }) => [...codes])) {
		for (const dimension of NATIVE_DIMENSIONS) {
			const value = valueOf(code, dimension);
			if (dimension === 'account') accounts.set(value, (accounts.get(value) ?? 0) + n);
			else closed.set(`${dimension} ${value}`, { dimension, value });
		}
	}
	const most = [...accounts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, BITS - closed.size);
	return [...closed.values(), ...most.map(([value]): MarkedValue => ({ dimension: 'account', value }))];
}

/** A column of one's own, and which of its values have a bit each. */
export interface MarkedColumn {
	readonly name: string;
	/** How many values it has. */
	readonly size: number;
	readonly values: readonly number[];
}

/** The values of columns of one's own that have a bit each: in each column those with most events. */
export function markedColumns(periods: readonly EventPeriod[]): MarkedColumn[] {
	const [first] = periods;
	return (first?.own ?? []).map(({ name, values }, c) => {
		const events = (value: number) =>
			periods.reduce((sum, { own }) => {
				const { cells, passing } = own[c]!.counts;
				const all = cells.subarray(value * OWN_CELLS, value * OWN_CELLS + KIND_COUNT);
				return passing[value] === 1 ? sum + all.reduce((a, b) => a + b, 0) : sum;
			}, 0);
		const there = [...values.keys()].filter((value) => events(value) > 0);
		const most = there.sort((a, b) => events(b) - events(a) || a - b).slice(0, BITS);
		return { name, size: values.length, values: most };
	});
}

/** The people of the values of a column of one's own; NaN where they were left uncounted. */
function peopleOfOwn(
	segments: readonly Segment[],
	range: { readonly fromMs: number; readonly toMs: number },
	passes: (code: number) => boolean,
	userCount: number,
	{ name, size, values }: MarkedColumn
): Float64Array {
	const marks = new Uint32Array(userCount + 1);
	const bitOf = new Uint32Array(size);
	values.forEach((value, bit) => (bitOf[value] = (1 << bit) >>> 0));
	for (const segment of segments) {
		const { combinations, users, codes, own } = segment;
		const isIn = Uint8Array.from(codes, (code) => (passes(code) ? 1 : 0));
		const valueOfTuple = valuesOfTuples(segment, name);
		const bits = Uint32Array.from(
			{ length: tupleCount(segment) },
			(_, tuple) => bitOf[valueOfTuple ? valueOfTuple(tuple) : 0] as number
		);
		const end = rowAt(segment, range.toMs);
		for (let row = rowAt(segment, range.fromMs); row < end; row++)
			if (isIn[combinations[row] as number] === 1)
				marks[users[row] as number]! |= bits[own ? (own.rows[row] as number) : 0] as number;
	}
	const people = new Float64Array(size).fill(NaN);
	const { byBit } = countMarks(marks);
	values.forEach((value, bit) => (people[value] = byBit[bit] as number));
	return people;
}

/** Whose people are to be counted in one period. */
export interface PeopleTask {
	readonly filter: Filter;
	readonly audience: Audience;
	/** The Pins whose rows count. */
	readonly pins: PinMask;
	readonly own: OwnTask | null;
	readonly accounts: readonly string[];
	readonly pinCount: number;
	/** People with a number; a person's number plus one is at most this. */
	readonly userCount: number;
	readonly values: readonly MarkedValue[];
	/** Columns of one's own, each with the values whose people are counted. */
	readonly columns: readonly MarkedColumn[];
	readonly boards: GroupsOfPins;
	readonly links: GroupsOfPins;
	/** Null where there are none. */
	readonly labels: LabelsOfPins | null;
}

/**
 * The people of one period, exactly: one pass for all dimensions, and one for Pins, boards and links.
 * @param segments the share's, read, as a question about columns of one's own sees them
 * @param share all days of the period, which follow each other
 */
export async function peopleOfPeriod(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	{ filter, audience, accounts, pinCount, userCount, values, columns, boards, links, labels }: PeopleTask
): Promise<PeopleOfPeriod> {
	const range = { fromMs: share.fromMs[0] as number, toMs: share.toMs.at(-1) as number };
	const table = compileFilter(filter, accounts);
	const passes = (code: number) =>
		table.misses(code) === PASSES && (audience === 'total_audience' || isEngagement(kindOf(code)));
	// Most combinations occur in many segments.
	const known = new Map<number, number>();
	const bitsOfCode = (code: number) => {
		let bits = known.get(code);
		if (bits === undefined) known.set(code, (bits = passes(code) ? bitsOf(values, code) : 0));
		return bits;
	};
	const marks = new Uint32Array(userCount + 1);
	for (const segment of segments) {
		await pace();
		markPeople(marks, segment, Uint32Array.from(segment.codes, bitsOfCode), range);
	}
	const { all, byBit } = countMarks(marks);
	const ofDimension = (dimension: NativeDimension) => {
		const people = new Float64Array(valueCount(dimension, accounts));
		if (dimension === 'account') people.fill(NaN);
		values.forEach((marked, bit) => {
			if (marked.dimension === dimension) people[marked.value] = byBit[bit] as number;
		});
		return people;
	};
	const own: [ChangePart, Float64Array][] = [];
	for (const column of columns) {
		await pace();
		own.push([ownDimension(column.name), peopleOfOwn(segments, range, passes, userCount, column)]);
	}
	const counts = { pinCount, userCount };
	const groupings = [boards, links];
	const people = await peopleOfGroups(pace, segments, range, passes, counts, groupings, labels);
	return {
		all,
		parts: {
			...(Object.fromEntries([
				...NATIVE_DIMENSIONS.map((dimension) => [dimension, ofDimension(dimension)] as const),
				...own
			]) as Record<NativeDimension, Float64Array>),
			...(people.labels ? { [LABEL]: people.labels } : {}),
			pin: people.pins,
			board: people.groups[0]!,
			link: people.groups[1]!
		}
	};
}

/** Gives everyone the bits of their rows. */
function markPeople(
	marks: Uint32Array,
	segment: Segment,
	bits: Uint32Array,
	range: { readonly fromMs: number; readonly toMs: number }
): void {
	const { combinations, users } = segment;
	const end = rowAt(segment, range.toMs);
	for (let row = rowAt(segment, range.fromMs); row < end; row++)
		marks[users[row] as number]! |= bits[combinations[row] as number] as number;
}

function bitsOf(values: readonly MarkedValue[], code: number): number {
	return values.reduce(
		(bits, { dimension, value }, bit) => (valueOf(code, dimension) === value ? bits | (1 << bit) : bits),
		0
	);
}

/** How many people have any mark, and how many have each; those of rows without a person are at 0. */
function countMarks(marks: Uint32Array): { readonly all: number; readonly byBit: Float64Array } {
	const byBit = new Float64Array(BITS);
	let all = 0;
	for (let user = 1; user < marks.length; user++) {
		const mark = marks[user] as number;
		if (mark === 0) continue;
		all++;
		for (let rest = mark; rest !== 0; rest &= rest - 1) byBit[31 - Math.clz32(rest & -rest)]!++;
	}
	return { all, byBit };
}
