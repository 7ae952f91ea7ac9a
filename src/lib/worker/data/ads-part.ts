import type { Catalogue } from '../../columns/catalogue';
import type { Pace } from '../../engine/pace';
import type { Plan } from '../../engine/plan';
import { adsTables, type AdsSide } from '../../engine/reported/ads';
import { AdsDays } from '../../engine/reported/ads-days';
import { AdsIndex } from '../../engine/reported/ads-index';
import { compareTotals, type Side } from '../../engine/reported/compare';
import { DayReaders, type DayValues } from '../../engine/reported/day-values';
import { seriesByMetricOf, totalsOf } from '../../engine/reported/merge';
import { partRange, type Range } from '../../engine/reported/part-range';
import { moneyOf, type Money } from '../../engine/reported/total-of';
import { narrowedTo, questionOf, type Question } from '../../engine/reported/question';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { paced } from '../../engine/steps';
import type { AdsTables } from '../../model/ads';
import { NO_ROWS, type Answer, type Comparison, type DamagedPart } from '../../model/answer';
import { emptyFigureColumns, NO_FIGURES } from '../../model/figures';
import type { Query } from '../../model/query';

/** What answers a question about ads: paid figures of reports alone, on every day, whatever events say. */
export class AdsPart {
	readonly #plan: Plan;
	readonly #facts: ResolvedFacts;
	readonly #question: Question;
	readonly #range: Range;
	readonly #index: AdsIndex;
	readonly #values: DayValues;

	private constructor(
		plan: Plan,
		facts: ResolvedFacts,
		question: Question,
		range: Range,
		index: AdsIndex,
		values: DayValues
	) {
		this.#plan = plan;
		this.#facts = facts;
		this.#question = question;
		this.#range = range;
		this.#index = index;
		this.#values = values;
	}

	/**
	 * Reads the figures of the query's days: of paid content, whatever content it requests.
	 * @param plan of the query
	 */
	static async of(pace: Pace, query: Query, plan: Plan, facts: ResolvedFacts): Promise<AdsPart> {
		const question = narrowedTo(questionOf(query.filter.values), 'content_type', 'paid');
		// Every day is one of reports.
		const range = partRange(plan, facts, NO_EVENT_DAYS)!;
		const campaigns = query.ads?.campaigns ?? [];
		const { all } = range.all;
		const days = { from: all[0]!, to: all.at(-1)! };
		const index = await paced(pace, AdsIndex.of(facts, days, campaigns));
		const chosen = () => [...index.ads].filter(([ads]) => index.isCampaign(ads) && index.isChosen(ads));
		const values =
			campaigns.length === 0
				? paidDays(new DayReaders(facts, null).of(question))
				: new AdsDays(
						facts,
						chosen().map(([, set]) => set),
						question
					);
		return new AdsPart(plan, facts, question, range, index, values);
	}

	/** Tiles and chart. */
	async answer(pace: Pace, damaged: readonly DamagedPart[]): Promise<Answer> {
		const { all, buckets } = this.#range;
		const money = this.#money;
		const totals = await paced(pace, totalsOf(NO_FIGURES, all, this.#values, money));
		const byMetric = await paced(pace, seriesByMetricOf(NO_STEPS, buckets, this.#values, money));
		return {
			isWhole: true,
			hasPeople: true,
			days: all.all.length,
			eventDays: 0,
			reportedDays: all.all.filter((day) => this.#facts.isCovered(day)).length,
			totals,
			buckets: this.#plan.buckets,
			overall: byMetric,
			series: [{ value: null, isRest: false, byMetric }],
			shares: { content_type: [], source: [], device: [], account: [], format: [] },
			topPins: NO_ROWS,
			topBoards: NO_ROWS,
			topLinks: NO_ROWS,
			listsInstead: [],
			damaged
		};
	}

	/** The same beside the days that are compared with. */
	async compare(pace: Pace, then: AdsPart): Promise<Comparison> {
		return {
			answer: await then.answer(pace, []),
			totals: compareTotals(this.#side, then.#side, this.#money)
		};
	}

	/** Campaigns, ad groups, ads and Pins. */
	async tables(pace: Pace, then: AdsPart | null, catalogue: Catalogue): Promise<AdsTables> {
		const found = await paced(
			pace,
			adsTables(this.#facts, this.#question, this.#adsSide, then && then.#adsSide)
		);
		return {
			...found,
			pins: found.pins.map((pin) => ({ ...catalogue.pin(catalogue.pinNumber(pin.pinId)), ...pin }))
		};
	}

	get #money(): Money {
		return moneyOf(this.#range.all, this.#values, this.#facts);
	}

	get #side(): Side {
		return { days: this.#range.all, totals: NO_FIGURES, daily: NO_STEPS, values: this.#values };
	}

	get #adsSide(): AdsSide {
		return { ...this.#side, index: this.#index };
	}
}

const NO_EVENT_DAYS = { holds: () => false, covers: () => false };
const NO_STEPS = emptyFigureColumns(0);

/** Figures of days, with nothing said of those under other filters. */
function paidDays(days: DayValues): DayValues {
	return {
		of: (...asked) => days.of(...asked),
		periods: (...asked) => days.periods(...asked),
		lastLevel: (...asked) => days.lastLevel(...asked),
		pair: (...asked) => days.pair(...asked),
		filtersThere: () => []
	};
}
