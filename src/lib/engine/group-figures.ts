import type { Catalogue } from '../columns/catalogue';
import { kindOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import {
	COUNTS,
	COUNTS_OF_KIND,
	emptyFigureColumns,
	isEngagement,
	type FigureColumns
} from '../model/figures';
import { PASSES, type FilterTable } from './combinations';
import type { Pace } from './pace';

/** Figures by groups of Pins. */
export interface GroupFigures {
	/** A row a group. */
	readonly figures: FigureColumns;
	/** Per Pin, 1 where it has an event that passes. */
	readonly isPinMet: Uint8Array;
}

/**
 * All figures of every Pin, or of every group of Pins: for exports, where each of many thousand groups has an audience
 * of its own. The rows that pass are put in order of their group by counting (a counting sort), after which one mark
 * per person shows whether they were met in the current group.
 */
export async function groupFigures(
	pace: Pace,
	segments: readonly Segment[],
	range: { readonly fromMs: number; readonly toMs: number },
	filter: FilterTable,
	catalogue: Catalogue,
	groups: { readonly count: number; readonly ofPin: (pin: number) => number }
): Promise<GroupFigures> {
	const columns = emptyFigureColumns(groups.count);
	const isPinMet = new Uint8Array(catalogue.pinCount);
	const groupOfPin = Uint32Array.from({ length: catalogue.pinCount }, (_, pin) => groups.ofPin(pin));
	// Rows with a person, per group; then where each group's rows start.
	const starts = new Uint32Array(groups.count + 1);
	const stretches = segments.map((segment) => stretchOf(segment, range, filter));

	for (const stretch of stretches) {
		await pace();
		const { segment, start, end, passes } = stretch;
		for (let row = start; row < end; row++) {
			const c = segment.combinations[row] as number;
			if (passes[c] === 0) continue;
			const pin = segment.pins[row] as number;
			isPinMet[pin] = 1;
			const group = groupOfPin[pin] as number;
			const n = segment.counts === null ? 1 : (segment.counts[row] as number);
			for (const count of COUNTS_OF_KIND[kindOf(segment.codes[c] as number)]!)
				columns[COUNTS[count]!][group]! += n;
			if (segment.users[row] !== 0) starts[group + 1]!++;
		}
		addWatchTime(stretch, groupOfPin, columns.watch_ms);
	}
	for (let group = 0; group < groups.count; group++) starts[group + 1]! += starts[group] as number;

	// Each person's number plus one, with the top bit for engagements, in the order of groups.
	const ENGAGED = 0x8000_0000;
	const people = new Uint32Array(starts[groups.count] as number);
	const next = starts.slice();
	for (const { segment, start, end, passes } of stretches) {
		await pace();
		for (let row = start; row < end; row++) {
			const c = segment.combinations[row] as number;
			const user = segment.users[row] as number;
			if (passes[c] === 0 || user === 0) continue;
			const group = groupOfPin[segment.pins[row] as number] as number;
			people[next[group]!++] = isEngagement(kindOf(segment.codes[c] as number)) ? user + ENGAGED : user;
		}
	}
	const met = new Uint32Array(catalogue.userCount + 1);
	const engaged = new Uint32Array(catalogue.userCount + 1);
	for (let group = 0; group < groups.count; group++) {
		const mark = group + 1;
		for (let i = starts[group] as number; i < (starts[mark] as number); i++) {
			const entry = people[i] as number;
			const user = entry >= ENGAGED ? entry - ENGAGED : entry;
			if (met[user] !== mark) {
				met[user] = mark;
				columns.total_audience[group]!++;
			}
			if (entry >= ENGAGED && engaged[user] !== mark) {
				engaged[user] = mark;
				columns.engaged_audience[group]!++;
			}
		}
	}
	return { figures: columns, isPinMet };
}

/** The rows of a segment that are in the range. */
interface Stretch {
	readonly segment: Segment;
	readonly start: number;
	readonly end: number; // exclusive
	/** Per combination, 1 where the filter lets it pass. */
	readonly passes: Uint8Array;
}

function stretchOf(segment: Segment, range: { fromMs: number; toMs: number }, filter: FilterTable): Stretch {
	return {
		segment,
		start: rowAt(segment, range.fromMs),
		end: rowAt(segment, range.toMs),
		passes: Uint8Array.from(segment.codes, (code) => (filter.misses(code) === PASSES ? 1 : 0))
	};
}

function addWatchTime(
	{ segment, start, end, passes }: Stretch,
	groupOfPin: Uint32Array,
	sums: Float64Array
): void {
	const { rows, watchMs } = segment.video;
	for (let i = videoFrom(segment.video, start); i < rows.length && (rows[i] as number) < end; i++) {
		const row = rows[i] as number;
		if (passes[segment.combinations[row] as number] === 0) continue;
		const n = segment.counts === null ? 1 : (segment.counts[row] as number);
		sums[groupOfPin[segment.pins[row] as number] as number]! += n * (watchMs[i] as number);
	}
}
