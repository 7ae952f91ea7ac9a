import { untrack } from 'svelte';
import type { InboxAbout, InboxLook } from '$lib/model/inbox';
import { problemOf, type Problem } from '$lib/model/problem';
import type { InboxClient, WorkspaceClient } from '$lib/worker/page/workspace-client';
import { askToAllow, isAllowed, pickFolder } from '../folders/folder-access';
import type { Imports } from '../state/imports.svelte';
import type { InboxStatus } from '../state/inbox.svelte';
import type { Session } from '../state/session.svelte';
import { InboxImports } from './inbox-imports';
import { InboxLooks } from './inbox-looks';

/** A folder that is the inbox of the workspace on screen. */
interface OpenInbox {
	readonly client: InboxClient;
	readonly handle: FileSystemDirectoryHandle;
	readonly looks: InboxLooks;
}

/** Why a folder cannot be looked through: the browser wants to be allowed again, or it is not there. */
export type InboxHindrance = 'not_allowed' | 'gone';

/** Listing a folder takes the browser about a tenth of a millisecond a file. */
const LARGE_FOLDER_FILES = 1_000;
const LISTED_LATELY_MS = 60_000;

/** The inbox of the workspace on screen: has it looked through, and what is new imported. */
export class InboxWatch {
	readonly #session: Session;
	readonly #imports: InboxImports;
	/** Null until it is known whether there is one. */
	#status = $state<InboxStatus | null>(null);
	#inbox = $state.raw<OpenInbox | null>(null);
	#about = $state.raw<InboxAbout | null>(null);
	#hindrance = $state<InboxHindrance | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#lookedAt = $state<number | null>(null);
	#waiting = $state(0);
	#closed = $state.raw<readonly string[]>([]);
	#empty = $state.raw<readonly string[]>([]);

	#left = new AbortController();
	#isObserved = false;
	/** When the folder was listed last; milliseconds since 1970. */
	#listedAt = 0;
	/** Only the newest look is shown. */
	#shows = 0;
	constructor(session: Session, imports: Imports) {
		this.#session = session;
		this.#imports = new InboxImports(session, imports, (client) => this.#readAbout(client));
	}

	get status(): InboxStatus {
		return this.#status ?? 'none';
	}
	/** Whether it is known whether there is an inbox. */
	get isKnown(): boolean {
		return this.#status !== null;
	}
	/** The folder's name; null where none is chosen. */
	get folder(): string | null {
		return this.#inbox?.handle.name ?? null;
	}
	/** What it did so far. */
	get about() {
		return this.#about;
	}
	get hindrance() {
		return this.#hindrance;
	}
	/** Why the last thing that was wanted of it failed. */
	get problem() {
		return this.#problem;
	}
	/** When the last look of this visit was over, in milliseconds since 1970. */
	get lookedAt() {
		return this.#lookedAt;
	}
	/** How many files have not stood still long enough. */
	get waiting() {
		return this.#waiting;
	}
	/** Names of files that cannot be opened now. */
	get closed() {
		return this.#closed;
	}
	/** Names of files without a byte. */
	get empty() {
		return this.#empty;
	}

	/** To be run in an effect: opens the inbox of the workspace on screen, once that is open. Returns the way to leave it. */
	follow(workspace: string | null): (() => void) | undefined {
		if (workspace === null) return;
		untrack(() => void this.#open(workspace));
		return () => this.#leave();
	}

	/** The page is in front again. */
	noteFocus(): void {
		if (document.visibilityState === 'hidden') return;
		if (this.#isListedLately()) this.#inbox?.looks.want([]);
		else this.#list('usual');
		this.#observe();
	}

	/** Whether a large folder was listed so lately, and its changes are reported, that another list is not worth its time. */
	#isListedLately(): boolean {
		const files = Object.values(this.#about?.counts ?? {}).reduce((sum, count) => sum + count, 0);
		const age = Date.now() - this.#listedAt;
		return this.#isObserved && files >= LARGE_FOLDER_FILES && age >= 0 && age < LISTED_LATELY_MS;
	}

	/** Looks through all of it. */
	look(): void {
		this.#list('thorough');
	}

	#list(scope: 'usual' | 'thorough'): void {
		this.#listedAt = Date.now();
		this.#inbox?.looks.want(scope);
	}

	/** Has the user choose a folder. Only while a click or a key is handled. */
	async choose(): Promise<void> {
		await this.#try(async () => {
			const handle = await pickFolder('tackboard-inbox', 'read');
			if (!handle) return;
			const { ws } = this.#session.view;
			await this.#session.client.inbox?.choose(handle);
			this.#leave();
			await this.#open(ws);
		});
	}

	/** Has the browser ask whether the folder may be read. Only while a click or a key is handled. */
	async allow(): Promise<void> {
		await this.#try(async () => {
			const inbox = this.#inbox;
			if (inbox && (await askToAllow(inbox.handle, 'read'))) this.#begin();
		});
	}

	/** Uses the folder no more. */
	async forget(): Promise<void> {
		await this.#try(async () => {
			await this.#session.client.inbox?.forget();
			this.#leave();
			this.#status = 'none';
		});
	}

	async #try(work: () => Promise<void>): Promise<void> {
		this.#problem = null;
		try {
			await work();
		} catch (error) {
			this.#problem = problemOf(error);
		}
	}

	async #open(workspace: string): Promise<void> {
		const left = (this.#left = new AbortController());
		await this.#try(async () => {
			const { client } = this.#session;
			const state = (await client.inbox?.state()) ?? null;
			if (left.signal.aborted) return;
			this.#about = state?.about ?? null;
			if (!state || !client.inbox) {
				this.#status = 'none';
				return;
			}
			const { handle } = state;
			const looks = this.#looksInto(client, client.inbox, { workspace, handle });
			this.#inbox = { client: client.inbox, handle, looks };
			const mayRead = await isAllowed(handle, 'read');
			if (left.signal.aborted) return;
			if (mayRead) this.#begin();
			else this.#hinder('not_allowed');
		});
	}

	#leave(): void {
		this.#left.abort();
		this.#inbox = this.#about = this.#hindrance = this.#lookedAt = this.#status = null;
		this.#waiting = 0;
		this.#closed = this.#empty = [];
		this.#isObserved = false;
	}

	#begin(): void {
		this.#hindrance = null;
		this.#list('usual');
		this.#observe();
	}

	#hinder(hindrance: InboxHindrance): void {
		this.#hindrance = hindrance;
		this.#status = 'idle';
	}

	/** Has the browser report changes, where it can. */
	#observe(): void {
		const inbox = this.#inbox;
		const { signal } = this.#left;
		if (!inbox || this.#isObserved || this.#hindrance) return;
		this.#isObserved = true;
		// Over where the browser cannot, and where its worker ends: then the next look finds what changed meanwhile.
		const over = () => {
			if (!signal.aborted) this.#isObserved = false;
		};
		inbox.client.watch(signal, (scope) => inbox.looks.want(scope)).then(over, over);
	}

	#looksInto(
		client: WorkspaceClient,
		inbox: InboxClient,
		{ workspace, handle }: { readonly workspace: string; readonly handle: FileSystemDirectoryHandle }
	): InboxLooks {
		const { signal } = this.#left;
		return new InboxLooks(
			{
				look: (scope) => inbox.look(scope),
				inTurn: (work) => inbox.inTurn(work),
				take: (files) => {
					this.#waiting = 0; // those that are imported wait no more
					return this.#imports.take(client, workspace, handle.name, files);
				},
				onLook: (look, isOver) => void this.#show(signal, inbox, look, isOver),
				onFailed: (error) => {
					if (signal.aborted) return;
					this.#problem = problemOf(error);
					this.#status = 'idle';
				}
			},
			signal
		);
	}

	async #show(
		signal: AbortSignal,
		client: InboxClient,
		look: InboxLook | null,
		isOver: boolean
	): Promise<void> {
		if (signal.aborted) return;
		const show = ++this.#shows;
		this.#status = 'working';
		if (!look) this.#problem = null;
		if (look?.state === 'none') {
			// Another tab has forgotten it.
			this.#leave();
			this.#status = 'none';
			return;
		}
		if (look?.state === 'not_allowed' || look?.state === 'gone') return this.#hinder(look.state);
		if (look?.state === 'looked') {
			this.#hindrance = null;
			this.#waiting = look.waiting;
			this.#closed = look.closed;
			this.#empty = look.empty;
		}
		if (!isOver) return;
		const state = await client.state().catch(() => null);
		if (signal.aborted || show !== this.#shows) return;
		this.#about = state?.about ?? this.#about;
		this.#lookedAt = Date.now();
		this.#status = 'idle';
	}

	async #readAbout(client: InboxClient): Promise<void> {
		if (client !== this.#inbox?.client) return;
		const state = await client.state().catch(() => null);
		if (state && client === this.#inbox?.client) this.#about = state.about;
	}
}
