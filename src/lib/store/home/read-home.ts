import { isLitter, isUnfinished } from '../../model/litter';
import { ProblemError, problemOf, type Problem } from '../../model/problem';
import type { StoredHomeFile, WorkspaceDatabase } from '../database';
import { itemKey, type PortableItem } from '../portable/items';
import type { PortableHead } from '../portable/portable-batch';
import { piecesIn, portableRecords } from '../portable/portable-bytes';
import type { OtherBatch } from '../portable/take-in';
import { contentOfBatch, contentOfItem } from './home-content';
import type { HomeDirectory } from './home-directory';
import { homeFileBlocks } from './home-file';
import { HOME_ENDING, type HomeKeys } from './home-keys';

/** What a home folder holds. Files that were read before and stay as they are cost a look at their size and time. */

/** A file is taken once its size and time have stood still for so long. */
export const STILL_MS = 2_000;

/** What was found in a folder. */
export interface HomeContents {
	/** All its files of which it is known what they are. */
	readonly files: readonly StoredHomeFile[];
	/** Of files that are new here. */
	readonly items: readonly PortableItem[];
	readonly batches: readonly (OtherBatch & { readonly name: string })[];
	/** Names of files that are still being written. */
	readonly unsettled: ReadonlySet<string>;
}

/** What reading needs. */
export interface Home {
	readonly directory: HomeDirectory;
	readonly keys: HomeKeys;
}

/**
 * @param now milliseconds since 1970
 * @throws where the folder cannot be read
 */
export async function readHome(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ directory, keys }: Home,
	now: number
): Promise<HomeContents> {
	const known = new Map((await db.homeFiles.toArray()).map((file) => [file.name, file]));
	const files: StoredHomeFile[] = [];
	const items: PortableItem[] = [];
	const batches: (OtherBatch & { name: string })[] = [];
	const unsettled = new Set<string>();
	for (const name of await directory.names()) {
		signal.throwIfAborted();
		if (isLitter(name) || isUnfinished(name)) continue;
		const file = await directory.file(name);
		if (!file) continue;
		const before = known.get(name);
		const begun = before?.isBegun ? { isBegun: true } : {};
		const about = { name, byteLength: file.size, modifiedMs: file.lastModified, ...begun };
		const isSame = before?.byteLength === file.size && before.modifiedMs === file.lastModified;
		if (isSame) {
			files.push(before);
			continue;
		}
		const age = now - file.lastModified;
		if (age >= 0 && age < STILL_MS) {
			unsettled.add(name);
			continue;
		}
		const read = await readHomeFile(signal, db, keys, file, name);
		if ('problem' in read) files.push({ ...about, isWhole: false, problem: read.problem });
		else if ('item' in read) {
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
	return { files, items, batches, unsettled };
}

type ReadFile =
	{ readonly problem: Problem } | { readonly item: PortableItem } | { readonly batch: OtherBatch };

/** An item whole; of a batch the head, whose pieces are proved where they are wanted. */
async function readHomeFile(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	keys: HomeKeys,
	file: File,
	name: string
): Promise<ReadFile> {
	try {
		if (!name.endsWith(HOME_ENDING)) throw new ProblemError({ code: 'not_a_home_file' });
		const blocks = homeFileBlocks(keys, db.verno, file);
		const first = await blocks.next();
		const [record, ...others] = first.done ? [] : portableRecords(first.value);
		if (!record || others.length > 0) throw new ProblemError({ code: 'backup_damaged' });
		if (record.kind === 'batch') {
			const head = record.value as PortableHead;
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
