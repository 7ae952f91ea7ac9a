import type { InboxLook, InboxScope, TakenFile } from '$lib/model/inbox';

/** What looks are made with. */
export interface LooksTarget {
	look(scope: InboxScope): Promise<InboxLook>;
	/** Imports files, and notes what became of them. */
	take(files: readonly TakenFile[]): Promise<void>;
	/** Waits until no other tab looks. */
	inTurn<T>(work: () => Promise<T>): Promise<T>;
	/** Called as a look begins, and with what each found; `isOver` once nothing is left to look at or to wait for. */
	onLook(look: InboxLook | null, isOver: boolean): void;
	/** Called where a look failed; nothing is looked at then until it is wanted again. */
	onFailed(error: unknown): void;
}

/**
 * One look through a folder after the other: at what is wanted, and at files that have not stood still long enough until
 * they have. What one look finds is imported and noted before another tab looks.
 */
export class InboxLooks {
	readonly #target: LooksTarget;
	readonly #signal: AbortSignal;
	#wanted: InboxScope | null = null;
	#isLooking = false;
	/** Ends the pause between two looks. */
	#wake = () => {};

	/** @param signal aborted when the folder is left */
	constructor(target: LooksTarget, signal: AbortSignal) {
		this.#target = target;
		this.#signal = signal;
		signal.addEventListener('abort', () => this.#wake());
	}

	/** Looks now, or after the look under way. */
	want(scope: InboxScope): void {
		this.#wanted = joinedScope(this.#wanted, scope);
		this.#wake();
		if (!this.#isLooking) void this.#lookAll();
	}

	async #lookAll(): Promise<void> {
		this.#isLooking = true;
		this.#target.onLook(null, false);
		try {
			while (this.#wanted !== null && !this.#signal.aborted) {
				const look = await this.#target.inTurn(() => this.#lookOnce());
				if (!look) break;
				const againInMs = look.state === 'looked' ? look.againInMs : null;
				if (look.state !== 'looked') this.#wanted = null;
				else if (againInMs !== null && this.#wanted === null) {
					this.#target.onLook(look, false);
					await this.#pause(againInMs);
					this.#wanted ??= []; // those that wait are looked at anyway
				}
				this.#target.onLook(look, this.#wanted === null);
			}
		} catch (error) {
			this.#wanted = null;
			this.#target.onFailed(error);
		}
		this.#isLooking = false;
	}

	/** Null where the folder was left meanwhile. */
	async #lookOnce(): Promise<InboxLook | null> {
		const scope = this.#wanted ?? [];
		this.#wanted = null;
		if (this.#signal.aborted) return null;
		const look = await this.#target.look(scope);
		if (this.#signal.aborted) return null;
		if (look.state === 'looked' && look.taken.length > 0) await this.#target.take(look.taken);
		return look;
	}

	#pause(ms: number): Promise<void> {
		return new Promise((resolve) => {
			if (this.#signal.aborted) return resolve();
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/** What covers both. */
function joinedScope(a: InboxScope | null, b: InboxScope): InboxScope {
	if (a === null) return b;
	if (a === 'thorough' || b === 'thorough') return 'thorough';
	if (a === 'usual' || b === 'usual') return 'usual';
	return [...new Set([...a, ...b])];
}
