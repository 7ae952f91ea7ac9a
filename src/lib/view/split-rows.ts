import type { Answer, Presence, Series } from '../model/answer';
import type { RowOrder } from '../model/query';
import { isRestTheSame } from './chart';
import { partOf } from './subject';

/** The figures of each value of a dimension, as the page of one Pin or board shows them. */

/** What the tables of a split show. */
export const SPLIT_METRICS = ['impressions', 'engagements', 'link_clicks'] as const;

/** The figures of one value of a dimension over the whole range. */
export interface SplitRow {
	/** Null for the rest of the values. */
	readonly value: string | null;
	/** Null where there is none. */
	readonly figures: SplitFigures;
	/** Its part of the impressions; null where there are none. */
	readonly share: number | null;
	/** In the days that are compared with; null where nothing is, or it cannot be. */
	readonly before: SplitFigures | null;
	readonly presence: Presence;
}

type SplitMetric = (typeof SPLIT_METRICS)[number];
type SplitFigures = Readonly<Record<SplitMetric, number | null>>;

/**
 * The rows of a dimension, largest impressions first, out of an answer that is split by it.
 * @param before the same of the days that are compared with: its values that are gone follow
 */
export function splitRows(answer: Answer, before: Answer | null = null): readonly SplitRow[] {
	const { totals, series } = answer;
	// Parts of a whole that covers other days are no shares.
	const sums = series.map(({ byMetric }) => sumOf(byMetric.impressions.values) ?? 0);
	const all = sums.reduce((sum, each) => sum + each, 0);
	const whole = all === totals.impressions.value ? all : null;
	const beside = before && new SplitBefore(answer, before);
	const rows = series.map((one): SplitRow => {
		const figures = figuresOf(one);
		const share = partOf(figures.impressions, whole);
		return { value: one.value, figures, share, before: null, presence: 'both', ...beside?.of(one) };
	});
	return [...rows, ...(beside?.gone ?? [])];
}

/** Rows in the order of their impressions, or of how these have changed; the rest of the values stays last. */
export function inSplitOrder(rows: readonly SplitRow[], order: RowOrder): readonly SplitRow[] {
	if (order === 'value') return rows;
	const gain = ({ figures, before, value }: SplitRow) => {
		const then = before?.impressions ?? null;
		if (value === null || figures.impressions === null || then === null) return -Infinity;
		return order === 'gain' ? figures.impressions - then : then - figures.impressions;
	};
	const keyed = rows.map((row) => ({ row, key: gain(row) }));
	return keyed.sort((a, b) => (a.key === b.key ? 0 : b.key - a.key)).map(({ row }) => row);
}

/** What the rows of a split were, where both answers have all of their days. */
class SplitBefore {
	readonly #then: Answer;
	readonly #now: Answer;
	readonly #compared: readonly SplitMetric[];

	constructor(now: Answer, then: Answer) {
		this.#now = now;
		this.#then = then;
		this.#compared = SPLIT_METRICS.filter((metric) => isExact(now, metric) && isExact(then, metric));
	}

	of({ value, isRest }: Series): Partial<SplitRow> {
		if (this.#compared.length === 0) return {};
		if (isRest && !isRestTheSame(this.#now, this.#then)) return {};
		const own = this.#then.series.find((other) => other.value === value && other.isRest === isRest);
		const isOfEvents = this.#then.reportedDays === 0;
		if (!own && !isOfEvents) return {};
		return { before: this.#known(own ? figuresOf(own) : NOTHING), presence: own || isRest ? 'both' : 'new' };
	}

	/** Those that are not there any more. */
	get gone(): SplitRow[] {
		const { series, reportedDays } = this.#now;
		if (reportedDays > 0 || series.some(({ isRest }) => isRest)) return [];
		return this.#then.series
			.filter(({ value, isRest }) => !isRest && !series.some((own) => own.value === value))
			.map((one) => ({
				value: one.value,
				figures: NOTHING,
				share: 0,
				before: this.#known(figuresOf(one)),
				presence: 'gone'
			}));
	}

	#known(figures: SplitFigures): SplitFigures {
		return { ...UNKNOWN, ...Object.fromEntries(this.#compared.map((metric) => [metric, figures[metric]])) };
	}
}

const figuresEach = (value: number | null) =>
	Object.fromEntries(SPLIT_METRICS.map((metric) => [metric, value])) as unknown as SplitFigures;
const NOTHING = figuresEach(0);
const UNKNOWN = figuresEach(null);

function figuresOf({ byMetric }: Series): SplitFigures {
	return Object.fromEntries(
		SPLIT_METRICS.map((metric) => [metric, sumOf(byMetric[metric].values)])
	) as unknown as SplitFigures;
}

/** Whether the values of a split make up a total of which no day is missing. */
function isExact({ totals, series }: Answer, metric: SplitMetric): boolean {
	const sum = series.reduce((sum, { byMetric }) => sum + (sumOf(byMetric[metric].values) ?? 0), 0);
	return totals[metric].missing.length === 0 && sum === totals[metric].value;
}

/** The rows that have a figure. */
export function rowsThere(rows: readonly SplitRow[]): readonly SplitRow[] {
	return rows.filter(({ figures }) => SPLIT_METRICS.some((metric) => figures[metric] !== null));
}

/** The sum of what is known; null where nothing is. */
function sumOf(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
