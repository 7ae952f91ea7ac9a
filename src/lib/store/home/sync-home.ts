import { problemOf, type Problem } from '../../model/problem';
import type { HomeReport } from '../../model/home-folder';
import { liveBatches } from '../batches';
import type { StoredHomeFile, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { itemKey, readItems, type PortableItem } from '../portable/items';
import { batchBlocks, portableBytes } from '../portable/portable-bytes';
import { WorkspaceTexts, readHead, readPieces } from '../portable/read-batch';
import { takeIn, takenInReport, type TakenIn } from '../portable/take-in';
import { contentOfBatch, contentOfItem } from './home-content';
import { homeFileBytes } from './home-file';
import { proveWhole, readHome, type Home } from './read-home';

/**
 * Brings a workspace and its home folder together: what the folder has and the workspace lacks is taken in, then what the
 * folder lacks is written. Files are named by their content and never changed, so two devices cannot spoil each other's;
 * whatever ends it in between, the next time goes on from there. A file goes only where a newer version of the same thing,
 * or the mark that undoes it, stands in the folder whole.
 */

/** What surrounds it. */
export interface Syncing {
	readonly pause: Pause;
	/** Does what writes to the workspace, once nobody else does. */
	readonly locked: (work: () => Promise<TakenIn>) => Promise<TakenIn>;
	/** Milliseconds since 1970. */
	readonly now: () => number;
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
	{ pause, locked, now, tell = () => {} }: Syncing
): Promise<HomeReport> {
	const { files, items, batches, unsettled } = await readHome(signal, db, home, now());
	const isNew = items.length + batches.length > 0;
	const taken = isNew
		? await locked(() => takeIn(signal, db, pause, { items, batches }))
		: { batches: [], undone: 0, items: 0, refused: [] };
	const found = await noteFiles(signal, db, home, files, { taken, batches });
	const wanted = await contentsOf(signal, db);
	const written = await writeMissing(signal, db, home, { found, unsettled, wanted: wanted.contents }, tell);
	const anew = new Set(written.map(({ name }) => name));
	const standing = [...found.filter(({ name }) => !anew.has(name)), ...written];
	const removed = await removeNeedless(signal, db, home, standing, wanted);
	const leftOut = standing.flatMap(({ name, problem }) =>
		problem && !removed.has(name) ? [{ file: name, problem }] : []
	);
	return {
		taken: takenInReport(taken),
		written: written.length,
		leftOut: [...leftOut, ...wanted.damaged],
		waits: unsettled.size > 0,
		isEqual: unsettled.size === 0 && wanted.damaged.length === 0
	};
}

/** Keeps what is known of the files now, those that were refused among them, and forgets those that are gone. */
async function noteFiles(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory, keys }: Home,
	files: readonly StoredHomeFile[],
	{ taken, batches }: { taken: TakenIn; batches: readonly { readonly name: string; readonly head: object }[] }
): Promise<StoredHomeFile[]> {
	const refused = new Map(taken.refused.map(({ head, problem }) => [head as object, problem]));
	const heads = new Map(batches.map(({ name, head }) => [name, head]));
	const read = new Set(taken.batches.map(({ contentHash }) => contentOfBatch(contentHash ?? '')));
	const noted: StoredHomeFile[] = [];
	for (const file of files) {
		const head = heads.get(file.name);
		let problem = head && refused.get(head);
		// What was taken in was read to its end; what was not needed may still be cut.
		if (head && !problem && !read.has(file.content ?? '')) {
			signal.throwIfAborted();
			const now = await directory.file(file.name);
			problem = await (now ? proveWhole(db, keys, now) : Promise.resolve()).then(
				() => undefined,
				(error: unknown) => problemOf(error)
			);
		}
		if (!problem) noted.push(file);
		// Whole, and still not for this workspace: it must not be taken for missing, nor for superseded.
		else noted.push({ ...file, isWhole: problem.code === 'too_many_values', isRefused: true, problem });
	}
	await db.transaction('rw', db.homeFiles, async () => {
		await db.homeFiles.clear();
		await db.homeFiles.bulkPut(noted);
	});
	return noted;
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

async function writeMissing(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory, keys }: Home,
	{
		found,
		unsettled,
		wanted
	}: {
		found: readonly StoredHomeFile[];
		unsettled: ReadonlySet<string>;
		wanted: readonly WantedFile[];
	},
	tell: (done: number, all: number) => void
): Promise<StoredHomeFile[]> {
	const there = new Set(found.filter(({ isWhole }) => isWhole).map(({ content }) => content));
	const missing = wanted.filter(({ content }) => !there.has(content));
	const written: StoredHomeFile[] = [];
	for (const [done, { key, content, blocks }] of missing.entries()) {
		tell(done, missing.length);
		signal.throwIfAborted();
		const name = await keys.nameOf(content);
		// Another device is writing the same.
		if (unsettled.has(name)) continue;
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
 * Removes files of which a later version stands in the folder, those whose import was undone, and what is left of files whose
 * writing was begun here and ended.
 * @returns their names
 */
async function removeNeedless(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory }: Home,
	files: readonly StoredHomeFile[],
	{ contents, keys }: Wanted
): Promise<ReadonlySet<string>> {
	const wanted = new Set(contents.map(({ content }) => content));
	const marks = new Set((await db.undoMarks.toArray()).map(({ fingerprint }) => `batch ${fingerprint}`));
	const isSuperseded = ({ isWhole, isRefused, content, key }: StoredHomeFile) => {
		if (!isWhole || isRefused || !key || wanted.has(content ?? '')) return false;
		return keys.has(key) || marks.has(key);
	};
	const removed = new Set<string>();
	for (const file of files) {
		const isRest = file.isBegun === true && file.problem?.code === 'backup_damaged';
		if (!isRest && !isSuperseded(file)) continue;
		signal.throwIfAborted();
		await directory.remove(file.name);
		await db.homeFiles.delete(file.name);
		removed.add(file.name);
	}
	return removed;
}
