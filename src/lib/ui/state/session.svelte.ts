import { pushState, replaceState } from '$app/navigation';
import type { BatchSummary } from '$lib/model/import-report';
import { problemOf, type Problem } from '$lib/model/problem';
import type { Coverage, Query } from '$lib/model/query';
import { readAddress, viewOn, writeAddress, type ViewState } from '$lib/view/address';
import { hasFigures, hasLists, pageOfRoute } from '$lib/view/page';
import { asksAbout, comparisonQuery, queryOf } from '$lib/view/query';
import { resolveRange, type DayRange } from '$lib/view/range';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import { rememberHolds } from '../device/first-visit';
import { routesBecauseOf } from '../keys/page-keys';
import { Answers } from './answers.svelte';
import { Clients } from './clients';
import { PageRequests } from './page-requests.svelte';

/** `opening` until it is known whether anything is stored. */
export type Phase = 'opening' | 'empty' | 'open' | 'failed';

const NO_BATCHES: readonly BatchSummary[] = [];

/** What the pages show: the view that the address describes, what is stored, and the answers to it. */
export class Session {
	/** What is on screen. */
	readonly answers = new Answers();
	readonly requests = new PageRequests(this.answers);
	/** Of all workspaces that are in use. */
	readonly clients: Clients;

	#search = $state('');
	#route = $state<string | null>(null);
	#isLive = $state(false);
	#phase = $state<Phase>('opening');
	#coverage = $state.raw<Coverage | null>(null);
	#batches = $state.raw<readonly BatchSummary[] | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#isRefreshing = $state(false);
	#isInMemory = $state(false);
	#isPageAsking = $state.raw<(() => boolean) | null>(null);
	#wasRestarted = $state(false);
	/** Days that are being chosen: they are looked at before they are in the address. */
	#preview = $state.raw<DayRange | null>(null);

	readonly #reading = $derived(readAddress(this.#search, pageOfRoute(this.#route)));
	readonly #range = $derived(
		this.#preview ?? (this.#coverage ? resolveRange(this.#reading.state, this.#coverage) : null)
	);

	#workspace: string | null = null;
	#loads = 0; // only the newest look at what is stored counts
	#stopListening = () => {};

	/** @param route of the page that is drawn first: what is prerendered is of it */
	constructor(connect: (workspace: string) => WorkspaceClient, route: string | null = null) {
		this.clients = new Clients((name) => {
			const client = connect(name);
			client.onRestarted(() => {
				this.#wasRestarted = true;
				if (this.#isInMemory) void this.refresh(); // its memory went with it
			});
			return client;
		});
		this.#route = route;
	}

	/** What the address requests. */
	get view(): ViewState {
		return this.#reading.state;
	}
	/** Parts of the address that are not known. */
	get ignored() {
		return this.#reading.ignored;
	}
	/** The query part of an address, for a link that keeps the view to the page at a route. */
	searchFor(route: string, some: Partial<ViewState> = {}): string {
		return writeAddress({ ...viewOn(this.view, pageOfRoute(route)), ...some });
	}
	get route() {
		return this.#route;
	}
	get phase(): Phase {
		return this.requests.problem ? 'failed' : this.#phase;
	}
	get coverage() {
		return this.#coverage;
	}
	/** The imports there are; none until they are known. */
	get batches(): readonly BatchSummary[] {
		return this.#batches ?? NO_BATCHES;
	}
	/** The days that the view means, or those that are being chosen; null while nothing is stored. */
	get range() {
		return this.#range;
	}
	get shown() {
		return this.answers.shown;
	}
	get problem(): Problem | null {
		return this.#problem ?? this.requests.problem;
	}
	/** Whether any of it is sample data; null until that is known. */
	get hasSample(): boolean | null {
		return this.#batches?.some((batch) => batch.isSample) ?? null;
	}
	/** Whether everything on screen answers the current address. */
	get isReady(): boolean {
		if (!this.#isLive || this.#phase === 'opening' || this.#isRefreshing) return false;
		return !this.#preview && !this.requests.isAsking && this.#isPageAsking?.() !== true;
	}

	/** Has readiness wait for what a page asks by itself, as long as it is on screen. Returns the way to stop. */
	waitFor(isAsking: () => boolean): () => void {
		this.#isPageAsking = isAsking;
		return () => (this.#isPageAsking = null);
	}

	/** The client of the workspace on screen. Only on a live page. */
	get client(): WorkspaceClient {
		return this.clients.of(this.view.ws);
	}

	/** Whether the browser stopped a worker that was then started again, and nobody has taken note of it yet. */
	get wasRestarted(): boolean {
		return this.#wasRestarted;
	}
	noteRestart(): void {
		this.#wasRestarted = false;
	}

	/** Whether the browser keeps nothing of what is imported. */
	get isInMemory(): boolean {
		return this.#isInMemory;
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

	/** Whether days are being chosen. */
	get isPreviewing(): boolean {
		return this.#preview !== null;
	}

	/** Shows the figures of days that are being chosen, as they change, before they are a step of the history. */
	previewDays({ from, to }: DayRange): void {
		if (from === this.#range?.from && to === this.#range.to) return;
		this.#preview = { from, to };
		const { query, view } = this;
		// A host is not asked on every move.
		if (!query || __CLICKHOUSE__) return;
		const days = { ...query, filter: { ...query.filter, from, to } };
		this.requests.preview(this.client, { query: days, compared: comparisonQuery(view, days) });
	}

	/** Takes the days that were being chosen. */
	choosePreview(): void {
		const days = this.#preview;
		if (!days) return;
		this.#preview = null;
		const before = this.#search;
		this.show({ ...this.view, ...days });
		if (this.#search === before) this.#ask();
	}

	/** Goes back to the days of the address. */
	dropPreview(): void {
		if (!this.#preview) return;
		this.#preview = null;
		this.#ask();
	}

	/** Narrows the list of Pins by words. Typing them is one step of the history, not one a letter. */
	search(words: string): void {
		const isStep = (words === '') !== (this.view.q === '');
		this.follow(writeAddress({ ...this.view, q: words }), isStep ? pushState : replaceState);
	}

	/** Goes to another query of the same page, as one step of the history, without a navigation. */
	follow(search: string, go: typeof pushState = pushState): void {
		if (search === this.#search) return;
		// eslint-disable-next-line svelte/no-navigation-without-resolve -- the page that is on screen already
		go(`${location.pathname}${search}`, {});
		this.#search = search;
		this.#update();
	}

	/** What is stored has changed: looks again and asks again. */
	async refresh(): Promise<void> {
		this.requests.forget();
		await this.#load((client) => client.coverage());
	}

	/** Another version of the app has taken over what is stored: this page touches it no more. */
	stop(): void {
		this.#stopListening();
		this.clients.close();
	}

	/** Tries again after a failure. */
	retry(): void {
		if (this.#coverage) this.#ask();
		else this.#open();
	}

	#update(): void {
		this.#preview = null;
		if (this.#workspace !== this.view.ws) this.#open();
		else this.#ask();
	}

	#open(): void {
		this.#workspace = this.view.ws;
		this.clients.leaveOthers(this.view.ws);
		this.requests.clear();
		this.#coverage = null;
		this.#batches = null;
		this.#phase = 'opening';
		this.#stopListening();
		void this.#load(async (client) => {
			const coverage = await client.open();
			this.#isInMemory = client.isInMemory;
			this.#stopListening = client.onChangedElsewhere(() => void this.refresh());
			return coverage;
		});
	}

	async #load(coverageOf: (client: WorkspaceClient) => Promise<Coverage | null>): Promise<void> {
		const load = ++this.#loads;
		this.#isRefreshing = true;
		try {
			const { client } = this;
			const coverage = await coverageOf(client);
			if (load !== this.#loads) return;
			this.#coverage = coverage;
			this.#problem = null;
			this.#phase = coverage ? 'open' : 'empty';
			if (!coverage) this.requests.clear();
			this.#ask();
			const batches = await client.batches();
			if (load !== this.#loads) return;
			this.#batches = batches;
			const holds = coverage === null ? 'nothing' : this.hasSample ? 'sample' : 'data';
			rememberHolds(holds, routesBecauseOf(batches));
		} catch (error) {
			if (load !== this.#loads) return;
			this.#problem = problemOf(error);
			this.#phase = 'failed';
		} finally {
			if (load === this.#loads) this.#isRefreshing = false;
		}
	}

	#ask(): void {
		const { query, view, coverage } = this;
		if (!query || !coverage || !hasFigures(view.page)) return;
		this.requests.ask(this.client, {
			query,
			words: hasLists(view.page) ? view.q : '',
			compared: comparisonQuery(view, query),
			...asksAbout(view, coverage),
			...(coverage.own ? { own: coverage.own } : {}),
			waitsForChanges: view.page === 'changes'
		});
	}
}
