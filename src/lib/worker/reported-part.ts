import type { Catalogue } from '../columns/catalogue';
import type { EngineData } from '../engine/answer';
import type { DailyFigures } from '../engine/daily';
import { planQuery, type BatchSegments, type Plan } from '../engine/plan';
import { DayReaders } from '../engine/reported/day-values';
import { eventDaysOf } from '../engine/reported/event-days';
import {
	dailyWithReported,
	partRange,
	withReported,
	type Range,
	type ReportedDaily
} from '../engine/reported/merge';
import { ReportedList } from '../engine/reported/reported-list';
import type { ResolvedFacts } from '../engine/reported/resolved-facts';
import { withReportedLists, type AttributesOf } from '../engine/reported/top';
import type { Answer, Query } from '../model/query';
import { compareText } from '../model/text-order';

/** What reported figures add to the answer of one query, where they have a part in its range. */
export class ReportedPart {
	readonly #query: Query;
	readonly #facts: ResolvedFacts;
	readonly #range: Range;
	readonly #readers: DayReaders;
	readonly #attributesOf: AttributesOf;

	private constructor(query: Query, facts: ResolvedFacts, range: Range, attributesOf: AttributesOf) {
		this.#query = query;
		this.#facts = facts;
		this.#range = range;
		this.#readers = new DayReaders(facts, query.subject);
		this.#attributesOf = attributesOf;
	}

	/**
	 * @param plan of the query, by whatever grain
	 * @param facts null where nothing reported is stored
	 * @returns null where the answer is of events alone
	 */
	static async of(
		query: Query,
		plan: Plan,
		facts: ResolvedFacts | null,
		batches: readonly BatchSegments[],
		data: EngineData
	): Promise<ReportedPart | null> {
		if (!facts) return null;
		const byDay = plan.grain === 'day' ? plan : planQuery(query.filter, 'day', batches);
		const any = batches.some(({ segments }) => segments.length > 0);
		const range = partRange(plan, facts, await eventDaysOf(query.filter, byDay, data, any));
		return range && new ReportedPart(query, facts, range, attributesIn(await data.catalogue()));
	}

	/** Whether top lists are made of reports: the range holds no event. */
	get hasLists(): boolean {
		return this.#range.eventDays === 0 && this.#query.subject === null;
	}

	answer(answer: Answer): Answer {
		const merged = withReported(answer, this.#query, this.#range, this.#readers);
		return this.hasLists ? withReportedLists(merged, this.#query, this.#facts, this.#attributesOf) : merged;
	}

	list(): ReportedList {
		return new ReportedList(this.#query, this.#facts, this.#attributesOf);
	}

	/** @param daily of events, by days of the same plan */
	daily(daily: readonly DailyFigures[]): ReportedDaily[] {
		return dailyWithReported(daily, this.#query, this.#range, this.#readers, compareText);
	}
}

function attributesIn(catalogue: Catalogue): AttributesOf {
	return (pinId) => {
		const number = catalogue.pinNumber(pinId);
		return catalogue.isKnown(number) ? catalogue.pin(number) : null;
	};
}
