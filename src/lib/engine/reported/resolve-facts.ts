import { NATIVE_DIMENSIONS, type NativeDimension } from '../../model/event';
import { FACT_METRIC_IDS, isAdditive } from '../../model/fact-metric';
import type { Pace } from '../pace';
import { atOnce, paced } from '../steps';
import { HEADS, headOf, metricOfHead, type CountedColumns } from './counted-columns';
import type { DerivedFigure } from './counted-facts';
import { coveredDays } from './covered-days';
import { readEntries, type FactEntries } from './fact-entries';
import type { FactBlocks } from './fact-blocks';
import { FactIdentity, SUBJECT_KINDS } from './fact-identity';
import { LegacyAds } from './legacy-ads';
import { withDifferences } from './level-differences';
import { ENTRIES_PER_TURN, radixOrder } from './radix-order';
import { ResolvedFacts } from './resolved-facts';
import { isPaidMetric } from './scope-reading';

/**
 * Settles which facts count: of equal ones that of the export made last, at a tie of the later import; of equal ones of
 * one batch the sum. What came between two levels is a figure like others.
 * @param batches in the order of their import
 * @throws AbortError where the pace says that it is no longer wanted
 */
export function resolveFacts(pace: Pace, batches: readonly FactBlocks[]): Promise<ResolvedFacts> {
	return paced(pace, resolving(batches));
}

/** The same in one go, for few facts. */
export function resolveFactsNow(batches: readonly FactBlocks[]): ResolvedFacts {
	return atOnce(resolving(batches));
}

function* resolving(batches: readonly FactBlocks[]): Generator<void, ResolvedFacts> {
	const identity = yield* FactIdentity.of(batches);
	const ranked = batches
		.map((batch, place) => ({ batch, place }))
		.sort((a, b) => a.batch.exportedAt - b.batch.exportedAt || a.place - b.place);
	const { figures, levels, rows } = yield* readEntries(batches, ranked, identity);

	const bySubject = yield* radixOrder(identity.subjectOf.length, [
		{ values: identity.termsOf, max: identity.terms.length },
		{ values: identity.subjectOf, max: identity.subjectIds.length }
	]);
	const aboutOfPair = new Uint32Array(bySubject.length);
	bySubject.forEach((pair, about) => (aboutOfPair[pair] = about));

	const counts = new Uint8Array(rows);
	const legacy = LegacyAds.of(ranked, identity);
	const countedLevels = yield* counted(levels, aboutOfPair, counts, null, null);
	const { derived, entries } = yield* withDifferences(countedLevels, levels, bySubject, figures);
	if (legacy) yield* legacy.read(entries);
	const countedFigures = yield* counted(entries, aboutOfPair, counts, legacy, derived);

	const filteredBy = Object.fromEntries(
		NATIVE_DIMENSIONS.map((dimension) => [dimension, new Set<string>()])
	) as Record<NativeDimension, Set<string>>;
	for (const filters of identity.filters) {
		for (const [dimension, values] of Object.entries(filters)) {
			for (const value of values ?? []) filteredBy[dimension as NativeDimension].add(value);
		}
	}
	const hasPaid = FACT_METRIC_IDS.some(
		(metric) =>
			isPaidMetric(metric) &&
			(countedFigures.headStarts[headOf(metric, 0)] as number) <
				(countedFigures.headStarts[headOf(metric, SUBJECT_KINDS.length)] as number)
	);
	if (hasPaid) filteredBy.content_type.add('paid');
	return new ResolvedFacts({
		batches,
		identity,
		subjects: Uint32Array.from(bySubject, (pair) => identity.subjectOf[pair] as number),
		terms: Uint32Array.from(bySubject, (pair) => identity.termsOf[pair] as number),
		aboutOfPair,
		figures: countedFigures,
		levels: countedLevels,
		counts,
		derived,
		filteredBy,
		covered: coveredDays(countedFigures, batches)
	});
}

/** The entries that count, in order. */
function* counted(
	entries: FactEntries,
	aboutOfPair: Uint32Array,
	counts: Uint8Array,
	legacy: LegacyAds | null,
	derived: readonly DerivedFigure[] | null
): Generator<void, CountedColumns> {
	const { length } = entries;
	let firstDay = Infinity;
	let lastDay = -Infinity;
	let lastRank = 0;
	const about = new Uint32Array(length);
	for (let i = 0; i < length; i++) {
		firstDay = Math.min(firstDay, entries.from[i] as number);
		lastDay = Math.max(lastDay, entries.to[i] as number);
		lastRank = Math.max(lastRank, entries.rank[i] as number);
		about[i] = aboutOfPair[entries.pair[i] as number] as number;
		if (i % ENTRIES_PER_TURN === 0) yield;
	}
	const from = entries.from.map((day) => day - firstDay);
	const to = entries.to.map((day) => day - firstDay);
	const days = length === 0 ? 0 : lastDay - firstDay;
	const isRanked = derived === null || derived.length === 0; // what is read is in the order of export
	const order = yield* radixOrder(length, [
		{ values: entries.rank, max: isRanked ? 0 : lastRank },
		{ values: about, max: aboutOfPair.length },
		{ values: to, max: days },
		{ values: from, max: days },
		{ values: entries.head, max: HEADS }
	]);

	const result = {
		headStarts: new Uint32Array(HEADS + 1),
		from: new Int32Array(length),
		to: new Int32Array(length),
		about: new Uint32Array(length),
		values: new Float64Array(length),
		flags: new Uint8Array(length),
		row: new Int32Array(length)
	};
	let kept = 0;
	const isSame = (a: number, b: number) =>
		about[a] === about[b] && from[a] === from[b] && to[a] === to[b] && entries.head[a] === entries.head[b];
	for (let start = 0; start < length;) {
		const first = order[start] as number;
		let end = start + 1;
		while (end < length && isSame(first, order[end] as number)) end++;
		if (end === start + 1 && !legacy) {
			// Nearly all entries are the only one about what they are about.
			const row = entries.row[first] as number;
			result.from[kept] = entries.from[first] as number;
			result.to[kept] = entries.to[first] as number;
			result.about[kept] = about[first] as number;
			result.values[kept] = entries.values[first] as number;
			result.flags[kept] = entries.flags[first] as number;
			result.row[kept] = row;
			if (row >= 0) counts[row] = 1;
			else derived![-1 - row]!.counts = true;
			result.headStarts[(entries.head[first] as number) + 1] = ++kept;
			if (end % ENTRIES_PER_TURN === 0) yield;
			start = end;
			continue;
		}
		const merged = latest(entries, order, start, end, legacy, derived === null);
		if (merged) {
			result.from[kept] = entries.from[first] as number;
			result.to[kept] = entries.to[first] as number;
			result.about[kept] = about[first] as number;
			result.values[kept] = merged.value;
			result.flags[kept] = merged.flags;
			result.row[kept] = merged.rows[0] as number;
			for (const row of merged.rows) {
				if (row >= 0) counts[row] = 1;
				else derived![-1 - row]!.counts = true;
			}
			const next = (entries.head[first] as number) + 1;
			result.headStarts[next] = ++kept;
		}
		if (((start / ENTRIES_PER_TURN) | 0) !== ((end / ENTRIES_PER_TURN) | 0)) yield;
		start = end;
	}
	for (let head = 1; head <= HEADS; head++) {
		const before = result.headStarts[head - 1] as number;
		result.headStarts[head] = Math.max(result.headStarts[head] as number, before);
	}
	return {
		headStarts: result.headStarts,
		from: result.from.slice(0, kept),
		to: result.to.slice(0, kept),
		about: result.about.slice(0, kept),
		values: result.values.slice(0, kept),
		flags: result.flags.slice(0, kept),
		row: result.row.slice(0, kept)
	};
}

/** What entries about the same come to, in the order of their export; null where there is nothing that counts. */
function latest(
	entries: FactEntries,
	order: Uint32Array,
	start: number,
	end: number,
	legacy: LegacyAds | null,
	areLevels: boolean
): { value: number; flags: number; rows: number[] } | null {
	for (let stop = end; stop > start;) {
		const last = order[stop - 1] as number;
		const rank = entries.rank[last] as number;
		let first = stop - 1;
		while (first > start && entries.rank[order[first - 1] as number] === rank) first--;
		if (!legacy?.isReplaced(entries, last)) {
			const own: number[] = [];
			for (let i = first; i < stop; i++) own.push(order[i] as number);
			// What follows from levels counts only where the same batch has no figure of its own.
			const reported = own.filter((entry) => (entries.row[entry] as number) >= 0);
			const some = reported.length > 0 ? reported : own;
			const alone = { value: entries.values[last]!, flags: entries.flags[last]!, rows: [entries.row[last]!] };
			if (some.length === 1 || areLevels) return alone;
			if (isAdditive(metricOfHead(entries.head[last] as number))) {
				return {
					value: some.reduce((sum, entry) => sum + (entries.values[entry] as number), 0),
					flags: some.reduce((all, entry) => all | (entries.flags[entry] as number), 0),
					rows: some.map((entry) => entries.row[entry] as number)
				};
			}
		}
		stop = first;
	}
	return null;
}
