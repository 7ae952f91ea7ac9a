import type { Table } from 'dexie';
import type { Label, Note, PinsOfFile, SavedView } from '../../model/own-words';
import type { SameDaysChoice } from '../../model/same-days';
import { compareText } from '../../model/text-order';
import { liveBatches } from '../batches';
import { profileKey, sameDaysKey } from '../choices';
import type { LiveBatch, StoredChoice, StoredOwn, StoredUndoMark, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { nameProfile } from '../reports';
import { chooseSameDays } from '../same-days';
import { takeInMark } from '../undo-batch';
import { compareMarks, isCovered, putMark, readMarks } from '../undo-marks';

/**
 * All that travels besides batches, item by item: marks of undone imports, decisions, notes, views and labels. Joining two
 * versions of an item gives the same in any order and however often, so copies that have met the same items are equal.
 */
export type PortableItem =
	| { readonly of: 'marks'; readonly item: StoredUndoMark }
	| { readonly of: 'choices'; readonly item: StoredChoice }
	| { readonly of: 'notes'; readonly item: StoredOwn<Note> }
	| { readonly of: 'views'; readonly item: StoredOwn<SavedView> }
	| { readonly of: 'labels'; readonly item: StoredOwn<Label> };

/** What names an item among all items. */
export function itemKey({ of, item }: PortableItem): string {
	return `${of} ${of === 'marks' ? item.fingerprint : of === 'choices' ? item.key : item.id}`;
}

/** All items of a workspace. */
export async function readItems(db: WorkspaceDatabase): Promise<PortableItem[]> {
	return db.transaction(
		'r',
		[db.undoMarks, db.batches, db.choices, db.notes, db.views, db.labels],
		async () => [
			...(await readMarks(db)).map((item) => ({ of: 'marks', item }) as const),
			...(await db.choices.toArray()).map((item) => ({ of: 'choices', item }) as const),
			...(await db.notes.toArray()).map((item) => ({ of: 'notes', item }) as const),
			...(await db.views.toArray()).map((item) => ({ of: 'views', item }) as const),
			...(await db.labels.toArray()).map((item) => ({ of: 'labels', item }) as const)
		]
	);
}

/** Two versions of one item joined: the newer one, of labels with the Pins of files by file. */
export function joinItems(a: PortableItem, b: PortableItem): PortableItem {
	if (a.of === 'marks' && b.of === 'marks') return compareMarks(a.item, b.item) >= 0 ? a : b;
	if (a.of === 'labels' && b.of === 'labels') return { of: 'labels', item: joinLabels(a.item, b.item) };
	if (a.of === 'marks' || b.of === 'marks') return a;
	return compareVersions(a.item, b.item) >= 0 ? a : b;
}

/** Whether nothing of a version is missing in another one of the same item. */
function holdsItem(own: PortableItem, other: PortableItem): boolean {
	return JSON.stringify(joinItems(own, other)) === JSON.stringify(inOrder(own));
}

/**
 * Joins items of another copy with what is here, with all that follows for batches. Each is all or nothing.
 * @param others may hold several versions of an item
 * @returns how many are newer now; marks are not counted
 */
export async function takeInItems(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	pause: Pause,
	others: readonly PortableItem[]
): Promise<number> {
	const known = new Map((await readItems(db)).map((item) => [itemKey(item), item]));
	const changed = new Map<string, PortableItem>();
	for (const other of others) {
		const key = itemKey(other);
		const own = known.get(key);
		if (own && holdsItem(own, other)) continue;
		const joined = own ? joinItems(own, other) : inOrder(other);
		known.set(key, joined);
		changed.set(key, joined);
	}
	const alone: PortableItem[] = [];
	const rest: PortableItem[] = [];
	const batches = await liveBatches(db);
	for (const item of changed.values()) (concernsAny(batches, item) ? alone : rest).push(item);
	// Marks first: what is undone need not be changed.
	alone.sort((a, b) => Number(b.of === 'marks') - Number(a.of === 'marks'));
	for (const item of alone) {
		signal.throwIfAborted();
		if (item.of === 'marks') await takeInMark(db, pause, item.item);
		if (item.of === 'choices') await takeInChoice(db, pause, item.item);
	}
	await putItems(db, rest);
	return [...changed.values()].filter(({ of }) => of !== 'marks').length;
}

/** Whether something follows from an item for batches that are here. */
function concernsAny(batches: readonly LiveBatch[], { of, item }: PortableItem): boolean {
	if (of === 'marks') return batches.some((batch) => isCovered(item, batch));
	if (of !== 'choices') return false;
	return batches.some((batch) => item.key === sameDaysKey(batch) || item.key === profileKey(batch));
}

/** Keeps items from which nothing follows, all of them or none. */
async function putItems(db: WorkspaceDatabase, items: readonly PortableItem[]): Promise<void> {
	if (items.length === 0) return;
	const { undoMarks, choices, notes, views, labels } = db;
	await db.transaction('rw', [undoMarks, choices, notes, views, labels], async () => {
		for (const { of, item } of items) if (of === 'marks') await putMark(db, item);
		for (const [of, table] of Object.entries({ choices, notes, views, labels })) {
			const own = items.filter((item) => item.of === of).map(({ item }) => item);
			await (table as unknown as Table<PortableItem['item'], string>).bulkPut(own);
		}
	});
}

async function takeInChoice(db: WorkspaceDatabase, pause: Pause, choice: StoredChoice): Promise<void> {
	for (const batch of await liveBatches(db)) {
		if (choice.key === sameDaysKey(batch))
			return chooseSameDays(db, pause, batch.id, choice.value as SameDaysChoice, choice);
		if (choice.key === profileKey(batch)) return nameProfile(db, batch.id, choice.value as string, choice);
	}
	// Its batch was undone by a mark.
	await db.choices.put(choice);
}

interface Changed {
	readonly changedAt: number;
}

/** By the time of the change; of two at the same time by what they say, so that every copy agrees. */
function compareVersions(a: Changed, b: Changed): number {
	return a.changedAt - b.changedAt || compareText(JSON.stringify(a), JSON.stringify(b));
}

/** With what has no order in one that is always the same. */
function inOrder(item: PortableItem): PortableItem {
	if (item.of !== 'labels' || 'isDeleted' in item.item) return item;
	return { of: 'labels', item: joinLabels(item.item, item.item) };
}

function joinLabels(a: StoredOwn<Label>, b: StoredOwn<Label>): StoredOwn<Label> {
	const newer = compareVersions(ownPart(a), ownPart(b)) >= 0 ? a : b;
	if ('isDeleted' in newer) return newer;
	const deletedAt = Math.max(deletionOf(a), deletionOf(b));
	const files = new Map<string, PinsOfFile>();
	for (const file of [...filesOf(a), ...filesOf(b)]) {
		const known = files.get(file.fingerprint);
		if (!known || compareFiles(file, known) > 0) files.set(file.fingerprint, file);
	}
	const ofFiles = [...files.values()]
		// Named before a deletion that was taken back: named again since, or gone with it.
		.filter(({ changedAt = 0 }) => changedAt > deletedAt)
		.sort((one, other) => compareText(one.fingerprint, other.fingerprint));
	return { ...(ownPart(newer) as Label), ofFiles, ...(deletedAt < 0 ? {} : { deletedAt }) };
}

/** A label without what is joined by itself; its parts in a fixed order. */
function ownPart(label: StoredOwn<Label>): StoredOwn<Omit<Label, 'ofFiles'>> {
	if ('isDeleted' in label) return label;
	const { id, changedAt, name, words, createdFrom, createdTo, pinIds } = label;
	return { id, changedAt, name, words, createdFrom, createdTo, pinIds };
}

function filesOf(label: StoredOwn<Label>): readonly PinsOfFile[] {
	return 'isDeleted' in label ? [] : label.ofFiles;
}

function deletionOf(label: StoredOwn<Label>): number {
	return 'isDeleted' in label ? label.changedAt : (label.deletedAt ?? -1);
}

function compareFiles(a: PinsOfFile, b: PinsOfFile): number {
	return (a.changedAt ?? 0) - (b.changedAt ?? 0) || compareText(a.pinIds.join('\n'), b.pinIds.join('\n'));
}
