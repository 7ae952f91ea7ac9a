import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/lib/model/calendar';
import type { Total } from '../../../../src/lib/model/answer';
import type { FactMetric } from '../../../../src/lib/model/fact-metric';
import type { Fact, ReportedFilters } from '../../../../src/lib/model/reported';
import { dayCount } from '../../../support/day-count';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact } from '../../../support/reported-answer';

/**
 * The rules for reported figures, once more and as plainly as they can be written: every question is answered by a look
 * at every fact. Files overlap, leave cells blank, mark estimates, carry filters, and are taken back.
 */

const FIRST = '2026-03-02'; // a Monday
const DAYS = 7;
const LAST = addDays(FIRST, DAYS - 1);
const dayAt = (index: number) => addDays(FIRST, index);

/** A figure of some days in a row; `paid` is the filter that it was taken under. */
interface Cell {
	readonly metric: 'impressions' | 'saves' | 'total_audience' | 'followers';
	readonly from: number;
	readonly days: number;
	readonly value: number;
	readonly isPaid: boolean;
	readonly isEstimate: boolean;
}

/** A file: what it holds, when it was exported, whether it was taken back since. */
interface File {
	readonly cells: readonly Cell[];
	readonly exportedAt: number;
	readonly isUndone: boolean;
}

const CELL = fc
	.record({
		metric: fc.constantFrom(
			'impressions' as const,
			'saves' as const,
			'total_audience' as const,
			'followers' as const
		),
		from: fc.nat(DAYS - 1),
		days: fc.constantFrom(1, 1, 1, 1, 2, 3, 7),
		value: fc.nat(50),
		isPaid: fc.boolean(),
		isEstimate: fc.boolean()
	})
	// A level is of one day; no cell reaches beyond the week.
	.map((cell): Cell => {
		const days = cell.metric === 'followers' ? 1 : Math.min(cell.days, DAYS - cell.from);
		return { ...cell, days };
	});

const keyOf = ({ metric, from, days, isPaid }: Cell) => `${metric} ${from} ${days} ${isPaid}`;

const FILE = fc.record({
	cells: fc.uniqueArray(CELL, { maxLength: 18, selector: keyOf }),
	exportedAt: fc.nat(3),
	isUndone: fc.boolean()
});

const PAID: ReportedFilters = { content_type: ['paid'] };

function factOf({ metric, from, days, value, isPaid, isEstimate }: Cell): Fact {
	const to = dayAt(from + days - 1);
	return fact(dayAt(from), metric as FactMetric, value, {
		to,
		isEstimate,
		filters: isPaid ? PAID : {},
		kind: metric === 'followers' ? 'level' : 'figure'
	});
}

/** Of equal cells, that of the file exported last; at a tie, imported last. */
function countedCells(files: readonly File[], metric: Cell['metric'], isPaid: boolean): Cell[] {
	const counted = new Map<string, { cell: Cell; exportedAt: number }>();
	for (const { cells, exportedAt, isUndone } of files) {
		if (isUndone) continue;
		for (const cell of cells) {
			if (cell.metric !== metric || cell.isPaid !== isPaid) continue;
			const earlier = counted.get(keyOf(cell));
			if (!earlier || exportedAt >= earlier.exportedAt) counted.set(keyOf(cell), { cell, exportedAt });
		}
	}
	return [...counted.values()].map(({ cell }) => cell);
}

/** The sets of cells of which no day is twice: those that cover most days, then have most single days, then fewest cells. */
function bestSets(cells: readonly Cell[], isFree: (day: number) => boolean): Cell[][] {
	const daysOf = ({ from, days }: Cell) => Array.from({ length: days }, (_, i) => from + i);
	const usable = cells.filter((cell) => daysOf(cell).every(isFree));
	let best: Cell[][] = [];
	let bestScore = [-1, 0, 0];
	const choose = (place: number, taken: readonly Cell[], used: ReadonlySet<number>) => {
		if (place === usable.length) {
			const singles = taken.filter(({ days }) => days === 1).length;
			const score = [used.size, singles, -taken.length];
			const order = score.map((n, i) => n - bestScore[i]!).find((n) => n !== 0) ?? 0;
			if (order > 0) [best, bestScore] = [[[...taken]], score];
			else if (order === 0) best.push([...taken]);
			return;
		}
		const cell = usable[place]!;
		if (daysOf(cell).every((day) => !used.has(day)))
			choose(place + 1, [...taken, cell], new Set([...used, ...daysOf(cell)]));
		choose(place + 1, taken, used);
	};
	choose(0, [], new Set());
	return best;
}

function checkSum(
	total: Total,
	cells: readonly Cell[],
	eventDays: readonly number[],
	ofEvents: number
): void {
	// A day that no file covers has the events' figures, where events are stored; here one file covers every day.
	const sets = bestSets(cells, (day) => !eventDays.includes(day));
	const known = sets.map((set) => {
		const covered = set.reduce((sum, { days }) => sum + days, 0);
		const estimated = set.reduce((sum, { days, isEstimate }) => sum + (isEstimate ? days : 0), 0);
		const sum = set.reduce((all, { value }) => all + value, 0);
		const isAny = eventDays.length + covered > 0;
		return [isAny ? ofEvents * eventDays.length + sum : null, DAYS - eventDays.length - covered, estimated];
	});
	expect(known).toContainEqual([total.value, dayCount(total.missing), dayCount(total.estimated)]);
}

function checkPeople(total: Total, cells: readonly Cell[], eventDays: readonly number[], met: number): void {
	const whole = cells.find(({ from, days }) => from === 0 && days === DAYS);
	if (whole && eventDays.length === 0) {
		expect(total).toMatchObject({ value: whole.value, missing: [], bounds: null });
		return;
	}
	if (eventDays.length === DAYS) {
		expect(total.value).toBe(met);
		return;
	}
	const ofDays = cells.filter(({ from, days }) => days === 1 && !eventDays.includes(from));
	const missing = DAYS - eventDays.length - ofDays.length;
	const values = ofDays.map(({ value }) => value);
	expect(dayCount(total.missing)).toBe(missing);
	if (ofDays.length === 0 && eventDays.length > 0) {
		// No report answers any day: those of the events are all who are known.
		expect(total).toMatchObject({ value: met, bounds: null });
		return;
	}
	expect(total.value).toBeNull();
	expect(total.bounds).toEqual(
		values.length > 0 || met > 0
			? {
					least: Math.max(met, ...values),
					most: missing === 0 ? met + values.reduce((a, b) => a + b, 0) : null
				}
			: null
	);
}

function checkLevel(total: Total, cells: readonly Cell[]): void {
	const last = [...cells].sort((a, b) => b.from - a.from)[0];
	expect(total.value).toBe(last?.value ?? null);
	expect(total.asOf).toBe(last ? dayAt(last.from) : null);
}

describe('any set of reports, overlapping, taken back, with events on some days', () => {
	it('is answered as the rules say', () => {
		fc.assert(
			fc.property(
				fc.array(FILE, { minLength: 1, maxLength: 5 }),
				fc.uniqueArray(fc.nat(DAYS - 1), { maxLength: 3 }),
				fc.boolean(),
				(files, eventDays, isPaid) => {
					const live = files.filter(({ isUndone }) => !isUndone);
					const batches = batchesOf(...live.map(({ cells }) => cells.map(factOf)), []).map(
						(batch, place) => ({
							...batch,
							exportedAt: live[place]?.exportedAt ?? 0,
							// One file without a figure covers every day, so that no day is 0 for lack of events.
							covered: place === live.length ? [{ from: FIRST, to: LAST }] : batch.covered
						})
					);
					const events = Object.fromEntries(
						eventDays.map((index) => [dayAt(index), { impressions: 100, saves: 10 }])
					);
					const values = isPaid ? { content_type: ['paid'] } : {};
					const query = openQuery({
						filter: openFilter({ from: FIRST, to: LAST, values }),
						grain: 'week'
					});
					if (eventDays.length === DAYS) return; // nothing reported is left
					const { totals } = answerWith(batches, query, events);
					const cellsOf = (metric: Cell['metric']) => countedCells(live, metric, isPaid);
					checkSum(totals.impressions, cellsOf('impressions'), eventDays, 100);
					checkSum(totals.saves, cellsOf('saves'), eventDays, 10);
					checkPeople(totals.total_audience, cellsOf('total_audience'), eventDays, 0);
					checkLevel(totals.followers, cellsOf('followers'));
				}
			),
			{ numRuns: 300 }
		);
	});
});
