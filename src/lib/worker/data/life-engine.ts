import { bornDays } from '../../engine/born-days';
import { placesByLife } from '../../engine/life-order';
import { pinLives, sumByAge, type Days, type PinLives } from '../../engine/pin-lives';
import type { PlacesOf } from '../../engine/pin-list';
import { ownTaskOf } from '../../engine/own-values';
import { cutDays } from '../../engine/plan';
import { narrowed } from '../../engine/scanner';
import type { Pace } from '../../engine/pace';
import { dayNumber } from '../../model/calendar';
import type { Count } from '../../model/figures';
import { ageOn, type AgesRequest, type ByLife, type Life, type LivesRequest } from '../../model/life';
import { NO_VALUES, type Filter } from '../../model/query';
import type { DaySpan } from '../../model/reported';
import { paceOf } from '../threads/pacing';
import type { StoredData } from './stored-data';

/** Of so many filters and ranges the sums by age are kept: a few numbers each. */
const AGES_KEPT = 200;

/** The lives of the Pins whose events are stored. What is worked out is kept as long as nothing else is stored. */
export class LifeEngine {
	readonly #stored: StoredData;
	#born: Kept<Int32Array> | null = null;
	#lives: Kept<PinLives> | null = null;
	/** The newest list that was put in the order of lives: it is read in many stretches. */
	#ordered: {
		readonly list: object;
		readonly lives: object;
		readonly key: string;
		readonly places: Uint32Array;
	} | null = null;
	/** Sums by age, by the filter that they are under, as long as nothing else is stored. */
	#ages: { readonly batches: unknown; readonly byKey: Map<string, readonly number[]> } = {
		batches: null,
		byKey: new Map()
	};

	constructor(stored: StoredData) {
		this.#stored = stored;
	}

	/** Impressions in each of AGE_CLASSES under a query, by the age of their Pins. */
	ages(
		signal: AbortSignal,
		{ query: { filter, subject }, allDays }: AgesRequest
	): Promise<readonly number[]> {
		return this.#stored.withoutDamage(async () => {
			if (subject !== null) throw new Error('ages are of all Pins');
			const { batches } = this.#stored;
			const key = JSON.stringify([filter, allDays]);
			if (this.#ages.batches !== batches) this.#ages = { batches, byKey: new Map() };
			const { byKey } = this.#ages;
			const known = byKey.get(key);
			if (known) return known;
			const pace = paceOf(signal);
			const born = await this.#bornDays(filter.tz, allDays);
			const { accounts } = await this.#stored.catalogue();
			const days = await this.#days(pace, filter);
			const sums = Array.from(await sumByAge(pace, days, { figure: 'impressions', filter, accounts, born }));
			if (byKey.size >= AGES_KEPT) byKey.clear();
			byKey.set(key, sums);
			return sums;
		});
	}

	/** The life of each of these Pins by a figure, under the filters of a query; null for one without events. */
	lives(
		signal: AbortSignal,
		{ query: { filter }, allDays, figure, pinIds }: LivesRequest
	): Promise<readonly (Life | null)[]> {
		return this.#stored.withoutDamage(async () => {
			signal.throwIfAborted();
			const catalogue = await this.#stored.catalogue();
			const born = await this.#bornDays(filter.tz, allDays);
			const { halfAges, grows } = await this.#pinLives({ ...filter, ...allDays }, figure, born);
			const newest = dayNumber(allDays.to) ?? 0;
			return pinIds.map((id) => {
				const pin = catalogue.pinNumber(id);
				// One that only reports and directories name has no day, or none by now.
				if (pin < 0 || (born[pin] ?? Infinity) > newest) return null;
				const halfAge = halfAges[pin] as number;
				return {
					age: ageOn(newest, born[pin] as number),
					halfAge: halfAge < 0 ? null : halfAge,
					grows: grows[pin] === 1
				};
			});
		});
	}

	/**
	 * Puts a list in the order of its Pins' lives.
	 * @param list made anew for other figures
	 * @param words that the list was searched for
	 */
	async order(
		list: object,
		filter: Filter,
		{ order, allDays, figure }: ByLife,
		words: string
	): Promise<PlacesOf> {
		const ordered = await this.#stored.withoutDamage(async () => {
			const born = await this.#bornDays(filter.tz, allDays);
			const { halfAges, grows } = await this.#pinLives({ ...filter, ...allDays }, figure, born);
			return { born, halfAges, grows, newest: dayNumber(allDays.to) ?? 0 };
		});
		return (pins) => {
			const known = this.#ordered;
			const key = JSON.stringify([order, words]);
			if (known?.list === list && known.lives === ordered.halfAges && known.key === key) return known.places;
			const places = placesByLife(pins, order, ordered);
			this.#ordered = { list, lives: ordered.halfAges, key, places };
			return places;
		};
	}

	#bornDays(tz: string, { from, to }: DaySpan): Promise<Int32Array> {
		const stored = this.#stored;
		this.#born = this.#kept(this.#born, JSON.stringify([tz, from, to]), async (pace) => {
			const days = await this.#days(pace, { tz, from, to, values: NO_VALUES });
			return bornDays(pace, days, await stored.catalogue(), tz);
		});
		return this.#born.value;
	}

	#pinLives(filter: Filter, figure: Count, born: Int32Array): Promise<PinLives> {
		const stored = this.#stored;
		this.#lives = this.#kept(this.#lives, JSON.stringify([filter, figure]), async (pace) => {
			const { accounts } = await stored.catalogue();
			return pinLives(pace, await this.#days(pace, filter), { figure, filter, accounts, born });
		});
		return this.#lives.value;
	}

	/**
	 * What is kept, if it answers the same of the same batches; else what is worked out now, for all who ask meanwhile: it
	 * goes on where the first of them is cancelled.
	 */
	#kept<T>(kept: Kept<T> | null, key: string, work: (pace: Pace) => Promise<T>): Kept<T> {
		const { batches } = this.#stored;
		if (kept?.key === key && kept.batches === batches && !kept.hasFailed) return kept;
		const made: Kept<T> = {
			key,
			batches,
			value: work(paceOf(new AbortController().signal)),
			hasFailed: false
		};
		made.value.catch(() => (made.hasFailed = true));
		return made;
	}

	async #days(pace: Pace, filter: Filter): Promise<Days> {
		const plan = this.#stored.plan(filter, 'day');
		const [share] = cutDays(plan, 1);
		const read = await this.#stored.read(pace, share!.segments);
		const labels = filter.values.label ?? [];
		const mask = labels.length > 0 ? (await this.#stored.labels()).mask(labels) : null;
		const own = ownTaskOf(filter, await this.#stored.ownNames());
		const segments = narrowed(read, mask, own);
		return { segments, share: share!, firstDay: plan.bucketDays[0] as number };
	}
}

/** What was worked out, for which question, of which batches. */
interface Kept<T> {
	readonly key: string;
	readonly batches: unknown;
	readonly value: Promise<T>;
	hasFailed: boolean;
}
