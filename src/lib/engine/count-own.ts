import { kindOf } from '../columns/combination';
import { tupleCount, type OwnTask } from '../columns/own-columns';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { KIND_COUNT } from '../model/event';
import { joinBuckets } from './bucket-sums';
import { PASSES, compileFilter } from './combinations';
import { OWN_CELLS, type OwnCounts, type OwnCountTask } from './own-values';
import type { Pace } from './pace';
import type { Share } from './plan';

/**
 * Counts by columns of one's own. Sums by day do not contain them, so their values are counted from rows: by tuple
 * first, since a segment has far fewer tuples than rows.
 */

const WATCH_CELL = KIND_COUNT;

/** Counts the values of columns over a share. */
export async function countOwn(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	{ filter, accounts, filters, columns, withKinds }: OwnCountTask
): Promise<OwnCounts[]> {
	const { misses } = compileFilter(filter, accounts);
	const counts = columns.map(({ values }) => emptyCounts(values, withKinds));
	const stretches = joinBuckets(share);
	for (const segment of segments) {
		await pace();
		const kinds = Int8Array.from(segment.codes, (code) => (misses(code) === PASSES ? kindOf(code) : -1));
		const tuples = new TupleSums(segment, kinds, withKinds);
		for (const { starts } of stretches) {
			const [fromMs, toMs] = [starts[0] as number, starts[starts.length - 1] as number];
			if (segment.firstMs >= toMs || segment.lastMs < fromMs) continue;
			tuples.add(rowAt(segment, fromMs), rowAt(segment, toMs));
		}
		addTuples(segment, tuples, filters, columns, counts);
	}
	return counts;
}

function emptyCounts(values: number, withKinds: boolean): OwnCounts {
	return {
		impressions: new Float64Array(values),
		cells: new Float64Array(withKinds ? values * OWN_CELLS : 0),
		met: new Uint8Array(values),
		passing: new Uint8Array(values)
	};
}

/** Sums of a segment's rows by tuple: n by what its combination is, so that a row takes one addition. */
class TupleSums {
	/** Cells a tuple has, as a power of two: with kinds OWN_CELLS, else impressions, other events, and what is filtered out. */
	readonly shift: number;
	/** Tuple t has the cells from t << shift on; the last counts rows that do not pass by their combination. */
	readonly cells: Float64Array;
	readonly #segment: Segment;
	/** Per combination its cell. */
	readonly #cellOf: Uint8Array;

	constructor(segment: Segment, kinds: Int8Array, withKinds: boolean) {
		this.shift = withKinds ? 4 : 2;
		const last = (1 << this.shift) - 1;
		this.cells = new Float64Array(tupleCount(segment) << this.shift);
		this.#segment = segment;
		this.#cellOf = Uint8Array.from(kinds, (kind) => (kind < 0 ? last : withKinds ? kind : Math.min(kind, 1)));
	}

	/** Adds rows [start, end). */
	add(start: number, end: number): void {
		const { combinations, counts, own } = this.#segment;
		const { cells, shift } = this;
		const cellOf = this.#cellOf;
		const tuples = own?.rows ?? new Uint8Array(end);
		if (counts === null)
			for (let row = start; row < end; row++)
				cells[((tuples[row] as number) << shift) | (cellOf[combinations[row] as number] as number)]! += 1;
		else
			for (let row = start; row < end; row++)
				cells[((tuples[row] as number) << shift) | (cellOf[combinations[row] as number] as number)]! +=
					counts[row] as number;
		if (1 << shift === OWN_CELLS) this.#addWatchTime(start, end);
	}

	#addWatchTime(start: number, end: number): void {
		const { combinations, counts, own, video } = this.#segment;
		const last = OWN_CELLS - 1;
		for (let i = videoFrom(video, start); i < video.rows.length && (video.rows[i] as number) < end; i++) {
			const row = video.rows[i] as number;
			if (this.#cellOf[combinations[row] as number] === last) continue;
			const n = counts === null ? 1 : (counts[row] as number);
			const tuple = own ? (own.rows[row] as number) : 0;
			this.cells[(tuple << this.shift) | WATCH_CELL]! += n * (video.watchMs[i] as number);
		}
	}
}

/** Adds a segment's sums by tuple to those of the values that the tuples have. */
function addTuples(
	{ own }: Segment,
	{ cells, shift }: TupleSums,
	filters: OwnTask['filters'],
	columns: OwnCountTask['columns'],
	counts: readonly OwnCounts[]
): void {
	const values = own?.values ?? NO_VALUES;
	const width = own?.names.length ?? 1;
	// A column that the segment lacks is read from the one of no values.
	const placeOf = (name: string) => own?.names.indexOf(name) ?? -1;
	const places = Int32Array.from(columns, ({ name }) => placeOf(name));
	const tests = filters.map(({ name, passes }) => ({
		place: placeOf(name),
		passes,
		column: columns.findIndex((column) => column.name === name)
	}));
	const last = (1 << shift) - 1;
	const kept = shift === 2 ? 0 : OWN_CELLS - 1;
	for (let tuple = 0; tuple << shift < cells.length; tuple++) {
		const from = tuple << shift;
		let passing = 0;
		for (let cell = 0; cell < last; cell++) passing += cells[from + cell] as number;
		if (passing === 0 && cells[from + last] === 0) continue;
		const at = tuple * width;
		let failed = 0;
		let failedColumn = -1;
		for (let t = 0; t < tests.length; t++) {
			const { place, passes, column } = tests[t]!;
			if (passes[place < 0 ? 0 : (values[at + place] as number)] === 1) continue;
			failed++;
			failedColumn = column;
		}
		for (let c = 0; c < places.length; c++) {
			const place = places[c] as number;
			const value = place < 0 ? 0 : (values[at + place] as number);
			const sum = counts[c]!;
			sum.met[value] = 1;
			if (passing === 0) continue;
			if (failed === 0) sum.passing[value] = 1;
			if (failed > 1 || (failed === 1 && failedColumn !== c)) continue;
			sum.impressions[value]! += cells[from] as number;
			for (let cell = 0; cell < kept; cell++)
				sum.cells[value * OWN_CELLS + cell]! += cells[from + cell] as number;
		}
	}
}

const NO_VALUES = new Uint16Array(1);
