import type { HomeReport } from '$lib/model/home-folder';
import { problemOf, type Problem } from '$lib/model/problem';
import { connectHome } from '$lib/worker/page/client-home';
import { askToAllow, isAllowed, pickFolder } from '../folders/folder-access';
import type { Copies } from './copies.svelte';
import type { Session } from './session.svelte';
import type { Workspaces } from './workspaces.svelte';

const REMEMBERED = 'home-folder of ';

/** The home folder of the workspace on screen: looked at on a visit, on focus and after every change. */
export class HomeFolder {
	readonly #session: Session;
	readonly #workspaces: Workspaces;
	readonly #copies: Copies;
	readonly #client = connectHome();
	#handle = $state.raw<FileSystemDirectoryHandle | null>(null);
	#isEncrypted = $state(false);
	#isLooking = $state(false);
	#isWorking = $state(false);
	#needsPermission = $state(false);
	#fraction = $state<number | null>(null);
	#report = $state.raw<HomeReport | null>(null);
	#problem = $state.raw<Problem | null>(null);
	#lastAt = $state<number | null>(null);
	#workspace: string | null = null;
	/** Only the newest look for a folder counts. */
	#opening: object = {};
	#isWanted = false;
	#isThorough = false;
	#isRunning = false;
	#stopListening = () => {};
	#timer: ReturnType<typeof setTimeout> | undefined;
	#controller = new AbortController();

	constructor(session: Session, workspaces: Workspaces, copies: Copies) {
		this.#session = session;
		this.#workspaces = workspaces;
		this.#copies = copies;
	}

	/** `looking` until it is known whether the workspace has a folder. */
	get state(): 'looking' | 'none' | 'working' | 'idle' {
		if (!this.#handle) return this.#isLooking ? 'looking' : 'none';
		return this.#isWorking ? 'working' : 'idle';
	}
	/** The folder's name; null where none is chosen. */
	get name(): string | null {
		return this.#handle?.name ?? null;
	}
	get isEncrypted(): boolean {
		return this.#isEncrypted;
	}
	/** Whether the browser wants to be asked again before the folder is used. */
	get needsPermission(): boolean {
		return this.#needsPermission;
	}
	/** How far the writing is; null while nothing is written. */
	get fraction(): number | null {
		return this.#fraction;
	}
	/** Of the last time. */
	get report(): HomeReport | null {
		return this.#report;
	}
	get problem(): Problem | null {
		return this.#problem;
	}
	/** When both were brought together last, on this visit; milliseconds since 1970. */
	get lastAt(): number | null {
		return this.#lastAt;
	}

	/**
	 * Keeps the folder of a workspace, by its name in the address, where the browser remembers that it has one. Returns the
	 * way to stop.
	 */
	watch(name: string): () => void {
		this.#open(name, false);
		return () => this.#close();
	}

	/** Looks whether a workspace has a folder, even where the browser remembers none. */
	ask(name: string): void {
		this.#open(name, true);
	}

	/**
	 * Has the user pick a folder, and makes it the home folder. Only while a click or a key is handled.
	 * @returns whether it is that now
	 */
	async choose(passphrase: string): Promise<boolean> {
		this.#problem = null;
		try {
			const handle = await pickFolder('tackboard-home', 'readwrite');
			if (!handle) return false;
			const key = await this.#key();
			await this.#client.choose(key, handle, passphrase);
			this.#remember(key, true);
			this.#use(key, handle, passphrase !== '');
			await this.#start();
		} catch (error) {
			this.#problem = problemOf(error);
		}
		return this.#problem === null;
	}

	/** Has the browser ask whether the folder may be used; only after a click. */
	async allow(): Promise<void> {
		this.#needsPermission = !(await this.#isAllowed(askToAllow));
		this.#problem = this.#needsPermission ? { code: 'home_refused' } : null;
		this.sync();
	}

	/** Forgets the folder. Its files stay. */
	async forget(): Promise<void> {
		this.#problem = null;
		try {
			const key = await this.#key();
			this.#controller.abort();
			await this.#client.forget(key);
			this.#remember(key, false);
			this.#close();
		} catch (error) {
			this.#problem = problemOf(error);
		}
	}

	/** Brings workspace and folder together, once more where that is under way, and opens every file for it. */
	syncAll(): void {
		this.#isThorough = true;
		this.sync();
	}

	/** Brings workspace and folder together, once more where that is under way. */
	sync(): void {
		this.#isWanted = true;
		if (!this.#isRunning && this.#handle && !this.#needsPermission) void this.#run();
	}

	/** Looks again, as when the window has the focus. */
	look(): void {
		if (document.visibilityState === 'visible') this.sync();
	}

	#open(name: string, isAsked: boolean): void {
		const opening = (this.#opening = {});
		const isOver = () => this.#opening !== opening;
		this.#isLooking = true;
		const find = async () => {
			const key = await this.#workspaces.keyOf(name);
			if (isOver() || key === this.#workspace || (!isAsked && !this.#isRemembered(key))) return;
			const folder = await this.#client.folder(key);
			if (isOver() || !folder) return;
			this.#remember(key, true);
			this.#use(key, folder.handle, folder.isEncrypted);
			await this.#start();
		};
		find()
			.catch((error: unknown) => (this.#problem = problemOf(error)))
			.finally(() => {
				if (!isOver()) this.#isLooking = false;
			});
	}

	/** Begins to use the folder, where the browser allows it without another question. */
	async #start(): Promise<void> {
		this.#needsPermission = !(await this.#isAllowed(isAllowed));
		if (this.#needsPermission) this.#isWorking = false;
		this.sync();
	}

	#use(key: string, handle: FileSystemDirectoryHandle, isEncrypted: boolean): void {
		this.#close();
		this.#workspace = key;
		this.#handle = handle;
		this.#isEncrypted = isEncrypted;
		// At work from now on: the first look follows.
		this.#isWorking = true;
		this.#controller = new AbortController();
		const look = () => this.look();
		addEventListener('focus', look);
		document.addEventListener('visibilitychange', look);
		const stop = this.#client.onStored(key, () => this.sync());
		this.#stopListening = () => {
			removeEventListener('focus', look);
			document.removeEventListener('visibilitychange', look);
			stop();
		};
	}

	#close(): void {
		this.#opening = {};
		this.#stopListening();
		this.#stopListening = () => {};
		clearTimeout(this.#timer);
		this.#controller.abort();
		this.#workspace = this.#handle = this.#report = this.#problem = this.#lastAt = null;
		this.#isLooking = this.#isWorking = this.#isWanted = this.#needsPermission = false;
	}

	async #run(): Promise<void> {
		this.#isRunning = true;
		while (this.#isWanted && this.#workspace !== null) {
			this.#isWanted = false;
			this.#isWorking = true;
			clearTimeout(this.#timer);
			const { signal } = this.#controller;
			const startedAt = Date.now();
			const key = this.#workspace;
			const folder = { workspace: key, isThorough: this.#isThorough };
			this.#isThorough = false;
			try {
				const report = await this.#client.sync(signal, folder, (done) => (this.#fraction = done));
				if (signal.aborted) continue;
				if (report) this.#report = withEarlier(this.#report, report);
				this.#problem = null;
				this.#lastAt = Date.now();
				if (report?.isEqual) this.#copies.note(key, { copiedAt: startedAt });
				if (report && report.againInMs !== null) {
					// Still at work: some files have to stand still first.
					this.#timer = setTimeout(() => this.sync(), report.againInMs);
					continue;
				}
			} catch (error) {
				if (signal.aborted) continue;
				this.#problem = problemOf(error);
				if (this.#problem.code === 'home_refused')
					this.#needsPermission = !(await this.#isAllowed(isAllowed));
			} finally {
				this.#fraction = null;
			}
			if (!this.#isWanted) this.#isWorking = false;
		}
		this.#isRunning = false;
	}

	async #isAllowed(look: typeof isAllowed): Promise<boolean> {
		return this.#handle === null || (await look(this.#handle, 'readwrite'));
	}

	#key(): Promise<string> {
		return this.#workspaces.keyOf(this.#session.view.ws);
	}

	#isRemembered(key: string): boolean {
		try {
			return localStorage.getItem(REMEMBERED + key) !== null;
		} catch {
			return true; // it cannot remember, so the database is asked
		}
	}

	#remember(key: string, isThere: boolean): void {
		try {
			if (isThere) localStorage.setItem(REMEMBERED + key, 'yes');
			else localStorage.removeItem(REMEMBERED + key);
		} catch {
			// Storage can be forbidden: the database is asked every time then.
		}
	}
}

/** A report with what came earlier on this visit, so that it is not wiped away by a look that finds nothing new. */
function withEarlier(earlier: HomeReport | null, report: HomeReport): HomeReport {
	if (!earlier) return report;
	const { taken } = earlier;
	return {
		...report,
		written: earlier.written + report.written,
		taken: {
			files: [...taken.files, ...report.taken.files],
			undone: taken.undone + report.taken.undone,
			items: taken.items + report.taken.items,
			refused: report.taken.refused
		}
	};
}
