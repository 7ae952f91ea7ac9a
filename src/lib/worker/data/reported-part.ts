import type { Catalogue } from '../../columns/catalogue';
import type { DailyFigures } from '../../engine/daily';
import type { Pace } from '../../engine/pace';
import type { Plan } from '../../engine/plan';
import { BoardNames } from '../../engine/reported/board-names';
import { DayReaders, type DayValues } from '../../engine/reported/day-values';
import type { Days } from '../../engine/reported/evaluate';
import { dailyWithReported, withReported, type ReportedDaily } from '../../engine/reported/merge';
import { partRange, type EventDays, type Range } from '../../engine/reported/part-range';
import { moneyOf, type Money } from '../../engine/reported/total-of';
import { reportedColumns, type ListSources } from '../../engine/reported/list-side';
import type { ReportedLabels } from '../../engine/reported/pins-asked';
import type { ReportedColumns } from '../../engine/reported/reported-columns';
import { withReportedLists } from '../../engine/reported/reported-lists';
import { ReportedPinList } from '../../engine/reported/reported-pin-list';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { paced } from '../../engine/steps';
import type { Counts } from '../../engine/pin-counts';
import type { Answer } from '../../model/answer';
import type { EventAnswer } from '../../model/event-answer';
import type { Query, Subject } from '../../model/query';
import { compareText } from '../../model/text-order';

/** What reported figures add to the answer of one query, where they have a part in its range. */
export class ReportedPart {
	readonly #query: Query;
	readonly #range: Range;
	readonly #readers: DayReaders;
	readonly #events: EventDays;
	readonly #catalogue: Catalogue;
	readonly #boards: BoardNames;
	readonly #columns = new Map<'pin' | 'board', ReportedColumns>();
	#list: ReportedPinList | null | undefined;

	private constructor(
		query: Query,
		range: Range,
		readers: DayReaders,
		events: EventDays,
		catalogue: Catalogue,
		boards: BoardNames
	) {
		this.#query = query;
		this.#range = range;
		this.#readers = readers;
		this.#events = events;
		this.#catalogue = catalogue;
		this.#boards = boards;
	}

	/**
	 * @param plan of the query, by whatever grain
	 * @param labels null where the query is about none
	 * @returns null where the answer is of events alone
	 */
	static of(
		query: Query,
		plan: Plan,
		facts: ResolvedFacts,
		events: EventDays,
		catalogue: Catalogue,
		labels: ReportedLabels | null
	): ReportedPart | null {
		const range = partRange(plan, facts, events);
		if (!range) return null;
		const boards = new BoardNames(facts.identity, catalogue.boards.names);
		const readers = new DayReaders(facts, reportedSubject(query.subject, boards), labels);
		return new ReportedPart(query, range, readers, events, catalogue, boards);
	}

	/** @param counts what was counted of events by Pin; null for a first answer, which has no lists */
	async answer(pace: Pace, counted: EventAnswer, counts: Counts | null): Promise<Answer> {
		const merged = await paced(pace, withReported(counted, this.#query, this.#range, this.#readers));
		// Reports list Pins and boards of the account.
		if (!counts || this.#query.subject !== null || this.#query.top === 0) return merged;
		return withReportedLists(merged, this.#query, this.sources(counts), this.list(counts));
	}

	/** The full list of Pins; null where it is that of events. */
	list(counts: Counts): ReportedPinList | null {
		// Made once for an answer and for all that is read of its list.
		if (this.#list === undefined) this.#list = ReportedPinList.of(this.#query, this.sources(counts));
		return this.#list;
	}

	/** @param daily of events, by days of the same plan */
	daily(pace: Pace, daily: readonly DailyFigures[]): Promise<ReportedDaily[]> {
		return paced(pace, dailyWithReported(daily, this.#query, this.#range, this.#readers, compareText));
	}

	/** What is reported of Pins or boards over the range. */
	columns(kind: 'pin' | 'board'): ReportedColumns {
		let columns = this.#columns.get(kind);
		if (!columns) {
			const { facts, labels } = this.#readers;
			const sources = { facts, labels, holdsEvents: this.#events.holds };
			this.#columns.set(kind, (columns = reportedColumns(kind, this.#query, sources)));
		}
		return columns;
	}

	/** What boards are called. */
	get boards(): BoardNames {
		return this.#boards;
	}

	/** The days of the range, by where their figures are from. */
	get days(): Days {
		return this.#range.all;
	}

	/** What is reported of them. */
	get values(): DayValues {
		return this.#readers.of(this.#readers.questionOf(this.#query.filter));
	}

	/** The currencies of amounts. */
	get money(): Money {
		const { all } = this.#range;
		return moneyOf(all, this.values, this.#readers.facts);
	}

	/** What lists are made of. */
	sources(counts: Counts): ListSources {
		return {
			...this.sourcesOfEvents(counts),
			holdsEvents: this.#events.holds,
			reportedDays: this.#range.all.reported
		};
	}

	/** The same of another range, of which events cover all days. */
	sourcesOfEvents(counts: Counts): ListSources {
		return {
			facts: this.#readers.facts,
			labels: this.#readers.labels,
			catalogue: this.#catalogue,
			boards: this.#boards,
			holdsEvents: () => true,
			reportedDays: [],
			counts
		};
	}
}

/** A Pin or board as reports name it. */
export function reportedSubject(subject: Subject | null, boards: BoardNames): Subject | null {
	return subject?.kind === 'board' ? { kind: 'board', name: boards.idOf(subject.name) } : subject;
}

/** Whether events cover all days of a range. @param reported its part; null where reports have none in it */
export function isOfEvents(reported: ReportedPart | null): boolean {
	return reported === null || reported.days.reported.length === 0;
}
