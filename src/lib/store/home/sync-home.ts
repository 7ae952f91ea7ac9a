import { problemOf, type Problem } from '../../model/problem';
import type { WaitingFile } from '../../model/folder-files';
import type { HomeReport } from '../../model/home-folder';
import { liveBatches } from '../batches';
import type { StoredHomeFile, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { itemKey, readItems, type PortableItem } from '../portable/items';
import { batchBlocks, portableBytes } from '../portable/portable-bytes';
import { WorkspaceTexts, readHead, readPieces } from '../portable/read-batch';
import { takeIn, takenInReport, type TakenIn } from '../portable/take-in';
import { readMarks } from '../undo-marks';
import { contentOfBatch, contentOfItem } from './home-content';
import { homeFileBytes } from './home-file';
import { isOwnName, originalOf } from './home-keys';
import { proveWhole, readHome, type Home } from './read-home';

/**
 * Brings a workspace and its home folder together: what the folder has and the workspace lacks is taken in, then what the
 * folder lacks is written. Files are named by their content and never changed, so two devices cannot spoil each other's;
 * whatever ends it in between, the next time goes on from there. A file goes only where a newer version of the same thing,
 * or the mark that undoes it, stands in the folder whole, and only where Tackboard named it: copies that a drive has made
 * stay for their owner to delete.
 *
 * Where nothing has changed, only names are listed, a few files are opened for their size and time, and nothing is written.
 */

/** What surrounds it. */
export interface Syncing {
	readonly pause: Pause;
	/** Does what writes to the workspace, once nobody else does. */
	readonly locked: (work: () => Promise<TakenIn>) => Promise<TakenIn>;
	/** Milliseconds since 1970, by a clock that never goes back. */
	readonly now: () => number;
	/** Whether all files are opened, rather than new ones and a few of the others. */
	readonly isThorough: boolean;
	/** Rises by one from one time to the next. */
	readonly turn: number;
	/** Files that were not whole when the folder was looked at last, by name. Kept by the caller from one time to the next. */
	readonly waiting: Map<string, WaitingFile>;
	/** Told how many files are to be written, and how many are. */
	readonly tell?: (done: number, all: number) => void;
}

/**
 * @throws ProblemError home_full where the folder's disk takes no more; others where the folder cannot be read
 */
export async function syncHome(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	home: Home,
	{ pause, locked, now, isThorough, turn, waiting, tell = () => {} }: Syncing
): Promise<HomeReport> {
	const known = await db.homeFiles.toArray();
	const look = await readHome(signal, db, home, { known, waiting, isThorough, turn, now });
	const { files, items, batches, againInMs } = look;
	waiting.clear();
	for (const [name, file] of look.waiting) waiting.set(name, file);
	const isNew = items.length + batches.length > 0;
	const taken = isNew
		? await locked(() => takeIn(signal, db, pause, { items, batches }))
		: { batches: [], undone: 0, items: 0, refused: [] };
	const found = withRefused(files, { taken, batches });
	await noteFiles(db, known, found);
	const wanted = await contentsOf(signal, db);
	const missing = missingIn(found, wanted.contents);
	const written = await writeMissing(signal, db, home, { missing, waiting }, tell);
	const anew = new Set(written.map(({ name }) => name));
	const all = [...found.filter(({ name }) => !anew.has(name)), ...written];
	const needless = all.filter(await needlessAmong(db, wanted));
	const removed = await removeFiles(signal, db, home, needless);
	const standing = all.filter(({ name }) => !removed.has(name));
	const copies = copiesAmong(standing, new Set(needless));
	const leftOut = standing.flatMap((file) =>
		file.problem && !copies.has(file) ? [{ file: file.name, problem: file.problem }] : []
	);
	return {
		taken: takenInReport(taken),
		written: written.length,
		leftOut: [...leftOut, ...wanted.damaged],
		copies: [...copies].map(({ name }) => name).sort(),
		againInMs,
		isEqual: againInMs === null && wanted.damaged.length === 0
	};
}

/** What is known of files now, those that were refused among them. */
function withRefused(
	files: readonly StoredHomeFile[],
	{ taken, batches }: { taken: TakenIn; batches: readonly { readonly name: string; readonly head: object }[] }
): StoredHomeFile[] {
	const refused = new Map(taken.refused.map(({ head, problem }) => [head as object, problem]));
	const heads = new Map(batches.map(({ name, head }) => [name, head]));
	return files.map((file) => {
		const head = heads.get(file.name);
		const problem = head && refused.get(head);
		if (!problem) return file;
		// Whole, and still not for this workspace: it must not be taken for missing, nor for superseded.
		return { ...file, isWhole: problem.code === 'too_many_values', isRefused: true, problem };
	});
}

/** Keeps what is new about files, and forgets those that are gone. */
async function noteFiles(
	db: WorkspaceDatabase,
	known: readonly StoredHomeFile[],
	found: readonly StoredHomeFile[]
): Promise<void> {
	const before = new Set(known);
	const names = new Set(found.map(({ name }) => name));
	const gone = known.flatMap(({ name }) => (names.has(name) ? [] : name));
	const changed = found.filter((file) => !before.has(file));
	if (gone.length + changed.length === 0) return;
	await db.transaction('rw', db.homeFiles, async () => {
		await db.homeFiles.bulkDelete(gone);
		await db.homeFiles.bulkPut(changed);
	});
}

/** What the folder should hold. */
interface Wanted {
	readonly contents: readonly WantedFile[];
	/** By what each is about: keys of items and batches. */
	readonly keys: ReadonlySet<string>;
	/** Batches that can no longer be read, and so not be written. */
	readonly damaged: readonly { readonly file: string; readonly problem: Problem }[];
}

interface WantedFile {
	readonly key: string;
	readonly content: string;
	readonly blocks: () => AsyncIterable<Uint8Array<ArrayBuffer>>;
}

async function contentsOf(signal: AbortSignal, db: WorkspaceDatabase): Promise<Wanted> {
	const contents: WantedFile[] = [];
	const damaged: { file: string; problem: Problem }[] = [];
	const texts = new WorkspaceTexts(db);
	for (const batch of await liveBatches(db)) {
		if (batch.isSample) continue;
		try {
			const head = await readHead(signal, texts, db, batch);
			contents.push({
				key: `batch ${batch.fingerprint}`,
				content: contentOfBatch(head.contentHash),
				blocks: () => batchBlocks(head, readPieces(signal, texts, db, batch))
			});
		} catch (error) {
			const problem = problemOf(error);
			if (signal.aborted || problem.code !== 'damaged_data') throw error;
			damaged.push({ file: batch.file, problem });
		}
	}
	for (const item of await readItems(db))
		contents.push({
			key: itemKey(item),
			content: await contentOfItem(item),
			blocks: () => onlyBlock(item)
		});
	return { contents, damaged, keys: new Set(contents.map(({ key }) => key)) };
}

async function* onlyBlock(item: PortableItem): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	yield portableBytes('item', item);
}

function missingIn(found: readonly StoredHomeFile[], wanted: readonly WantedFile[]): readonly WantedFile[] {
	const there = new Set(found.filter(({ isWhole }) => isWhole).map(({ content }) => content));
	return wanted.filter(({ content }) => !there.has(content));
}

async function writeMissing(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory, keys }: Home,
	{ missing, waiting }: { missing: readonly WantedFile[]; waiting: ReadonlyMap<string, WaitingFile> },
	tell: (done: number, all: number) => void
): Promise<StoredHomeFile[]> {
	const written: StoredHomeFile[] = [];
	for (const [done, { key, content, blocks }] of missing.entries()) {
		tell(done, missing.length);
		signal.throwIfAborted();
		const name = await keys.nameOf(content);
		// Another device is writing the same.
		if (waiting.has(name)) continue;
		await db.homeFiles.put({ name, byteLength: -1, modifiedMs: 0, isWhole: false, isBegun: true });
		await directory.write(name, homeFileBytes(keys, db.verno, blocks()));
		// A folder has no whole-or-not-at-all of its own in every browser: what counts is what can be read back.
		const file = await directory.file(name);
		if (!file) continue;
		await proveWhole(db, keys, file);
		const noted = { name, byteLength: file.size, modifiedMs: file.lastModified, isWhole: true, content, key };
		await db.homeFiles.put(noted);
		written.push(noted);
	}
	return written;
}

/**
 * Selects files that are no longer needed: those of which a later version stands in the folder, those whose import was undone,
 * and what is left of files whose writing was begun here and ended.
 */
async function needlessAmong(
	db: WorkspaceDatabase,
	{ contents, keys }: Wanted
): Promise<(file: StoredHomeFile) => boolean> {
	const wanted = new Set(contents.map(({ content }) => content));
	const marks = new Set((await readMarks(db)).map(({ fingerprint }) => `batch ${fingerprint}`));
	return ({ isWhole, isRefused, isBegun, problem, content, key }) => {
		if (isBegun && problem?.code === 'backup_damaged') return true;
		if (!isWhole || isRefused || !key || wanted.has(content ?? '')) return false;
		return keys.has(key) || marks.has(key);
	};
}

/**
 * Removes files that Tackboard has named.
 * @returns their names
 */
async function removeFiles(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory }: Home,
	files: readonly StoredHomeFile[]
): Promise<ReadonlySet<string>> {
	const removed = new Set<string>();
	for (const { name } of files) {
		if (!isOwnName(name)) continue;
		signal.throwIfAborted();
		await directory.remove(name);
		await db.homeFiles.delete(name);
		removed.add(name);
	}
	return removed;
}

/** The files that a drive has made copies as: whole or not, they hold nothing that other files do not. */
function copiesAmong(
	files: readonly StoredHomeFile[],
	needless: ReadonlySet<StoredHomeFile>
): ReadonlySet<StoredHomeFile> {
	const own = files.filter(({ name, isWhole }) => isWhole && isOwnName(name));
	const [names, contents] = [
		new Set(own.map(({ name }) => name)),
		new Set(own.map(({ content }) => content))
	];
	const isCopy = (file: StoredHomeFile) => {
		if (isOwnName(file.name) || file.isRefused) return false;
		if (file.isWhole) return needless.has(file) || contents.has(file.content);
		// Files are named by what they hold.
		return names.has(originalOf(file.name));
	};
	return new Set(files.filter(isCopy));
}
