import type { Credentials, DataHost } from '../model/host';
import { NO_ADS_TABLES } from '../model/ads';
import type { About, Answer, PinAttributes, Top, TopPin } from '../model/answer';
import { daysBetween } from '../model/calendar';
import { answerOfEvents } from '../model/event-answer';
import { eventsCompared } from '../model/event-comparison';
import { answerRequest, type PageEngine, type PageRequest, type Piece } from '../model/page-request';
import type { Coverage, HourFigures, PinListRequest, Query } from '../model/query';
import { answerPins, answerQuery } from './answer';
import { Connection, type ConnectionOptions } from './connection';
import { answerAttributes, answerEvents, type EventPiece } from './events';
import { answerAllBoards, answerAllPins, type ListedBoard, type ListedPin } from './full-lists';
import { answerHours } from './hours';
import type { Ask } from './rows';
import { askDaily } from './series';
import { tablesOf, type Tables } from './tables';
import {
	answerCoverage,
	answerHasBoard,
	answerHasCreated,
	answerPinAttributes,
	assertWholeAnswers
} from './stored';
import type { FigureColumns } from '../model/figures';

/**
 * The engine behind the pages where a host holds the events: the questions and answers of model/query.ts, worked out
 * there. All rejections are ProblemError, or the signal's reason where it was aborted.
 */
export class HostEngine {
	readonly #connection: Connection;
	readonly #host: DataHost;
	readonly #tables: Tables;
	/** Known once a question needed it. */
	#hasCreated: boolean | null = null;

	constructor(host: DataHost, options: Partial<ConnectionOptions> = {}) {
		this.#connection = new Connection(host, options);
		this.#host = host;
		this.#tables = tablesOf(host, false);
	}

	signIn(credentials: Credentials | null): void {
		this.#connection.signIn(credentials);
	}

	/** Makes sure that the host will do; null where no event is stored. */
	coverage(signal: AbortSignal): Promise<Coverage | null> {
		return this.#asking(signal, async (ask) => {
			const [coverage] = await Promise.all([
				answerCoverage(ask, this.#tables),
				assertWholeAnswers(ask),
				this.#pinTables(ask) // so that the first question need not wait for it
			]);
			return coverage;
		});
	}

	/** Answers what a page asks, piece by piece. */
	ask(signal: AbortSignal, request: PageRequest, tell: (piece: Piece) => void): Promise<void> {
		const answer = (query: Query) => this.query(signal, query);
		const engine: PageEngine = {
			figures: async (query, compared) => {
				const own = await answer({ ...query, top: 0 });
				return { answer: own, comparison: compared && eventsCompared(own, await answer(compared)) };
			},
			answer,
			compare: async (_, compared, own) => eventsCompared(await own(), await answer(compared)),
			// Lists of a host are those of the range alone.
			lists: () => Promise.resolve(null),
			about: (query) => this.#about(signal, query),
			hours: (query) => this.hours(signal, query),
			ownShares: () => Promise.resolve({}),
			// A host holds events alone, without columns of one's own.
			ads: () => Promise.resolve(NO_ADS_TABLES),
			// Changes are not taken apart there, and pages with a host show none.
			changes: () => Promise.resolve(null),
			unusual: () => Promise.resolve([]),
			people: () => Promise.resolve(null)
		};
		return answerRequest(engine, request, tell);
	}

	query(signal: AbortSignal, query: Query): Promise<Answer> {
		return this.#asking(signal, async (ask) => {
			const counted = await answerQuery(ask, await this.#pinTables(ask), query);
			return answerOfEvents(counted, daysBetween(query.filter.from, query.filter.to));
		});
	}

	/** What is known of the query's Pin or board. */
	#about(signal: AbortSignal, { subject }: Query): Promise<About> {
		return this.#asking(signal, async (ask) => {
			const nothing = { pin: null, periods: [], levels: [] };
			if (subject === null) return { isKnown: true, ...nothing };
			if (subject.kind === 'board') {
				return { isKnown: await answerHasBoard(ask, this.#tables, subject.name), ...nothing };
			}
			const pin = await answerPinAttributes(ask, await this.#pinTables(ask), subject.name);
			return { ...nothing, isKnown: pin !== null, pin };
		});
	}

	pins(signal: AbortSignal, request: PinListRequest): Promise<Top<TopPin>> {
		return this.#asking(signal, async (ask) => answerPins(ask, await this.#pinTables(ask), request));
	}

	hours(signal: AbortSignal, query: Query): Promise<HourFigures> {
		return this.#asking(signal, (ask) => answerHours(ask, this.#tables, query));
	}

	/** Figures by day, of all or of every value of the split, by name. */
	daily(
		signal: AbortSignal,
		query: Query
	): Promise<readonly { readonly value: string | null; readonly figures: FigureColumns }[]> {
		return this.#asking(signal, (ask) => askDaily(ask, this.#tables, query));
	}

	allPins(signal: AbortSignal, query: Query): Promise<readonly ListedPin[]> {
		return this.#asking(signal, async (ask) => answerAllPins(ask, await this.#pinTables(ask), query));
	}

	allBoards(signal: AbortSignal, query: Query): Promise<readonly ListedBoard[]> {
		return this.#asking(signal, (ask) => answerAllBoards(ask, this.#tables, query));
	}

	attributes(signal: AbortSignal, query: Query): Promise<ReadonlyMap<string, PinAttributes>> {
		return this.#asking(signal, async (ask) => answerAttributes(ask, await this.#pinTables(ask), query));
	}

	events(signal: AbortSignal, query: Query): AsyncGenerator<EventPiece> {
		return answerEvents((question) => this.#connection.ask(signal, question), this.#tables, query);
	}

	/** Several questions that stand or fall together: where one fails, the host need not go on with the others. */
	async #asking<T>(signal: AbortSignal, work: (ask: Ask) => Promise<T>): Promise<T> {
		signal.throwIfAborted();
		const together = new AbortController();
		const abort = () => together.abort(signal.reason);
		signal.addEventListener('abort', abort, { once: true });
		try {
			return await work((question) => this.#connection.ask(together.signal, question));
		} catch (error) {
			together.abort(error);
			throw error;
		} finally {
			signal.removeEventListener('abort', abort);
		}
	}

	/** The tables, for what is to be known of Pins. */
	async #pinTables(ask: Ask): Promise<Tables> {
		this.#hasCreated ??= await answerHasCreated(ask, this.#host);
		return { ...this.#tables, hasCreated: this.#hasCreated };
	}
}
