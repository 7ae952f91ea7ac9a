import { beginAnswer, type BegunAnswer } from '../../engine/answer';
import type { EngineData } from '../../engine/engine-data';
import { countDays } from '../../engine/daily';
import type { Pace } from '../../engine/pace';
import { PinList } from '../../engine/pin-list';
import type { Plan } from '../../engine/plan';
import { NOTHING_REPORTED, compareTotals, type Side } from '../../engine/reported/compare';
import type { Days } from '../../engine/reported/evaluate';
import type { ReportedPinList } from '../../engine/reported/reported-pin-list';
import type { Counts } from '../../engine/pin-counts';
import type { Answer, Comparison } from '../../model/answer';
import { daysBetween } from '../../model/calendar';
import { answerOfEvents, type EventAnswer } from '../../model/event-answer';
import { eventsCompared, withSameValues } from '../../model/event-comparison';
import { LABEL } from '../../model/dimension';
import { emptyFigureColumns } from '../../model/figures';
import { METRIC_IDS } from '../../model/metric';
import type { AskedNext, PageFigures } from '../../model/page-request';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import { ComparedLists } from './compared-lists';
import type { ReportedPart } from './reported-part';
import { reportedOf } from './stored-reports';
import type { StoredData } from './stored-data';

/** The figures of an answer, and what they were made of. */
interface Figured {
	readonly query: Query;
	readonly answer: Answer;
	readonly events: EventAnswer;
	readonly data: EngineData;
	readonly reported: ReportedPart | null;
}

/** The same before any row was counted. */
interface Begun extends Figured {
	readonly begun: BegunAnswer;
}

/** A whole answer. */
interface Whole extends Figured {
	readonly pins: Counts;
}

/** An answer to a query, as long as nothing else is stored. */
interface Known {
	readonly key: string;
	readonly batches: unknown;
	readonly whole: Whole;
}

/** The lists of two answers beside each other. */
interface KnownLists {
	readonly now: Whole;
	readonly then: Whole;
	readonly lists: ComparedLists;
}

/** The answers to queries, out of events and reports together; the newest are kept for what follows from them. */
export class StoredAnswers {
	readonly #stored: StoredData;
	/** The newest answer to a query that lists, and that of the days that were compared with last. */
	#newest: Known | null = null;
	#before: Known | null = null;
	/** The full list of Pins of the former, and the lists of both. */
	#list: { readonly of: Whole; readonly list: PinList | ReportedPinList } | null = null;
	#lists: KnownLists | null = null;

	constructor(stored: StoredData) {
		this.#stored = stored;
	}

	/** The figures of a query, as far as they are known without a count of rows, beside those of other days. */
	figures(signal: AbortSignal, query: Query, compared: Query | null): Promise<PageFigures> {
		return this.#stored.withoutDamage(async () => {
			const now = await this.#begin(signal, query);
			const then = compared && (await this.#begin(signal, withSameValues(compared, now.answer)));
			return { answer: now.answer, comparison: then && (await this.#comparison(now, then)) };
		});
	}

	/**
	 * The whole answer. The rows of the days that are compared with are counted beside its own, where their people are not
	 * known or lists are wanted of both.
	 */
	async answer(
		signal: AbortSignal,
		query: Query,
		compared: AskedNext | null = null,
		onFirst: (first: PageFigures) => void = () => {}
	): Promise<Answer> {
		const known = this.#known(query);
		if (known) return known.answer;
		return this.#stored.withoutDamage(async () => {
			const now = await this.#begin(signal, query);
			const then = compared && (await this.#begin(signal, withSameValues(compared.query, now.answer)));
			// Figures are sent before the first row is counted, which takes longer than all that comes before.
			const isKnown = then !== null && now.events.hasPeople && then.events.hasPeople;
			onFirst({ answer: now.answer, comparison: isKnown ? await this.#comparison(now, then) : null });
			if (now.events.isWhole && !compared?.withLists) return now.answer;
			const [whole] = await Promise.all([
				this.#count(signal, now),
				then && (compared?.withLists || !isKnown) && this.#countBefore(signal, then)
			]);
			return whole.answer;
		});
	}

	async compare(signal: AbortSignal, query: Query, compared: Query): Promise<Comparison> {
		return this.#stored.withoutDamage(async () => {
			const now = await this.#whole(signal, query);
			const asked = withSameValues(compared, now.answer);
			const known = this.#known(asked) ?? (await this.#begin(signal, asked));
			const then = known.events.hasPeople ? known : await this.#wholeBefore(signal, asked);
			return this.#comparison(now, then);
		});
	}

	/** The full list of Pins of a query. */
	list(signal: AbortSignal, query: Query): Promise<PinList | ReportedPinList> {
		return this.#stored.withoutDamage(async () => {
			const whole = await this.#whole(signal, query);
			if (this.#list?.of !== whole) {
				const { pins, data, reported } = whole;
				const sides = { now: pins, then: null };
				const list = reported?.list(pins) ?? new PinList(sides, await data.catalogue(), { sort: query.sort });
				this.#list = { of: whole, list };
			}
			return this.#list.list;
		});
	}

	/** The lists of two ranges; the counts of each are made once. */
	comparedLists(signal: AbortSignal, query: Query, compared: Query): Promise<ComparedLists> {
		return this.#stored.withoutDamage(async () => {
			const now = await this.#whole(signal, query);
			const then = await this.#wholeBefore(signal, withSameValues(compared, now.answer));
			if (this.#lists?.now !== now || this.#lists.then !== then) {
				const side = ({ query, pins, reported }: Whole) => ({ query, counts: pins, reported });
				const lists = new ComparedLists(side(now), side(then), await now.data.catalogue());
				this.#lists = { now, then, lists };
			}
			return this.#lists.lists;
		});
	}

	/** The whole answer, with what was counted of events by Pin. */
	counted(signal: AbortSignal, query: Query): Promise<Pick<Whole, 'answer' | 'pins'>> {
		return this.#stored.withoutDamage(() => this.#whole(signal, query));
	}

	/** The newest answer, or that compared with it, where it is a query's and nothing else is stored since. */
	#known(query: Query): Whole | null {
		const key = JSON.stringify(query);
		const known = [this.#newest, this.#before].find(
			(one) => one?.batches === this.#stored.batches && one.key === key
		);
		return known?.whole ?? null;
	}

	async #whole(signal: AbortSignal, query: Query): Promise<Whole> {
		return this.#known(query) ?? this.#count(signal, await this.#begin(signal, query));
	}

	/** The whole answer about days that are compared with. */
	async #wholeBefore(signal: AbortSignal, compared: Query): Promise<Whole> {
		return this.#known(compared) ?? this.#countBefore(signal, await this.#begin(signal, compared));
	}

	/** Answers as far as it goes without a look at any row. */
	async #begin(signal: AbortSignal, query: Query): Promise<Begun> {
		const plan = this.#stored.plan(query.filter, query.grain);
		const data = await this.#stored.engineData(signal, paceOf(signal));
		const reported = await reportedOf(this.#stored, query, plan, await this.#stored.facts(signal), data);
		const begin = query.split === LABEL ? (await import('./label-engine')).beginByLabel : beginAnswer;
		const begun = await begin(query, plan, data);
		const answer = await merged(paceOf(signal), query, begun.first, null, reported);
		return { query, answer, events: begun.first, data, reported, begun };
	}

	async #count(signal: AbortSignal, begun: Begun): Promise<Whole> {
		const { batches } = this.#stored;
		const whole = await counted(signal, begun);
		// A count for one row must not take the place of the page's own answer.
		if (whole.query.top > 1) this.#newest = { key: JSON.stringify(whole.query), batches, whole };
		return whole;
	}

	async #countBefore(signal: AbortSignal, begun: Begun): Promise<Whole> {
		const { batches } = this.#stored;
		const whole = await counted(signal, begun);
		this.#before = { key: JSON.stringify(whole.query), batches, whole };
		return whole;
	}

	async #comparison(now: Figured, then: Figured): Promise<Comparison> {
		if (isComplete(now.answer) && isComplete(then.answer)) return eventsCompared(now.answer, then.answer);
		const [a, b] = [await this.#side(now), await this.#side(then)];
		const { money } = (now.reported ?? then.reported)!;
		return { answer: then.answer, totals: compareTotals(a, b, money) };
	}

	/** One of two ranges that are compared. */
	async #side({ query, reported, events, data }: Figured): Promise<Side> {
		const byDay = this.#stored.plan(query.filter, 'day');
		const days = reported?.days ?? allFromEvents(byDay);
		return {
			days,
			totals: events.totals,
			daily: days.fromEvents.length > 0 ? await countDays(query, byDay, data) : emptyFigureColumns(0),
			values: reported?.values ?? NOTHING_REPORTED
		};
	}
}

/** Counts the rows of an answer that has begun. */
async function counted(signal: AbortSignal, { query, data, reported, begun }: Begun): Promise<Whole> {
	const { answer: events, pins } = await begun.count();
	const answer = await merged(paceOf(signal), query, events, pins, reported);
	return { query, answer, events, data, reported, pins };
}

/** Whether no metric lacks any day, or currency. */
function isComplete({ totals }: Answer): boolean {
	return METRIC_IDS.every((metric) => totals[metric].missing.length === 0 && totals[metric].currency === '');
}

/** The days of a range of which events say all. */
function allFromEvents({ bucketDays }: Plan): Days {
	const all = Array.from(bucketDays.subarray(0, -1));
	return { all, fromEvents: all, reported: [] };
}

async function merged(
	pace: Pace,
	query: Query,
	counted: EventAnswer,
	pins: Counts | null,
	reported: ReportedPart | null
): Promise<Answer> {
	if (reported) return reported.answer(pace, counted, pins);
	return answerOfEvents(counted, daysBetween(query.filter.from, query.filter.to));
}
