import type { AdsFigure, AdsFigures, AdsPin, AdsRow, AdsTables, AdsTotal } from '../../model/ads';
import type { Presence } from '../../model/answer';
import { ADS_METRICS, type AdsMetric } from '../../model/metric';
import { ADS_LEVELS } from '../../model/reported';
import { compareText } from '../../model/text-order';
import { AdsDays, type FigureSet } from './ads-days';
import type { AdsIndex } from './ads-index';
import { compareTotal, type Side } from './compare';
import type { DayValues } from './day-values';
import { evaluate, isOfMoney } from './evaluate';
import { NO_ADS, UNKNOWN_CURRENCY } from './fact-identity';
import { moneyOf, totalOf, type Money } from './total-of';
import { moneyOrder } from './money-order';
import type { Question } from './question';
import type { ResolvedFacts } from './resolved-facts';

/** What reports say of campaigns, ad groups, ads and Pins over some days, beside others where two ranges are compared. */

/** A range of days; its values are what all that is chosen comes to. */
export interface AdsSide extends Side {
	readonly index: AdsIndex;
}

/** A Pin without what is said of it besides. */
export type FoundPin = Pick<AdsPin, 'pinId' | 'campaigns' | 'figures' | 'presence'>;

export type FoundAds = Omit<AdsTables, 'pins'> & { readonly pins: readonly FoundPin[] };

/** A row with what it is put in order by. */
interface Measured {
	readonly number: number;
	readonly name: string;
	readonly currency: number;
	readonly figures: AdsFigures;
	readonly presence: Presence;
}

/**
 * The tables of ads. Yields where others can have a turn.
 * @param question of paid content
 * @param then the range that is compared with; null where nothing is compared
 */
export function* adsTables(
	facts: ResolvedFacts,
	question: Question,
	now: AdsSide,
	then: AdsSide | null
): Generator<void, FoundAds> {
	const reader = new RowReader(facts, question, now, then);
	const rows: AdsRow[] = [];
	const roots: Measured[] = [];
	const inside = new Map<number, Measured[]>();
	for (const number of numbersOf(now.index.ads, then?.index.ads)) {
		if (!now.index.isChosen(number)) continue;
		const row = reader.row(number, now.index.nameOf(number), now.index.ads, then?.index.ads);
		yield;
		if (!row) continue;
		const parent = facts.identity.adsParents[number]!;
		if (parent === NO_ADS) roots.push(row);
		else if (inside.has(parent)) inside.get(parent)!.push(row);
		else inside.set(parent, [row]);
	}
	const place = (siblings: readonly Measured[], parent: number | null) => {
		for (const { number, name, figures, presence } of reader.inOrder(siblings)) {
			const level = ADS_LEVELS[facts.identity.adsLevels[number]! - 1]!;
			const at = rows.push({ level, name, parent, figures, presence }) - 1;
			place(inside.get(number) ?? [], at);
		}
	};
	place(roots, null);

	const pins: Measured[] = [];
	for (const number of numbersOf(now.index.pins, then?.index.pins)) {
		const row = reader.row(number, facts.identity.subjectIds[number]!, now.index.pins, then?.index.pins);
		if (row) pins.push(row);
		yield;
	}
	return {
		campaigns: yield* reader.campaigns(roots),
		rows,
		totals: reader.totals(roots),
		pins: reader.inOrder(pins).map(({ number, name, figures, presence }) => ({
			pinId: name,
			campaigns: reader.campaignsOfPin(number),
			figures,
			presence
		}))
	};
}

function numbersOf(...maps: (ReadonlyMap<number, unknown> | undefined)[]): Set<number> {
	return new Set(maps.flatMap((map) => (map ? [...map.keys()] : [])));
}

/** In place of a currency: none of its figures is money. */
const NO_MONEY = -1;
/** Amounts of money, that by which a row has its currency first. */
const MONEY = ['spend', 'order_value'] as const;
/** Of these a row is known, if it is. */
const AMOUNTS = ['spend', 'impressions', 'link_clicks', 'checkouts', 'order_value'] as const;

class RowReader {
	readonly #facts: ResolvedFacts;
	readonly #question: Question;
	readonly #now: AdsSide;
	readonly #then: AdsSide | null;
	/** Numbers of the currencies, that of most spend first. */
	readonly #currencies: readonly number[];

	constructor(facts: ResolvedFacts, question: Question, now: AdsSide, then: AdsSide | null) {
		this.#facts = facts;
		this.#question = question;
		this.#now = now;
		this.#then = then;
		this.#currencies = moneyOrder(now.days, now.values, facts.identity.currencies);
	}

	/** Null where nothing is known of it in either range. */
	row(
		number: number,
		name: string,
		own: ReadonlyMap<number, FigureSet>,
		others: ReadonlyMap<number, FigureSet> | undefined
	): Measured | null {
		const values = this.#valuesOf(own.get(number));
		const before = others ? this.#valuesOf(others.get(number)) : null;
		const [isNow, isThen] = [
			this.#isKnown(this.#now, values),
			this.#then !== null && before !== null && this.#isKnown(this.#then, before)
		];
		if (!isNow && !isThen) return null;
		const presence = isNow === isThen || !this.#then ? 'both' : isNow ? 'new' : 'gone';
		const side = isNow ? this.#now : this.#then!;
		const known = isNow ? values : before!;
		const money = moneyOf(side.days, known, this.#facts);
		const figures = figuresOf((metric) => this.#figure(metric, money, values, before, presence));
		return { number, name, currency: this.#currencyOf(side, known, money), figures, presence };
	}

	/** Most spend first, a currency after the other; then by name. */
	inOrder(rows: readonly Measured[]): Measured[] {
		const spend = ({ figures }: Measured) => figures.spend.value ?? -1;
		const place = ({ currency }: Measured) =>
			currency === NO_MONEY ? Infinity : this.#currencies.indexOf(currency);
		return [...rows].sort(
			(a, b) => order(place(a), place(b)) || spend(b) - spend(a) || compareText(a.name, b.name)
		);
	}

	/**
	 * The campaigns with figures in the range, whichever are chosen.
	 * @param roots rows that are known already
	 */
	*campaigns(roots: readonly Measured[]): Generator<void, AdsTables['campaigns']> {
		const { index } = this.#now;
		// What is gone has the figures of the range that is compared with.
		const known = new Map(roots.flatMap((row) => (row.presence === 'gone' ? [] : [[row.number, row]])));
		const found = new Map<string, Measured>();
		for (const number of index.ads.keys()) {
			if (!index.isCampaign(number)) continue;
			const name = index.nameOf(number);
			const row = known.get(number) ?? this.row(number, name, index.ads, undefined);
			if (row && !found.has(name)) found.set(name, row);
			yield;
		}
		return this.inOrder([...found.values()]).map(({ name, currency }) => ({
			name,
			currency: this.#codeOf(currency)
		}));
	}

	campaignsOfPin(pin: number): string[] {
		const numbers = [this.#now, this.#then].flatMap((side) => [...(side?.index.pinCampaigns.get(pin) ?? [])]);
		return [...new Set(numbers.map((one) => this.#now.index.nameOf(one)))].sort(compareText);
	}

	/** What all comes to in each currency: amounts that are no money are those of the campaigns that have it. */
	totals(roots: readonly Measured[]): AdsTotal[] {
		if (roots.length === 0) return [];
		const ofRoots = new Set(roots.map(({ currency }) => currency));
		const { days, values } = this.#now;
		const hasMoney = (currency: number) =>
			MONEY.some((metric) => evaluate(metric, days, () => 0, values, currency).value !== null);
		const found = this.#currencies.filter((one) => ofRoots.has(one) || hasMoney(one));
		if (found.length < 2) {
			const [currency = UNKNOWN_CURRENCY] = found;
			return [this.#total(currency, ({ values }) => values)];
		}
		if (ofRoots.has(NO_MONEY) && !found.includes(UNKNOWN_CURRENCY)) found.push(UNKNOWN_CURRENCY);
		return found.map((currency) => {
			const isOwn = (row: Measured) =>
				row.currency === currency || (row.currency === NO_MONEY && currency === UNKNOWN_CURRENCY);
			const own = roots.filter(isOwn).map(({ number }) => number);
			return this.#total(currency, ({ index }) => this.#valuesOf(...own.map((one) => index.ads.get(one))));
		});
	}

	/** @param counted reads what is no money */
	#total(currency: number, counted: (side: AdsSide) => DayValues): AdsTotal {
		const money: Money = {
			codeOf: (one) => this.#facts.identity.currencies[one]!,
			currenciesOf: (metric) => [isOfMoney(metric) ? currency : UNKNOWN_CURRENCY]
		};
		const figures = figuresOf((metric) => {
			const read = (side: AdsSide) => (isOfMoney(metric) ? side.values : counted(side));
			return this.#figure(metric, money, read(this.#now), this.#then && read(this.#then), 'both');
		});
		return { currency: this.#codeOf(currency), figures };
	}

	#valuesOf(...sets: readonly (FigureSet | undefined)[]): AdsDays {
		return new AdsDays(
			this.#facts,
			sets.filter((set) => set !== undefined),
			this.#question
		);
	}

	#isKnown({ days }: AdsSide, values: DayValues): boolean {
		return AMOUNTS.some((metric) => {
			const currencies = isOfMoney(metric) ? this.#currencies : [UNKNOWN_CURRENCY];
			return currencies.some((currency) => evaluate(metric, days, () => 0, values, currency).value !== null);
		});
	}

	#figure(
		metric: AdsMetric,
		money: Money,
		values: DayValues,
		before: DayValues | null,
		presence: Presence
	): AdsFigure {
		const totalIn = (side: AdsSide, values: DayValues) =>
			totalOf(metric, side.totals, side.days, values, money);
		const { value, estimated, currency, others } = totalIn(this.#now, values);
		const figure = { value, isEstimate: estimated.length > 0, currency, others };
		if (!this.#then || !before) return { ...figure, compared: null };
		if (presence === 'new') return { ...figure, compared: { now: value, then: null } };
		if (presence === 'gone')
			return { ...figure, compared: { now: null, then: totalIn(this.#then, before).value } };
		const [number] = money.currenciesOf(metric);
		const [now, then] = [
			{ ...this.#now, values },
			{ ...this.#then, values: before }
		];
		const both = compareTotal(metric, now, then, number);
		return { ...figure, compared: { now: both.now, then: both.then } };
	}

	/** The currency of a row: of its spend, else of its order value. */
	#currencyOf({ days }: AdsSide, values: DayValues, money: Money): number {
		for (const metric of MONEY) {
			const [currency] = money.currenciesOf(metric);
			if (evaluate(metric, days, () => 0, values, currency).value !== null) return currency!;
		}
		return NO_MONEY;
	}

	#codeOf(currency: number): string {
		return currency === NO_MONEY ? '' : this.#facts.identity.currencies[currency]!;
	}
}

function figuresOf(of: (metric: AdsMetric) => AdsFigure): AdsFigures {
	return Object.fromEntries(ADS_METRICS.map((metric) => [metric, of(metric)])) as Record<
		AdsMetric,
		AdsFigure
	>;
}

const order = (a: number, b: number) => (a === b ? 0 : a - b);
