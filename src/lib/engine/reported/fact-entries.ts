import { ESTIMATE, LEVEL, type FactColumns } from '../../columns/fact-columns';
import { NATIVE_DIMENSIONS } from '../../model/event';
import { additionOf } from '../../model/fact-metric';
import type { FactScope } from '../../model/reported';
import { COMPLETE, headOf } from './counted-columns';
import type { FactBlocks } from './fact-blocks';
import { SUBJECT_KINDS, type FactIdentity } from './fact-identity';
import { ENTRIES_PER_TURN } from './radix-order';
import { SCOPE_READINGS, scopeReading } from './scope-reading';

/** Facts in whatever order, a column each. */
export interface FactEntries {
	readonly length: number;
	readonly head: Uint8Array;
	readonly from: Int32Array;
	readonly to: Int32Array;
	readonly pair: Uint32Array;
	readonly values: Float64Array;
	readonly flags: Uint8Array;
	readonly row: Int32Array;
	/** The place of the batch in the order of export. */
	readonly rank: Uint32Array;
}

/** All facts, in the order of export; figures and levels apart. */
export function* readEntries(
	batches: readonly FactBlocks[],
	ranked: readonly { readonly batch: FactBlocks; readonly place: number }[],
	identity: FactIdentity
): Generator<void, { figures: FactEntries; levels: FactEntries; rows: number }> {
	const firstRows: number[] = [];
	let rows = 0;
	let levelCount = 0;
	for (const { blocks } of batches) {
		firstRows.push(rows);
		for (const block of blocks) {
			const isLevelMetric = block.metrics.map((metric) => additionOf(metric) === 'level');
			for (let i = 0; i < block.values.length; i++) if (isLevel(block, i, isLevelMetric)) levelCount++;
			rows += block.values.length;
		}
		yield;
	}
	const figures = emptyEntries(rows - levelCount);
	const levels = emptyEntries(levelCount);
	let nextFigure = 0;
	let nextLevel = 0;
	let read = 0;
	for (const [rank, { batch, place }] of ranked.entries()) {
		let row = firstRows[place] as number;
		for (const block of batch.blocks) {
			const readings = block.metrics.map(scopeReading);
			const isLevelMetric = block.metrics.map((metric) => additionOf(metric) === 'level');
			const pairs = new Int32Array(block.scopes.length * SCOPE_READINGS).fill(-1);
			const marks = block.scopes.map(completeBits);
			const kinds = block.scopes.map(({ subject }) => SUBJECT_KINDS.indexOf(subject.kind));
			for (let i = 0; i < block.values.length; i++, row++) {
				const scope = block.scopeOf[i] as number;
				const metric = block.metricOf[i] as number;
				const slot = scope * SCOPE_READINGS + readings[metric]!;
				let pair = pairs[slot] as number;
				if (pair < 0) pairs[slot] = pair = identity.pair(block.scopes[scope]!, batch, readings[metric]!);
				const asLevel = isLevel(block, i, isLevelMetric);
				const into = asLevel ? levels : figures;
				const at = asLevel ? nextLevel++ : nextFigure++;
				into.head[at] = headOf(block.metrics[metric]!, kinds[scope]!);
				into.from[at] = (asLevel ? block.to[i] : block.from[i]) as number;
				into.to[at] = block.to[i] as number;
				into.pair[at] = pair;
				into.values[at] = block.values[i] as number;
				into.flags[at] = (block.flags[i]! & ESTIMATE) | marks[scope]!;
				into.row[at] = row;
				into.rank[at] = rank;
				if (++read % ENTRIES_PER_TURN === 0) yield;
			}
		}
	}
	return { figures, levels, rows };
}

/** A total as it stood on a day, which a metric such as followers always is. */
function isLevel({ flags, metricOf }: FactColumns, i: number, isLevelMetric: readonly boolean[]): boolean {
	return (flags[i]! & LEVEL) !== 0 || isLevelMetric[metricOf[i] as number]!;
}

function completeBits({ completeBreakdowns }: FactScope): number {
	return completeBreakdowns.reduce(
		(bits, dimension) => bits | (COMPLETE << NATIVE_DIMENSIONS.indexOf(dimension)),
		0
	);
}

export function emptyEntries(length: number): FactEntries {
	return {
		length,
		head: new Uint8Array(length),
		from: new Int32Array(length),
		to: new Int32Array(length),
		pair: new Uint32Array(length),
		values: new Float64Array(length),
		flags: new Uint8Array(length),
		row: new Int32Array(length),
		rank: new Uint32Array(length)
	};
}
