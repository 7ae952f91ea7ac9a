import { afterLook, filesToOpen, readableNames, type Waiting } from '../../import/inbox/inbox-files';
import { firstTurn, type FileStamp, type WaitingFile } from '../../model/folder-files';
import type { InboxLook, InboxScope, InboxState, SeenFile, TakenFile } from '../../model/inbox';
import type { StoredFolder, WorkspaceDatabase } from '../../store/database';
import { aboutInbox, chooseInbox, forgetInbox, noteSeen, readInbox, readSeen } from '../../store/inbox';

/** How many files are opened at once. */
const OPENED_AT_ONCE = 64;

/** The part of the browser's observer of folders that is used here; TypeScript does not describe it yet. */
interface FolderObserver {
	observe(handle: FileSystemDirectoryHandle): Promise<void>;
	disconnect(): void;
}
interface FolderChange {
	readonly type: 'appeared' | 'disappeared' | 'modified' | 'moved' | 'unknown' | 'errored';
	readonly relativePathComponents: readonly string[];
}
type FolderObserverClass = new (onChange: (changes: readonly FolderChange[]) => void) => FolderObserver;

/** Looks through the inbox of the workspace that a data worker has open. Fetched when a page first needs it. */
export class InboxEngine {
	readonly #db: WorkspaceDatabase;
	/** Which folder, and which state of its list of files, `#seen` is of. */
	#chosenAt = 0;
	#revision = 0;
	#seen = new Map<string, SeenFile>();
	/** What is to be tried again at the next visit. */
	#putOff = new Map<string, SeenFile>();
	#waiting: Waiting = new Map();
	#turn = firstTurn();
	/** Files that cannot be taken as they are. */
	readonly #passedOver = new Map<string, 'closed' | 'empty'>();

	constructor(db: WorkspaceDatabase) {
		this.#db = db;
	}

	/** The folder and what was done with it; null where none is chosen. */
	async state(): Promise<InboxState | null> {
		const folder = await this.#open();
		if (!folder) return null;
		return { handle: folder.handle, about: aboutInbox(folder.chosenAt, [...this.#seen.values()]) };
	}

	async choose(handle: FileSystemDirectoryHandle): Promise<null> {
		const before = await readInbox(this.#db);
		const isSame = before !== null && (await before.handle.isSameEntry(handle));
		await chooseInbox(this.#db, handle, { isSame, nowMs: Date.now() });
		return null;
	}

	async forget(): Promise<null> {
		await forgetInbox(this.#db);
		return null;
	}

	/**
	 * Looks which files are to be imported now. Changes nothing: they count as seen once `note` gets them.
	 * @param scope names of files that are said to have changed; `usual` for all that is new; `thorough` opens every file
	 */
	async look(scope: InboxScope): Promise<InboxLook> {
		const folder = await this.#open();
		if (!folder) return { state: 'none' };
		if (scope === 'thorough') this.#retryPutOff();
		const nowMs = steadyNow();
		const [seen, waiting] = [this.#seen, this.#waiting];
		const opened = new Map<string, TakenFile>();
		try {
			const handles = await this.#handlesOf(folder.handle, scope);
			const names = readableNames([...handles.keys()]);
			const isThorough = scope !== 'usual';
			if (typeof scope === 'string') this.#passedOver.clear();
			const toOpen = filesToOpen({ names, seen, waiting, isThorough, turn: this.#turn++ });
			for (let first = 0; first < toOpen.length; first += OPENED_AT_ONCE) {
				const some = toOpen.slice(first, first + OPENED_AT_ONCE);
				const files = await Promise.all(some.map((name) => fileOf(handles.get(name))));
				for (const [index, file] of files.entries()) {
					const name = some[index] ?? '';
					this.#passedOver.delete(name);
					if (file === 'closed' || file?.size === 0)
						this.#passedOver.set(name, file === 'closed' ? file : 'empty');
					else if (file)
						opened.set(name, {
							file,
							stamp: stampOf(name, file),
							isEdition: seen.get(name)?.outcome === 'imported'
						});
				}
			}
		} catch (error) {
			return { state: reasonOf(error) };
		}
		const stamps = [...opened.values()].map(({ stamp }) => stamp);
		const after = afterLook(stamps, { seen, waiting, nowMs, openedMs: steadyNow() });
		this.#waiting = after.waiting;
		const taken = after.ready.flatMap(({ name }) => opened.get(name) ?? []);
		return {
			...{ state: 'looked', taken, waiting: after.waiting.size, againInMs: after.againInMs },
			...{ closed: this.#passedOverAs('closed'), empty: this.#passedOverAs('empty') }
		};
	}

	/** Notes what became of files, so that they count as seen. */
	async note(files: readonly SeenFile[]): Promise<null> {
		for (const file of files) {
			if (file.outcome === 'put_off') this.#putOff.set(file.name, file);
			else this.#putOff.delete(file.name);
			this.#seen.set(file.name, file);
		}
		const stored = files.filter(({ outcome }) => outcome !== 'put_off');
		if (stored.length === 0) return null;
		const revision = await noteSeen(this.#db, this.#chosenAt, stored);
		// Else another tab has noted something too, and the list is read anew.
		if (revision === this.#revision + 1) this.#revision = revision;
		return null;
	}

	/**
	 * Tells of changes in the folder until the signal is aborted: the names of its files that are concerned, or `usual` where
	 * the browser does not say. Over at once where the browser cannot do that.
	 */
	async watch(signal: AbortSignal, tell: (scope: InboxScope) => void): Promise<null> {
		const { FileSystemObserver } = globalThis as { FileSystemObserver?: FolderObserverClass };
		const folder = await readInbox(this.#db);
		if (!FileSystemObserver || !folder) return null;
		await new Promise<void>((end) => {
			const observer = new FileSystemObserver((changes) => {
				const scope = scopeOf(changes);
				if (scope.length > 0) tell(scope);
				if (changes.some(({ type }) => type === 'errored')) end();
			});
			signal.addEventListener('abort', () => {
				observer.disconnect();
				end();
			});
			// Looks at every visit and on focus find the same, later.
			observer.observe(folder.handle).catch(() => end());
		});
		return null;
	}

	/** The folder as it is stored now, with its list of seen files read anew where another tab has changed it. */
	async #open(): Promise<StoredFolder | null> {
		const folder = await readInbox(this.#db);
		const revision = folder?.revision ?? 0;
		const isSameFolder = folder?.chosenAt === this.#chosenAt;
		if (!folder || (isSameFolder && revision === this.#revision)) return folder;
		const seen = new Map((await readSeen(this.#db)).map((file) => [file.name, file]));
		if (!isSameFolder) {
			this.#putOff = new Map();
			this.#waiting = isFirstLook(this.#chosenAt) ? takeAsked(seen) : new Map();
		}
		for (const [name, file] of this.#putOff) if (!seen.has(name)) seen.set(name, file);
		this.#seen = seen;
		[this.#chosenAt, this.#revision] = [folder.chosenAt, revision];
		return folder;
	}

	#passedOverAs(reason: 'closed' | 'empty'): readonly string[] {
		return [...this.#passedOver].flatMap(([name, why]) => (why === reason ? name : []));
	}

	#retryPutOff(): void {
		for (const name of this.#putOff.keys()) this.#seen.delete(name);
		this.#putOff = new Map();
	}

	/** The files of the folder that a look is about, by name. */
	async #handlesOf(
		folder: FileSystemDirectoryHandle,
		scope: InboxScope
	): Promise<ReadonlyMap<string, FileSystemFileHandle>> {
		const handles = new Map<string, FileSystemFileHandle>();
		if (typeof scope === 'string') {
			for await (const entry of folder.values())
				if (entry.kind === 'file') handles.set(entry.name, entry as FileSystemFileHandle);
			return handles;
		}
		for (const name of new Set([...scope, ...this.#waiting.keys()])) {
			const handle = await folder.getFileHandle(name).catch(unlessMissing);
			if (handle) handles.set(name, handle);
		}
		return handles;
	}
}

/** Milliseconds since 1970, by a clock that never goes back. */
function steadyNow(): number {
	return performance.timeOrigin + performance.now();
}

function isFirstLook(chosenAt: number): boolean {
	return chosenAt === 0;
}

/** At the first look of a visit: files that asked something at an earlier one are not seen, but ready to be taken. */
function takeAsked(seen: Map<string, SeenFile>): Waiting {
	const asked = new Map<string, WaitingFile>();
	for (const [name, file] of seen)
		if (file.outcome === 'asked') asked.set(name, { ...file, stillSinceMs: 0, metAtMs: 0 });
	for (const name of asked.keys()) seen.delete(name);
	return asked;
}

function stampOf(name: string, file: File): FileStamp {
	return { name, byteLength: file.size, modifiedMs: file.lastModified };
}

/** Null where the file is gone by now; `closed` where another program keeps it to itself, or this one may not read it. */
async function fileOf(handle: FileSystemFileHandle | undefined): Promise<File | 'closed' | null> {
	try {
		return (await handle?.getFile()) ?? null;
	} catch (error) {
		if (nameOf(error) === 'NotFoundError') return null;
		if (nameOf(error) === 'NotAllowedError') throw error;
		return 'closed';
	}
}

function unlessMissing(error: unknown): null {
	// A folder of that name is no file either.
	if (nameOf(error) === 'NotFoundError' || nameOf(error) === 'TypeMismatchError') return null;
	throw error;
}

function reasonOf(error: unknown): 'not_allowed' | 'gone' {
	if (nameOf(error) === 'NotAllowedError' || nameOf(error) === 'SecurityError') return 'not_allowed';
	if (nameOf(error) === 'NotFoundError' || nameOf(error) === 'NotReadableError') return 'gone';
	throw error;
}

function nameOf(error: unknown): string {
	return error instanceof DOMException ? error.name : '';
}

function scopeOf(changes: readonly FolderChange[]): InboxScope {
	const names = changes.map(({ relativePathComponents }) => relativePathComponents);
	const isKnown = changes.every(({ type }) => type !== 'unknown' && type !== 'errored');
	return isKnown ? names.flatMap((path) => (path.length === 1 ? path : [])) : 'usual';
}
