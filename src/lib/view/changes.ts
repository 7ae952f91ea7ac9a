import {
	isDimension,
	type Change,
	type ChangePart,
	type ChangedRow,
	type Changes,
	type PartChanges,
	type UnusualDay
} from '../model/change';
import { isNative } from '../model/dimension';
import { METRICS, type MetricId } from '../model/metric';
import type { ViewState } from './address';
import { changeOf } from './comparison';
import { valueTicks } from './ticks';

/** What made a change, as it is drawn and said: bars from a middle line, sentences, and the views that rows lead to. */

/** The change of a figure as a fraction; null where there was nothing before, or it is new. */
export function changeFraction({ now, then }: Pick<ChangedRow, 'now' | 'then'>): number | null {
	return changeOf(now, then);
}

/** The page that a row leads to, and what the view is there besides. */
export interface RowTarget {
	readonly route: '/' | '/pin' | '/board';
	readonly some: Partial<ViewState>;
}

/** Where the figures of a row stand: its own page, or the Overview under its value. */
export function targetOf(part: ChangePart, name: string, view: ViewState): RowTarget {
	if (part === 'pin') return { route: '/pin', some: { id: name } };
	if (part === 'board') return { route: '/board', some: { name } };
	if (part === 'link') return { route: '/', some: { q: name, sort: 'link_clicks', view: 'top-pins' } };
	return { route: '/', some: { values: { ...view.values, [part]: [name] } } };
}

/** A stretch of a bar, in per cents of the room that it has: 50 is the middle line. */
export interface Bar {
	readonly from: number;
	readonly width: number;
	readonly isGain: boolean;
}

/**
 * A row's bars: of a rate its own part and then the mix, one after the other where they have one direction; of all else
 * one.
 * @param most the value at either end
 */
export function barsOf({ contribution, ofRate }: Pick<ChangedRow, 'contribution' | 'ofRate'>, most: number) {
	const bar = (from: number, to: number): Bar => {
		const [a, b] = [from, to].map((value) => 50 + (47 * value) / most) as [number, number];
		return { from: Math.min(a, b), width: Math.abs(b - a), isGain: to > from };
	};
	if (ofRate === null) return { own: bar(0, contribution ?? 0), mix: null };
	const { own, mix } = ofRate;
	const start = Math.sign(own) === Math.sign(mix) ? own : 0;
	return { own: bar(0, own), mix: bar(start, start + mix) };
}

/** A round value that no bar of a table is longer than. */
export function scaleOf(
	metric: MetricId,
	rows: readonly Pick<ChangedRow, 'contribution' | 'ofRate'>[]
): number {
	const longest = rows.reduce((most, { contribution, ofRate }) => {
		const { own, mix } = ofRate ?? { own: contribution ?? 0, mix: 0 };
		const lengths = [own, mix, own + mix].map(Math.abs);
		return Math.max(most, ...lengths);
	}, 0);
	const { unit } = METRICS[metric];
	return valueTicks(longest, unit, 3).at(-1) ?? 1;
}

/** Rows up and down where there is room for few. */
const FEW_EACH_WAY = 3;

/** The same with the largest rows alone, the others in the rest; rates and audiences, whose rows cannot be joined, as they are. */
export function shortened(metric: MetricId, { part, rows, rest }: PartChanges): PartChanges {
	const { unit, formula } = METRICS[metric];
	const cut = rows.filter(({ contribution }, i) => {
		const place = (contribution ?? 0) < 0 ? rows.length - 1 - i : i;
		return place >= FEW_EACH_WAY;
	});
	if (cut.length < 2 || unit === 'people' || formula.kind === 'ratio') return { part, rows, rest };
	const sum = (of: (change: Change) => number | null) =>
		cut.reduce((all, row) => all + (of(row) ?? 0), rest ? (of(rest) ?? 0) : 0);
	return {
		part,
		rows: rows.filter((row) => !cut.includes(row)),
		rest: {
			then: sum(({ then }) => then),
			now: sum(({ now }) => now),
			contribution: sum(({ contribution }) => contribution),
			ofRate: null,
			count: rest && rest.count === null ? null : (rest?.count ?? 0) + cut.length
		}
	};
}

/** Between which figures an unusual day would have been usual: of what is counted, whole ones. */
export function usualRange(
	metric: MetricId,
	{ low, high }: Pick<UnusualDay, 'low' | 'high'>
): { readonly low: number; readonly high: number } {
	const { unit } = METRICS[metric];
	if (unit !== 'count' && unit !== 'people') return { low, high };
	return { low: Math.ceil(low), high: Math.floor(high) };
}

/** What stands out in a change. */
export interface ChangeSentence {
	readonly part: ChangePart;
	readonly row: ChangedRow;
	/** What the row makes of the whole change, as a fraction; null where it goes the other way or makes more than all. */
	readonly share: number | null;
	readonly target: RowTarget;
}

/**
 * At most three: the value of a dimension, the Pin that goes with the change most, and the Pin or board that goes most
 * against it.
 */
export function changeSentences({ total, parts }: Changes, view: ViewState): readonly ChangeSentence[] {
	const direction = Math.sign(total.contribution ?? 0) || 1;
	// In a sentence, the name of no value would say nothing.
	const isNamed = (part: ChangePart, name: string) => !isDimension(part) || isNative(part) || name !== '';
	const rowsOf = (wanted: (part: ChangePart) => boolean) =>
		parts
			.filter(({ part, rows }) => wanted(part) && (!isDimension(part) || rows.length > 1))
			.flatMap(({ part, rows }) => rows.map((row) => ({ part, row })))
			.filter(({ part, row }) => (row.contribution ?? 0) !== 0 && isNamed(part, row.name));
	/** The largest in a direction. */
	const most = (rows: readonly { part: ChangePart; row: ChangedRow }[], side: number) =>
		rows.reduce<{ part: ChangePart; row: ChangedRow } | null>((best, one) => {
			const size = side * (one.row.contribution ?? 0);
			return size > 0 && size > side * (best?.row.contribution ?? 0) ? one : best;
		}, null);
	const values = rowsOf(isDimension);
	const pins = rowsOf((part) => part === 'pin');
	const boards = rowsOf((part) => part === 'board');
	const against = most(pins, -direction) ?? most(boards, -direction) ?? most(values, -direction);
	const chosen = [
		most(values, direction) ?? most(boards, direction),
		most(pins, direction),
		against ??
			most(boards, direction) ??
			most(
				rowsOf((part) => part === 'link'),
				direction
			)
	].filter((one) => one !== null);
	const whole = total.contribution ?? 0;
	return [...new Set(chosen)].map(({ part, row }) => {
		const share = whole === 0 ? NaN : (row.contribution ?? 0) / whole;
		return {
			part,
			row,
			share: share > 0 && share <= 1 ? share : null,
			target: targetOf(part, row.name, view)
		};
	});
}
