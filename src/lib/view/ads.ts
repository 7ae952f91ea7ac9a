import type { AdsFigure, AdsFigures, AdsRow, AdsTables } from '../model/ads';
import type { Presence } from '../model/answer';
import { METRICS, type AdsMetric } from '../model/metric';
import type { RowOrder } from '../model/query';
import { compareText } from '../model/text-order';
import type { AdsSort } from './address';
import { changeOf } from './comparison';

/** The tables of the Ads page: which rows are shown, and in which order. */

/** A campaign, ad group or ad as it is shown. */
export interface ShownAdsRow {
	readonly row: AdsRow;
	/** A text that is its own among all rows, and the same in the next answer: its name and what it is in. */
	readonly key: string;
	/** How many rows it is in. */
	readonly depth: number;
	/** How many rows it opens to. */
	readonly inside: number;
	readonly isOpen: boolean;
	/** What identifies it in the page's markup. */
	readonly mark: Readonly<Record<string, string>>;
}

const MARKS = { campaign: 'data-campaign', ad_group: 'data-ad-group', ad: 'data-ad' } as const;

/**
 * The rows that are shown, each followed by what it opens to where it is open.
 * @param opened keys of the rows that are open
 */
export function shownAdsRows(
	{ rows, totals }: Pick<AdsTables, 'rows' | 'totals'>,
	sort: AdsSort,
	opened: ReadonlySet<string>,
	order: RowOrder = 'value'
): ShownAdsRow[] {
	const inside = new Map<number | null, number[]>();
	rows.forEach(({ parent }, place) => {
		const siblings = inside.get(parent);
		if (siblings) siblings.push(place);
		else inside.set(parent, [place]);
	});
	const currencies = totals.map(({ currency }) => currency);
	const shown: ShownAdsRow[] = [];
	const used = new Set<string>();
	const show = (places: readonly number[], depth: number, before: string) => {
		const named = places.map((place) => {
			const { name, figures, presence } = rows[place]!;
			return { place, name, figures, presence };
		});
		for (const { place } of inAdsOrder(named, sort, currencies, order)) {
			const row = rows[place]!;
			let key = `${before}/${row.level} ${row.name}`;
			// Two campaigns may have one name.
			while (used.has(key)) key += '+';
			used.add(key);
			const children = inside.get(place) ?? [];
			const isOpen = opened.has(key);
			const mark = { [MARKS[row.level]]: row.name };
			shown.push({ row, key, depth, inside: children.length, isOpen, mark });
			if (isOpen) show(children, depth + 1, key);
		}
	};
	show(inside.get(null) ?? [], 0, '');
	return shown;
}

/** What rows are put in order by. */
interface Ordered {
	readonly name: string;
	readonly figures: AdsFigures;
	readonly presence: Presence;
}

/**
 * Rows with the largest value, gain or loss first; those without one last, ties by name. Amounts of two currencies are not compared:
 * one currency stands after the other.
 * @param currencies in their order
 */
export function inAdsOrder<Row extends Ordered>(
	rows: readonly Row[],
	sort: AdsSort,
	currencies: readonly string[],
	order: RowOrder = 'value'
): Row[] {
	const byName = (a: Row, b: Row) => compareText(a.name, b.name);
	if (sort === 'name') return [...rows].sort(byName);
	const isMoney = METRICS[sort].unit === 'money';
	const currencyOf = (row: Row) => (isMoney ? currencies.indexOf(row.figures[sort].currency) : 0);
	return [...rows].sort((a, b) => {
		const [left, right] = [sortValue(a, sort, order), sortValue(b, sort, order)];
		if (left === null || right === null) return +(left === null) - +(right === null) || byName(a, b);
		return currencyOf(a) - currencyOf(b) || right - left || byName(a, b);
	});
}

/** A row that is new had nothing before, and one that is gone has nothing now: as much of it was gained, or lost. */
function sortValue({ figures, presence }: Ordered, sort: AdsMetric, order: RowOrder): number | null {
	const { value, compared } = figures[sort];
	if (order === 'value') return value;
	const isAmount = METRICS[sort].formula.kind === 'amount';
	const nothing = (isMissing: boolean) => (isMissing && isAmount ? 0 : null);
	const now = compared?.now ?? nothing(presence === 'gone');
	const then = compared?.then ?? nothing(presence === 'new');
	if (!compared || now === null || then === null) return null;
	return order === 'gain' ? now - then : then - now;
}

/** The change of a figure against the days that are compared with; null where there is none. */
export function adsChange({ compared }: AdsFigure): number | null {
	return compared && changeOf(compared.now, compared.then);
}

/** The metric whose change is shown: that of the order, or spend where rows are in the order of names. */
export function shownChange(sort: AdsSort): AdsMetric {
	return sort === 'name' ? 'spend' : sort;
}
