import { pushState } from '$app/navigation';
import type { BatchSummary } from '$lib/model/import-report';
import { problemOf, type Problem } from '$lib/model/problem';
import type { Answer, Coverage, Query } from '$lib/model/query';
import { readAddress, writeAddress, type ViewState } from '$lib/view/address';
import { isSameQuery, queryOf } from '$lib/view/query';
import { resolveRange } from '$lib/view/range';
import type { WorkspaceClient } from '$lib/worker/client';

/** The workspace of an address that names none. */
const FIRST_WORKSPACE = 'main';

/** Pages that show an answer, by route; the others only list what is stored. */
const ANSWERED_ROUTES: readonly (string | null)[] = ['/'];

/** The first answer's top lists are drawn so many rows at a time: no one task may keep the page from its user. */
const ROWS_A_TURN = 10;

/** `opening` until it is known whether anything is stored. */
export type Phase = 'opening' | 'empty' | 'open' | 'failed';

/** An answer with the query that it answers, so that nothing is ever labelled with another's words. */
export interface Shown {
	readonly query: Query;
	readonly answer: Answer;
}

/**
 * What the pages show: the view that the address describes, what is stored, and the newest answer. The last answer
 * stays on screen while the next one is computed; of several questions only the newest is answered.
 */
export class Session {
	readonly #connect: (workspace: string) => WorkspaceClient;
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is drawn from it
	readonly #clients = new Map<string, WorkspaceClient>();

	#search = $state('');
	#route = $state<string | null>(null);
	#isLive = $state(false);
	#phase = $state<Phase>('opening');
	#coverage = $state.raw<Coverage | null>(null);
	#batches = $state.raw<readonly BatchSummary[]>([]);
	#shown = $state.raw<Shown | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#rowsDrawn = $state(0);
	#isAsking = $state(false);
	#isRefreshing = $state(false);

	readonly #reading = $derived(readAddress(this.#search));
	readonly #range = $derived(this.#coverage ? resolveRange(this.#reading.state, this.#coverage) : null);

	#asked: Query | null = null;
	#question = new AbortController();
	#workspace = '';
	#loads = 0; // only the newest look at what is stored counts
	#stopListening = () => {};

	constructor(connect: (workspace: string) => WorkspaceClient) {
		this.#connect = connect;
	}

	/** What the address asks for. */
	get view(): ViewState {
		return this.#reading.state;
	}
	/** Parts of the address that say nothing we know. */
	get ignored() {
		return this.#reading.ignored;
	}
	/** The query part of the address, for links to other pages that keep the view. */
	get search(): string {
		return writeAddress(this.view);
	}
	get route() {
		return this.#route;
	}
	get phase() {
		return this.#phase;
	}
	get coverage() {
		return this.#coverage;
	}
	get batches() {
		return this.#batches;
	}
	/** The days that the view means; null while nothing is stored. */
	get range() {
		return this.#range;
	}
	get shown() {
		return this.#shown;
	}
	/** How many rows of a top list are drawn by now. */
	get rowsDrawn() {
		return this.#rowsDrawn;
	}
	get problem() {
		return this.#problem;
	}
	get hasSample(): boolean {
		return this.#batches.some((batch) => batch.isSample);
	}
	/** Whether everything on screen answers the current address. */
	get isReady(): boolean {
		return this.#isLive && this.#phase !== 'opening' && !this.#isAsking && !this.#isRefreshing;
	}

	/** The workspace's client. Only on a live page. */
	get client(): WorkspaceClient {
		const name = this.view.ws === '' ? FIRST_WORKSPACE : this.view.ws;
		let client = this.#clients.get(name);
		if (!client) this.#clients.set(name, (client = this.#connect(name)));
		return client;
	}

	/** What the current view asks, or null while nothing is stored. */
	get query(): Query | null {
		return this.#coverage ? queryOf(this.view, this.#coverage) : null;
	}

	/** The page at an address is on screen: after load, a navigation, or back and forward. */
	visit(route: string | null, search: string): void {
		this.#route = route;
		this.#search = search;
		this.#isLive = true;
		this.#update();
	}

	/** Changes the view, as one step of the history. */
	show(view: ViewState): void {
		this.follow(writeAddress(view));
	}

	/** Goes to another query of the same page, as one step of the history, without a navigation. */
	follow(search: string): void {
		if (search === this.#search) return;
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the page that is on screen already
		pushState(`${location.pathname}${search}`, {});
		this.#search = search;
		this.#update();
	}

	/** What is stored has changed: looks again and asks again. */
	async refresh(): Promise<void> {
		this.#forget();
		await this.#load((client) => client.coverage());
	}

	/** Tries again after a failure. */
	retry(): void {
		if (this.#coverage) this.#ask();
		else this.#open();
	}

	#update(): void {
		if (this.#workspace !== (this.view.ws || FIRST_WORKSPACE)) this.#open();
		else this.#ask();
	}

	#open(): void {
		this.#workspace = this.view.ws || FIRST_WORKSPACE;
		this.#forget();
		this.#shown = null;
		this.#coverage = null;
		this.#phase = 'opening';
		this.#stopListening();
		void this.#load(async (client) => {
			const coverage = await client.open();
			this.#stopListening = client.onChangedElsewhere(() => void this.refresh());
			return coverage;
		});
	}

	/** Drops the question under way. */
	#forget(): void {
		this.#question.abort();
		this.#asked = null;
		this.#isAsking = false;
	}

	async #load(coverageOf: (client: WorkspaceClient) => Promise<Coverage | null>): Promise<void> {
		const load = ++this.#loads;
		this.#isRefreshing = true;
		try {
			const { client } = this;
			const coverage = await coverageOf(client);
			const batches = await client.batches();
			if (load !== this.#loads) return;
			this.#coverage = coverage;
			this.#batches = batches;
			this.#problem = null;
			this.#phase = coverage ? 'open' : 'empty';
			if (!coverage) {
				this.#shown = null;
				this.#rowsDrawn = 0;
			}
			this.#ask();
		} catch (error) {
			if (load !== this.#loads) return;
			this.#problem = problemOf(error);
			this.#phase = 'failed';
		} finally {
			if (load === this.#loads) this.#isRefreshing = false;
		}
	}

	#ask(): void {
		const { query } = this;
		if (!query || !ANSWERED_ROUTES.includes(this.#route)) return;
		// What the answer does not depend on, such as the metric on the chart, asks nothing.
		if (this.#asked && isSameQuery(this.#asked, query)) return;
		this.#asked = query;
		this.#question.abort();
		this.#question = new AbortController();
		void this.#answer(this.#question.signal, query);
	}

	async #answer(signal: AbortSignal, query: Query): Promise<void> {
		this.#isAsking = true;
		try {
			const answer = await this.client.query(signal, query);
			if (signal.aborted) return;
			this.#shown = { query, answer };
			this.#problem = null;
			this.#phase = 'open';
			while (this.#rowsDrawn < query.top) {
				await nextTurn();
				this.#rowsDrawn += ROWS_A_TURN;
			}
			await nextTurn();
			if (signal.aborted) return;
		} catch (error) {
			if (signal.aborted) return;
			this.#asked = null;
			this.#problem = problemOf(error);
			this.#phase = 'failed';
		}
		this.#isAsking = false;
	}
}

/** Lets the page answer its user. A message: browsers hold timers back while a page loads, and frames in hidden tabs. */
function nextTurn(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
