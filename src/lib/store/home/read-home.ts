import {
	finishedNames,
	namesToOpen,
	hasStoodStill,
	isSameStamp,
	stillInMs,
	waitOn,
	type WaitingFile
} from '../../model/folder-files';
import { ProblemError, problemOf, type Problem } from '../../model/problem';
import type { StoredHomeFile, WorkspaceDatabase } from '../database';
import { itemKey, type PortableItem } from '../portable/items';
import type { PortableHead } from '../portable/portable-batch';
import { piecesIn, portableRecords } from '../portable/portable-bytes';
import type { OtherBatch } from '../portable/other-copy';
import { contentOfBatch, contentOfItem } from './home-content';
import type { HomeDirectory } from './home-directory';
import { homeFileBlocks } from './home-file';
import type { HomeKeys } from './home-keys';

/**
 * What a home folder holds. A file that proves itself whole is taken at once, whatever its name. One that does not may still
 * be on its way: it is looked at again, and named as damaged or foreign once it has stood still (model/folder-files.ts).
 */

/** How many files are opened at once. */
const OPENED_AT_ONCE = 64;

/** What was found in a folder. */
export interface HomeContents {
	/** What is known of its files, the same objects as before where nothing is new. */
	readonly files: readonly StoredHomeFile[];
	/** Of files that are new here. */
	readonly items: readonly PortableItem[];
	readonly batches: readonly (OtherBatch & { readonly name: string })[];
	/** Files that may still be on their way, by name. */
	readonly waiting: ReadonlyMap<string, WaitingFile>;
	/** When to look at these again; null where there are none. */
	readonly againInMs: number | null;
}

/** What reading needs. */
export interface Home {
	readonly directory: HomeDirectory;
	readonly keys: HomeKeys;
}

/** What a look into a folder goes by. */
export interface HomeLook {
	/** What was known of its files before. */
	readonly known: readonly StoredHomeFile[];
	/** Files that waited when it was looked at last. */
	readonly waiting: ReadonlyMap<string, WaitingFile>;
	/** Whether all files are opened, rather than new ones and a few of the others. */
	readonly isThorough: boolean;
	/** Rises by one from look to look. */
	readonly turn: number;
	/** Milliseconds since 1970, by a clock that never goes back. */
	readonly now: () => number;
}

/** @throws where the folder cannot be read */
export async function readHome(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory, keys }: Home,
	{ known, waiting, isThorough, turn, now }: HomeLook
): Promise<HomeContents> {
	const names = finishedNames(await directory.names());
	const before = new Map(known.map((file) => [file.name, file]));
	const settled = new Map(known.filter(isSettled).map((file) => [file.name, file]));
	const toOpen = new Set(namesToOpen(names, settled, { isThorough, turn }));
	const files = names.flatMap((name) => (toOpen.has(name) ? [] : (settled.get(name) ?? [])));
	const items: PortableItem[] = [];
	const batches: (OtherBatch & { name: string })[] = [];
	const waits = new Map<string, WaitingFile>();
	for (const { name, file, openedMs } of await opened(signal, directory, [...toOpen], now)) {
		signal.throwIfAborted();
		const own = before.get(name);
		const stamp = { name, byteLength: file.size, modifiedMs: file.lastModified };
		const isSame = own !== undefined && isSameStamp(own, stamp);
		if (isSame && isSettled(own) && !(isThorough && own.problem)) {
			files.push(own);
			continue;
		}
		const earlier = waiting.get(name);
		const wait = waitOn(earlier, stamp, now());
		const isStill = hasStoodStill(wait, openedMs);
		// What was not whole at the last look and is as it was then is read again once it has stood still.
		const isRead = !earlier || !isSameStamp(earlier, stamp) || isStill;
		const read = isRead ? await readHomeFile(signal, db, keys, file) : null;
		const isOver = isStill || isSame || own?.isBegun === true;
		if (!read || ('problem' in read && !isOver)) {
			waits.set(name, wait);
			continue;
		}
		const about = { ...stamp, ...(own?.isBegun ? { isBegun: true } : {}) };
		if ('problem' in read) {
			const isKnown = isSame && own.problem?.code === read.problem.code;
			files.push(isKnown ? own : { ...about, isWhole: false, problem: read.problem });
		} else if ('item' in read) {
			items.push(read.item);
			const content = await contentOfItem(read.item);
			files.push({ ...about, isWhole: true, content, key: itemKey(read.item) });
		} else {
			batches.push({ ...read.batch, name });
			const { fingerprint, contentHash = '' } = read.batch.head;
			const content = contentOfBatch(contentHash);
			files.push({ ...about, isWhole: true, content, key: `batch ${fingerprint}` });
		}
	}
	return { files, items, batches, waiting: waits, againInMs: stillInMs([...waits.values()], now()) };
}

/** Whether what is known of a file holds as long as the file stays as it is. */
function isSettled({ byteLength, problem }: StoredHomeFile): boolean {
	// A later version of the program may read it; what keeps the disk from giving it may pass.
	return byteLength >= 0 && problem?.code !== 'backup_newer' && problem?.code !== 'unreadable_file';
}

interface OpenedFile {
	readonly name: string;
	readonly file: File;
	/** Before its size and time were asked for. */
	readonly openedMs: number;
}

/** Files as they are now, without those that are gone. */
async function opened(
	signal: AbortSignal,
	directory: HomeDirectory,
	names: readonly string[],
	now: () => number
): Promise<OpenedFile[]> {
	const all: OpenedFile[] = [];
	for (let first = 0; first < names.length; first += OPENED_AT_ONCE) {
		signal.throwIfAborted();
		const openedMs = now();
		const some = names.slice(first, first + OPENED_AT_ONCE);
		const files = await Promise.all(some.map((name) => directory.file(name)));
		for (const [index, name] of some.entries()) {
			const file = files[index];
			if (file) all.push({ name, file, openedMs });
		}
	}
	return all;
}

type ReadFile =
	{ readonly problem: Problem } | { readonly item: PortableItem } | { readonly batch: OtherBatch };

/** A file that was read to its end and is whole: an item, or a batch, of which only the head is kept. */
async function readHomeFile(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	keys: HomeKeys,
	file: File
): Promise<ReadFile> {
	try {
		const blocks = homeFileBlocks(keys, db.verno, file);
		const first = await blocks.next();
		const [record, ...others] = first.done ? [] : portableRecords(first.value);
		if (!record || others.length > 0) throw new ProblemError({ code: 'backup_damaged' });
		if (record.kind === 'batch') {
			const head = record.value as PortableHead;
			for await (const block of blocks) {
				signal.throwIfAborted();
				portableRecords(block);
			}
			const pieces = async function* () {
				const whole = homeFileBlocks(keys, db.verno, file);
				await whole.next();
				signal.throwIfAborted();
				yield* piecesIn(whole);
			};
			return { batch: { head, pieces } };
		}
		if (record.kind !== 'item' || !(await blocks.next()).done)
			throw new ProblemError({ code: 'backup_damaged' });
		return { item: record.value as PortableItem };
	} catch (error) {
		const problem = problemOf(error);
		if (signal.aborted || problem.code === 'unexpected') throw error;
		return { problem };
	}
}

/**
 * Reads a file to its end.
 * @throws ProblemError where it is not whole
 */
export async function proveWhole(db: WorkspaceDatabase, keys: HomeKeys, file: File): Promise<void> {
	for await (const block of homeFileBlocks(keys, db.verno, file)) portableRecords(block);
}
