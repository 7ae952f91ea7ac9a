import { pinMask } from '../../engine/pin-mask';
import { ownTaskOf } from '../../engine/own-values';
import { NOTHING_REPORTED } from '../../engine/reported/compare';
import { DayReaders, type DayValues } from '../../engine/reported/day-values';
import { evaluate } from '../../engine/reported/evaluate';
import { narrowedTo, questionOf } from '../../engine/reported/question';
import { peopleOfValues, PeopleOfLists, type People } from '../../engine/row-people';
import { narrowed } from '../../engine/scanner';
import { isNative } from '../../model/dimension';
import type { Audience } from '../../model/figures';
import type { Query } from '../../model/query';
import type { RowAudiences, RowKind, RowPeople, RowPeopleRequest } from '../../model/row-people';
import { paceOf } from '../threads/pacing';
import { reportedSubject, type ReportedPart } from './reported-part';
import type { StoredData } from './stored-data';
import { readPeriod, type StoredPeriod } from './stored-period';

/** The people of rows that are on screen. Fetched when they are first asked for. */
export class RowPeopleEngine {
	readonly #stored: StoredData;
	/** What was counted last: all lists of a page ask about the same days. */
	#newest: Counted | null = null;

	constructor(stored: StoredData) {
		this.#stored = stored;
	}

	count(signal: AbortSignal, request: RowPeopleRequest): Promise<readonly RowPeople[]> {
		const { query, compared, kind, names } = request;
		return this.#stored.withoutDamage(async () => {
			const now = await this.#side(signal, query, kind, names, compared);
			const then = compared && (await this.#side(signal, compared, kind, names, query));
			return names.map((_, i) => ({ now: now[i]!, then: then && then[i]! }));
		});
	}

	async #side(
		signal: AbortSignal,
		query: Query,
		kind: RowKind,
		names: readonly (string | null)[],
		beside: Query | null
	): Promise<readonly RowAudiences[]> {
		const period = await readPeriod(signal, this.#stored, query);
		const people = await this.#ofEvents(signal, period, kind, names, beside);
		const { reported } = period;
		if (!reported || reported.days.reported.length === 0) return people;
		const facts = (await this.#stored.facts(signal))!;
		const valuesOf = reportedValues(
			new DayReaders(facts, ownSubject(query, reported)),
			period,
			reported,
			kind
		);
		return people.map((counted, i): RowAudiences => {
			const values = valuesOf(names[i]!);
			const of = (audience: Audience) =>
				values && evaluate(audience, reported.days, () => counted[audience], values).value;
			return { total_audience: of('total_audience'), engaged_audience: of('engaged_audience') };
		});
	}

	async #ofEvents(
		signal: AbortSignal,
		period: StoredPeriod,
		kind: RowKind,
		names: readonly (string | null)[],
		beside: Query | null
	): Promise<readonly People[]> {
		const { query, plan, data } = period;
		if (kind !== 'pin' && kind !== 'board' && kind !== 'link')
			return peopleOfValues(query, kind, names, plan, data);
		const lists = await this.#lists(signal, period, beside);
		return names.map((name) => lists.of(kind, name ?? ''));
	}

	/** @param beside the question that is asked next or was before: what is counted of it is kept too */
	#lists(signal: AbortSignal, period: StoredPeriod, beside: Query | null): Promise<PeopleOfLists> {
		signal.throwIfAborted();
		const { batches } = this.#stored;
		const wanted = [keyOf(period.query), ...(beside ? [keyOf(beside)] : [])];
		const isSame = this.#newest?.batches === batches && wanted.every((key) => this.#newest!.keys.has(key));
		if (!isSame) {
			// Nobody waits for the counts of earlier days any more.
			this.#newest?.stop.abort();
			this.#newest = { batches, keys: new Set(wanted), lists: new Map(), stop: new AbortController() };
		}
		const { lists, stop } = this.#newest!;
		const [key] = wanted as [string];
		let known = lists.get(key);
		if (!known) {
			lists.set(key, (known = this.#countLists(stop.signal, period)));
			known.catch(() => lists.delete(key)); // counted anew by the next question
		}
		return known;
	}

	/** Goes on where one who asked is gone: other lists wait for the same. */
	async #countLists(signal: AbortSignal, { query, plan, data }: StoredPeriod): Promise<PeopleOfLists> {
		const pace = paceOf(signal);
		const mask = await pinMask(query, data);
		const own = ownTaskOf(query.filter, data.own);
		const segments = narrowed(await this.#stored.read(pace, plan.segments), mask, own);
		return PeopleOfLists.count(pace, query.filter, plan, segments, await data.catalogue());
	}
}

/** The people of all lists under one question, and the one that it is compared with. */
interface Counted {
	readonly batches: unknown;
	readonly keys: ReadonlySet<string>;
	readonly lists: Map<string, Promise<PeopleOfLists>>;
	readonly stop: AbortController;
}

/** What people depend on. */
function keyOf({ filter, subject }: Query): string {
	return JSON.stringify([filter, subject]);
}

function ownSubject({ subject }: Query, { boards }: ReportedPart) {
	return reportedSubject(subject, boards);
}

/** What reports say of a row; null where they may be part of it without saying so. */
function reportedValues(
	readers: DayReaders,
	{ query }: StoredPeriod,
	{ boards }: ReportedPart,
	kind: RowKind
): (name: string | null) => DayValues | null {
	const question = questionOf(query.filter.values);
	switch (kind) {
		case 'pin':
		case 'board':
			return (name) =>
				new DayReaders(readers.facts, reportedSubject({ kind, name: name ?? '' }, boards)).of(question);
		case 'link':
			// Figures of links are those of events alone.
			return () => NOTHING_REPORTED;
		default:
			return (name) =>
				name === null || !isNative(kind) ? null : readers.of(narrowedTo(question, kind, name));
	}
}
