import {
	NO_OWN_WORDS,
	type LabelShares,
	type OwnChange,
	type OwnItemOf,
	type OwnKind
} from '$lib/model/own-words';
import { problemOf, type Problem } from '$lib/model/problem';
import type { WorkspaceClient } from '$lib/worker/page/workspace-client';
import type { DayRange } from '$lib/view/range';
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type { Session } from '../state/session.svelte';
import { rememberFirstPage } from './first-page';

/** A dialogue that is open, with the item that it changes; null for a new one. */
export type OpenDialog =
	| { readonly kind: 'note'; readonly id: string | null; readonly days: DayRange; readonly text: string }
	| { readonly kind: 'view'; readonly id: string | null }
	| { readonly kind: 'labels' };

/** An item that was deleted since the page was loaded, and the workspace that it was in. */
export interface DeletedItem {
	readonly ws: string;
	readonly item: OwnItemOf;
}

/** Notes, saved views and labels of the workspace on screen, and what is being done with them. */
export class OwnWordsState {
	readonly #session: Session;
	#words = $state.raw(NO_OWN_WORDS);
	/** The workspace that they are of; null until they are read. */
	#of = $state.raw<string | null>(null);
	#dialog = $state.raw<OpenDialog | null>(null);
	#labelShares = $state.raw<LabelShares | null>(null);
	/** Whether shares of labels are being counted. */
	#isSharing = $state(false);
	#deleted = $state.raw<readonly DeletedItem[]>([]);
	#problem = $state.raw<Problem | null>(null);
	/** Charts on the page. */
	#charts = $state(0);
	#chosenPins = $state.raw<SvelteSet<string> | null>(null);
	#pointed = $state.raw<DayRange | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	get notes() {
		return this.#words.notes;
	}
	get views() {
		return this.#words.views;
	}
	get labels() {
		return this.#words.labels;
	}
	/** The Pins that are chosen in lists, to be labelled; null while none can be. */
	get chosenPins(): SvelteSet<string> | null {
		return this.#chosenPins;
	}
	/** Whether they are read, or cannot be. */
	get isReady(): boolean {
		return this.#of === this.#session.view.ws && !this.#isSharing;
	}
	/** The newest shares of labels; null where none are known. */
	get labelShares() {
		return this.#labelShares;
	}
	get dialog() {
		return this.#dialog;
	}
	/** What can be brought back in the workspace on screen, the latest first. */
	get deleted(): readonly DeletedItem[] {
		return this.#deleted.filter(({ ws }) => ws === this.#session.view.ws);
	}
	/** Why the last change outside of a dialogue failed. */
	get problem() {
		return this.#problem;
	}
	get hasChart(): boolean {
		return this.#charts > 0;
	}

	/** A chart is on the page. To be run in an effect: returns what to do when it leaves. */
	noteChart(): () => void {
		untrack(() => this.#charts++);
		return () => untrack(() => this.#charts--);
	}

	/** The days that are pointed at on a chart: a new note is on them. */
	pointAt(days: DayRange | null): void {
		this.#pointed = days;
	}

	/** To be run in an effect: reads them, and reads them again whenever they change. Returns the way to stop. */
	watch(): (() => void) | undefined {
		// Files bring labels, and take them along.
		const { phase, view, batches } = this.#session;
		void batches;
		const { ws } = view;
		if (phase === 'opening') return;
		const client = untrack(() => this.#session.client);
		let isOver = false;
		const read = async () => {
			try {
				const words = await client.ownWords();
				if (isOver) return;
				this.#words = words;
				if (ws === '') rememberFirstPage(words.views);
			} catch {
				// Figures are shown without them.
			}
			if (!isOver) this.#of = ws;
		};
		const stop = client.onOwnWordsChanged(() => void read());
		void read();
		return () => {
			isOver = true;
			stop();
		};
	}

	/**
	 * To be run in an effect: counts what each label has of the impressions on screen. Returns the way to stop.
	 */
	countShares(): (() => void) | undefined {
		const { shown } = this.#session;
		if (this.labels.length === 0 || !shown?.isWhole) return;
		const { client } = untrack(() => this.#session);
		const stop = new AbortController();
		untrack(() => (this.#isSharing = true));
		const count = async () => {
			const shares = await client.labelShares(stop.signal, shown.query).catch(() => null);
			if (stop.signal.aborted) return;
			this.#labelShares = shares;
			this.#isSharing = false;
		};
		void count();
		return () => {
			stop.abort();
			untrack(() => (this.#isSharing = false));
		};
	}

	/** Has Pins chosen in lists, or not any more. */
	choosePins(isChoosing: boolean): void {
		this.#chosenPins = isChoosing ? new SvelteSet() : null;
	}

	addNote(): void {
		const last = this.#session.range?.to;
		if (!last) return;
		const days = this.#pointed ?? { from: last, to: last };
		this.#dialog = { kind: 'note', id: null, days, text: '' };
	}

	open(dialog: OpenDialog): void {
		this.#dialog = dialog;
	}

	closeDialog(): void {
		this.#dialog = null;
	}

	/**
	 * Stores a change, and reads what there is by then.
	 * @throws ProblemError, as the client does
	 */
	async change(change: OwnChange): Promise<void> {
		const { client } = this.#session;
		const { ws } = this.#session.view;
		await client.changeOwnWords(change);
		await this.#readAfterChange(client, ws);
	}

	/** Deletes an item at once; until the page is left it can be brought back. */
	async delete(of: OwnKind, id: string): Promise<void> {
		const { ws } = this.#session.view;
		await this.#try(async () => {
			const item = await this.#session.client.ownItem(of, id);
			if (!item) return;
			await this.change({ kind: 'delete', of, id });
			this.#deleted = [{ ws, item }, ...this.#deleted];
		});
	}

	async bringBack(deleted: DeletedItem): Promise<void> {
		await this.#try(async () => {
			await this.change({ kind: 'bring_back', item: deleted.item });
			this.dropDeleted(deleted);
		});
	}

	/** Takes note of a deletion: it cannot be taken back any more. */
	dropDeleted(deleted: DeletedItem): void {
		this.#deleted = this.#deleted.filter((each) => each !== deleted);
	}

	dismissProblem(): void {
		this.#problem = null;
	}

	async #try(work: () => Promise<void>): Promise<void> {
		this.#problem = null;
		try {
			await work();
		} catch (error) {
			this.#problem = problemOf(error);
		}
	}

	async #readAfterChange(client: WorkspaceClient, ws: string): Promise<void> {
		const words = await client.ownWords();
		if (ws !== this.#session.view.ws) return;
		this.#words = words;
		if (ws === '') rememberFirstPage(words.views);
	}
}
