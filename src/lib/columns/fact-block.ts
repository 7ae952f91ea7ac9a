import { dayFromNumber } from '../model/calendar';
import type { NativeDimension } from '../model/event';
import type { FactMetric } from '../model/fact-metric';
import type { Fact, FactScope, ReportedFilters, ReportedSubject } from '../model/reported';
import { factColumns, type FactColumns } from './fact-columns';

/** Facts as they are stored: a stretch of columns with the scopes that it refers to. */
export interface FactBlock extends FactColumns {
	readonly version: number;
}

/** Version of the stored form. A reader refuses other versions. */
export const FACT_BLOCK_VERSION = 2;

const FACTS_PER_BLOCK = 65_536;

/** Cuts columns into blocks, each complete in itself. */
export function packFacts(columns: FactColumns): FactBlock[] {
	const blocks: FactBlock[] = [];
	for (let start = 0; start < columns.values.length; start += FACTS_PER_BLOCK) {
		blocks.push(packStretch(columns, start, Math.min(start + FACTS_PER_BLOCK, columns.values.length)));
	}
	return blocks;
}

function packStretch(columns: FactColumns, start: number, end: number): FactBlock {
	// Facts stand in the order of their scopes, so that those of a stretch lie side by side.
	const numbers = new Map<number, number>();
	const scopes: FactScope[] = [];
	const scopeOf = columns.scopeOf.slice(start, end);
	scopeOf.forEach((scope, i) => {
		let number = numbers.get(scope);
		if (number === undefined) {
			number = scopes.push(columns.scopes[scope] as FactScope) - 1;
			numbers.set(scope, number);
		}
		scopeOf[i] = number;
	});
	return {
		version: FACT_BLOCK_VERSION,
		scopes,
		metrics: columns.metrics,
		scopeOf,
		metricOf: columns.metricOf.slice(start, end),
		from: columns.from.slice(start, end),
		to: columns.to.slice(start, end),
		values: columns.values.slice(start, end),
		flags: columns.flags.slice(start, end)
	};
}

/** The typed arrays of a block, in a fixed order: what a checksum covers besides the JSON of the rest. */
export function factBlockArrays(block: FactBlock): ArrayBufferView[] {
	return [block.scopeOf, block.metricOf, block.from, block.to, block.values, block.flags];
}

/** Bytes that a block takes, about. */
export function factBlockBytes(block: FactBlock): number {
	const BYTES_PER_SCOPE = 120;
	return (
		factBlockArrays(block).reduce((sum, { byteLength }) => sum + byteLength, 0) +
		block.scopes.length * BYTES_PER_SCOPE
	);
}

/** Facts as version 1 stored them, all of a batch in one. */
export interface FactBlockV1 {
	readonly version: number;
	readonly metrics: readonly string[];
	readonly subjects: readonly ReportedSubject[];
	readonly scopes: readonly {
		readonly filters: ReportedFilters;
		readonly listedBy: readonly NativeDimension[];
	}[];
	readonly metricOf: Uint8Array;
	readonly subjectOf: Uint32Array;
	readonly scopeOf: Uint16Array;
	readonly from: Int32Array;
	readonly to: Int32Array;
	readonly values: Float64Array;
	readonly isEstimate: Uint8Array;
}

/** The facts of a block of version 1. */
export function factsOfV1(block: FactBlockV1): FactColumns {
	return factColumns(
		Array.from(block.values, (value, i): Fact => {
			const { filters, listedBy } = block.scopes[block.scopeOf[i] as number]!;
			return {
				kind: 'figure',
				metric: block.metrics[block.metricOf[i] as number] as FactMetric,
				value,
				from: dayFromNumber(block.from[i] as number),
				to: dayFromNumber(block.to[i] as number),
				subject: block.subjects[block.subjectOf[i] as number]!,
				filters,
				completeBreakdowns: listedBy,
				ads: {},
				currency: '',
				profile: '',
				isEstimate: block.isEstimate[i] === 1
			};
		})
	);
}
