import type { Catalogue } from '../../columns/catalogue';
import { totalsOf } from '../../engine/totals';
import { countPeriod, type EventPeriod } from '../../engine/changes/amounts-of-events';
import type { ReportedValue, Sides } from '../../engine/changes/changes-of-reports';
import { countDays } from '../../engine/daily';
import { NOTHING_REPORTED, type Side } from '../../engine/reported/compare';
import { DayReaders, type DayValues } from '../../engine/reported/day-values';
import type { Days } from '../../engine/reported/evaluate';
import { UNKNOWN_CURRENCY } from '../../engine/reported/fact-identity';
import type { ReportedLabels } from '../../engine/reported/pins-asked';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { figureReader, groupSums, hasEvents, type Counts } from '../../engine/pin-counts';
import type { ChangePart } from '../../model/change';
import { LABEL, isOwn } from '../../model/dimension';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, type NativeDimension } from '../../model/event';
import {
	FIGURE_IDS,
	NO_FIGURES,
	emptyFigureColumns,
	isAudience,
	type FigureColumns,
	type Figures
} from '../../model/figures';
import { isEventMetric, type MetricId } from '../../model/metric';
import type { Subject } from '../../model/query';
import type { StoredPeriod } from './stored-period';

/** Of an open list, how many values are looked at; the largest changes are among them. */
const MOST_VALUES = 64;

/** One of the two periods, with what events count in it. */
interface CountedPeriod {
	readonly period: StoredPeriod;
	readonly days: Days;
	readonly hasEvents: boolean;
	/** Of all Pins. */
	readonly counts: EventPeriod;
	/** Of boards. */
	readonly boards: Counts;
	readonly daily: FigureColumns;
	/** Values of dimensions, and their figures by day. */
	readonly byValue: ReadonlyMap<string, FigureColumns>;
}

/** The values of each part in two periods, where reports have a share in their figures. */
export class ChangedValues {
	readonly #now: CountedPeriod;
	readonly #then: CountedPeriod;
	readonly #facts: ResolvedFacts;
	/** Of these, each with its values. */
	readonly #values: ValuesOf;
	readonly #labels: ReportedLabels;
	readonly #metric: MetricId;
	readonly #catalogue: Catalogue;
	/** The number and the code of the currency that money is in. */
	readonly currency: number;
	readonly code: string;

	private constructor(
		now: CountedPeriod,
		then: CountedPeriod,
		facts: ResolvedFacts,
		values: ValuesOf,
		labels: ReportedLabels,
		metric: MetricId,
		catalogue: Catalogue
	) {
		this.#now = now;
		this.#then = then;
		this.#facts = facts;
		this.#values = values;
		this.#labels = labels;
		this.#metric = metric;
		this.#catalogue = catalogue;
		const money = (now.period.reported ?? then.period.reported)?.money;
		this.currency = money?.currenciesOf(metric)[0] ?? UNKNOWN_CURRENCY;
		this.code = money?.codeOf(this.currency) ?? '';
	}

	static async of(
		now: StoredPeriod,
		then: StoredPeriod,
		metric: MetricId,
		facts: ResolvedFacts,
		labels: ReportedLabels
	): Promise<ChangedValues> {
		const catalogue = await now.data.catalogue();
		const values = await valuesIn(now, facts, labels);
		const [a, b] = [
			await countedPeriod(now, metric, values, catalogue),
			await countedPeriod(then, metric, values, catalogue)
		];
		return new ChangedValues(a, b, facts, values, labels, metric, catalogue);
	}

	/** Everything that passes. */
	get whole(): Sides {
		return this.#sides((period) => ({
			totals: totalsOf(period.daily, null),
			daily: period.daily,
			values: period.period.reported?.values ?? NOTHING_REPORTED
		}));
	}

	/**
	 * The values of one part.
	 * @param isWhole whether both periods have all of their days, so that figures of Pins by day are not needed
	 */
	of(part: ChangePart, isWhole: boolean): readonly ReportedValue[] {
		if (part === 'link') return []; // reports have no destinations
		if (part === 'pin' || part === 'board') return this.#subjects(part, isWhole);
		return isOwn(part) ? [] : this.#valuesOf(part);
	}

	#valuesOf(dimension: ReportedDimension): ReportedValue[] {
		return this.#values.get(dimension)!.map((value) => ({
			name: value,
			...this.#sides(({ period, byValue }) => {
				const daily = byValue.get(keyOf(dimension, value)) ?? emptyFigureColumns(0);
				return { totals: totalsOf(daily, null), daily, values: this.#readerOf(period, dimension, value) };
			})
		}));
	}

	#readerOf({ query }: StoredPeriod, dimension: ReportedDimension, value: string): DayValues {
		const readers = this.#readers;
		return readers.of(readers.narrowed(readers.questionOf(query.filter), dimension, value));
	}

	#subjects(kind: 'pin' | 'board', isWhole: boolean): ReportedValue[] {
		const hasEvents = this.#now.hasEvents || this.#then.hasEvents;
		if (hasEvents && !isWhole && isEventMetric(this.#metric)) return [];
		const { boards } = (this.#now.period.reported ?? this.#then.period.reported)!;
		return this.#largest(kind).map((id) => {
			const name = kind === 'board' ? boards.nameOf(id) : id;
			const subject: Subject = { kind, name: id };
			const readers = new DayReaders(this.#facts, subject, this.#labels);
			return {
				name,
				...this.#sides(({ period, counts, boards }) => ({
					totals: this.#figuresOf(kind, name, kind === 'pin' ? counts.pins : boards),
					daily: emptyFigureColumns(0),
					values: readers.of(readers.questionOf(period.query.filter))
				}))
			};
		});
	}

	/** The ids of those Pins or boards that are known of both periods and have changed most by what is listed of them. */
	#largest(kind: 'pin' | 'board'): string[] {
		const [now, then] = [this.#now, this.#then].map(({ period }) => period.reported?.columns(kind) ?? null);
		const ids = new Set([...(now?.ids ?? []), ...(then?.ids ?? [])]);
		const changes = [...ids].map((id) => {
			const [a, b] = [now, then].map((columns) => columns?.figure(this.#metric, id, null)?.value ?? 0);
			return { id, change: Math.abs(a! - b!) };
		});
		return changes
			.sort((a, b) => b.change - a.change)
			.slice(0, MOST_VALUES)
			.map(({ id }) => id);
	}

	/** What events count of one Pin or board. */
	#figuresOf(kind: 'pin' | 'board', name: string, counts: Counts): Figures {
		const { boards } = this.#catalogue;
		const number = kind === 'pin' ? this.#catalogue.pinNumber(name) : boards.names.indexOf(name);
		if (number < 0 || !hasEvents(counts, number)) return NO_PEOPLE;
		const figure = figureReader(counts, number);
		const found = FIGURE_IDS.map((id) => [id, isAudience(id) ? NaN : figure(id)] as const);
		return Object.fromEntries(found) as Figures;
	}

	#sides(side: (period: CountedPeriod) => Omit<Side, 'days'>): Sides {
		return {
			now: { days: this.#now.days, ...side(this.#now) },
			then: { days: this.#then.days, ...side(this.#then) }
		};
	}

	get #readers(): DayReaders {
		return (this.#madeReaders ??= new DayReaders(this.#facts, null, this.#labels));
	}
	#madeReaders: DayReaders | null = null;
}

const NO_PEOPLE: Figures = { ...NO_FIGURES, total_audience: NaN, engaged_audience: NaN };
/** The dimensions of which reports have values. */
type ReportedDimension = NativeDimension | typeof LABEL;
type ValuesOf = ReadonlyMap<ReportedDimension, readonly string[]>;

const keyOf = (dimension: ReportedDimension, value: string) => `${dimension} ${value}`;

async function countedPeriod(
	period: StoredPeriod,
	metric: MetricId,
	values: ValuesOf,
	catalogue: Catalogue
): Promise<CountedPeriod> {
	const { query, plan, data, reported } = period;
	const all = Array.from(plan.bucketDays.subarray(0, -1));
	const days = reported?.days ?? { all, fromEvents: all, reported: [] };
	const hasEvents = plan.segments.length > 0;
	const counts = hasEvents
		? await countPeriod(query.filter, plan, data, isEventMetric(metric) ? metric : 'impressions')
		: {
				pins: { withVideo: false, counts: new Float64Array(catalogue.pinCount << 3) },
				codes: new Map(),
				own: []
			};
	const daily = hasEvents ? await countDays(query, plan, data) : emptyFigureColumns(all.length);
	const byValue = new Map<string, FigureColumns>();
	for (const [dimension, all] of hasEvents ? values : []) {
		for (const value of all)
			byValue.set(keyOf(dimension, value), await daysOfValue(period, dimension, value));
	}
	const boards = groupSums(counts.pins, catalogue.boards).sums;
	return { period, days, hasEvents, counts, boards, daily: withoutPeople(daily), byValue };
}

/** Sums contain no people. */
function withoutPeople(columns: FigureColumns): FigureColumns {
	return {
		...columns,
		total_audience: columns.total_audience.map(() => NaN),
		engaged_audience: columns.engaged_audience.map(() => NaN)
	};
}

/** What events of a value count by day. */
async function daysOfValue(
	{ query, plan, data }: StoredPeriod,
	dimension: ReportedDimension,
	value: string
): Promise<FigureColumns> {
	if (dimension === LABEL) {
		// Beside the labels that are filtered by, not in their place: a Pin may bear several.
		const onlyPins = (await data.labels!()).mask([value]);
		return countDays({ filter: query.filter, subject: null }, plan, { ...data, onlyPins });
	}
	const filter = { ...query.filter, values: { ...query.filter.values, [dimension]: [value] } };
	return countDays({ filter, subject: null }, plan, data);
}

/** Every value of every dimension that passes the filters. */
async function valuesIn(
	period: StoredPeriod,
	facts: ResolvedFacts,
	labels: ReportedLabels
): Promise<ValuesOf> {
	return new Map<ReportedDimension, readonly string[]>([
		...NATIVE_DIMENSIONS.map((dimension) => [dimension, valuesOf(dimension, period, facts)] as const),
		[LABEL, await labelsIn(period, labels)]
	]);
}

/** The labels with most Pins; none where there are no labels. */
async function labelsIn({ plan, data }: StoredPeriod, { names }: ReportedLabels): Promise<readonly string[]> {
	const index = await data.labels!();
	if (index.names.length === 0) return [];
	if (plan.segments.length === 0) return names.slice(0, MOST_VALUES);
	const most = [...index.names].sort((a, b) => index.pinsOf(b).length - index.pinsOf(a).length);
	return ['', ...most].slice(0, MOST_VALUES);
}

function valuesOf(
	dimension: NativeDimension,
	{ query, data }: StoredPeriod,
	facts: ResolvedFacts
): readonly string[] {
	const wanted = query.filter.values[dimension];
	if (dimension !== 'account') return wanted.length > 0 ? wanted : CLOSED_VALUES[dimension];
	const all = [...new Set([...facts.filteredBy.account, ...data.accounts])];
	return (wanted.length > 0 ? wanted : all).slice(0, MOST_VALUES);
}
