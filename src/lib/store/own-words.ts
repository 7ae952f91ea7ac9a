import type { Table } from 'dexie';
import {
	namedPins,
	type Label,
	type LabelText,
	type Note,
	type OwnChange,
	type OwnItemOf,
	type OwnKind,
	type OwnWords,
	type SavedView
} from '../model/own-words';
import { compareText } from '../model/text-order';
import { liveBatches } from './batches';
import type { StoredOwn, WorkspaceDatabase } from './database';

/**
 * Notes, saved views and labels. Each change is one transaction. A deleted item leaves its id and the time behind, so that
 * another copy of the workspace gets the deletion.
 */

/** All items that are not deleted, in the order in which they are shown. */
export async function readOwnWords(db: WorkspaceDatabase): Promise<OwnWords> {
	return db.transaction('r', db.notes, db.views, db.labels, db.batches, async () => {
		const [notes, views, labels] = await Promise.all([
			present(db.notes),
			present(db.views),
			presentLabels(db)
		]);
		return {
			notes: notes.sort(
				(a, b) =>
					compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.text, b.text) || byId(a, b)
			),
			views: withOneFirstPage(views).sort((a, b) => a.place - b.place || byId(a, b)),
			labels: labels
				.map(({ pinIds, ofFiles, ...label }) => ({ ...label, named: namedPins({ pinIds, ofFiles }).length }))
				.sort((a, b) => compareText(a.name, b.name) || byId(a, b))
		};
	});
}

/** The labels with the Pins that they name, in the order of their names. */
export async function readLabels(db: WorkspaceDatabase): Promise<Label[]> {
	const labels = await db.transaction('r', db.labels, db.batches, () => presentLabels(db));
	return labels.sort((a, b) => compareText(a.name, b.name) || byId(a, b));
}

/** An item as it is; null where there is none of that id, or it is deleted. */
export async function readOwnItem(db: WorkspaceDatabase, of: OwnKind, id: string): Promise<OwnItemOf | null> {
	if (of === 'labels') {
		const label = (await readLabels(db)).find((each) => each.id === id);
		return label ? { of, item: label } : null;
	}
	const stored = await (db[of] as Table<StoredOwn<Note | SavedView | Label>, string>).get(id);
	return stored && !('isDeleted' in stored) ? ({ of, item: stored } as OwnItemOf) : null;
}

/**
 * Makes a change, all of it or nothing.
 * @param now milliseconds since 1970
 */
export async function changeOwnWords(db: WorkspaceDatabase, now: number, change: OwnChange): Promise<void> {
	switch (change.kind) {
		case 'notes': {
			const { from, to, text } = change.text;
			// Swapped ends are put right.
			const days = from <= to ? { from, to } : { from: to, to: from };
			return put(db.notes, now, change.id, () => ({ ...days, text }));
		}
		case 'views':
			return changeViews(db, now, change);
		case 'order':
			return orderViews(db, now, change.ids);
		case 'labels':
			return put(db.labels, now, change.id, (old, at) => labelOf(change.text, old, at));
		case 'pins':
			return put(db.labels, now, change.id, (old, at) => old && withPins(old, change, at));
		case 'delete':
			return deleteItem(db[change.of] as Table<StoredOwn<Note>, string>, now, change.id);
		case 'bring_back':
			return bringBack(db, now, change.item);
	}
}

const byId = (a: { readonly id: string }, b: { readonly id: string }) => compareText(a.id, b.id);

async function present<T extends object>(table: Table<StoredOwn<T>, string>): Promise<T[]> {
	return (await table.toArray()).filter((stored): stored is T => !('isDeleted' in stored));
}

/** Labels without the Pins of files whose import does not count: it may have been undone in another copy. */
async function presentLabels(db: WorkspaceDatabase): Promise<Label[]> {
	const labels = await present(db.labels);
	if (!labels.some(({ ofFiles }) => ofFiles.length > 0)) return labels;
	const live = new Set((await liveBatches(db)).map(({ fingerprint }) => fingerprint));
	return labels.map((label) => ({
		...label,
		ofFiles: label.ofFiles.filter(({ fingerprint, pinIds }) => pinIds.length > 0 && live.has(fingerprint))
	}));
}

/** Two copies of a workspace may each have made a view the first page: the later one is it. */
function withOneFirstPage(views: readonly SavedView[]): SavedView[] {
	const [first] = views
		.filter(({ isFirstPage }) => isFirstPage)
		.sort((a, b) => b.changedAt - a.changedAt || byId(a, b));
	return views.map((view) => (view.isFirstPage && view !== first ? { ...view, isFirstPage: false } : view));
}

/** A clock may be set back: a later change still has the later time. */
function timeAfter(now: number, old: { readonly changedAt: number } | undefined): number {
	return Math.max(now, (old?.changedAt ?? 0) + 1);
}

/** Writes an item. `next` gets the item as it was, null where there is none, and gives null where nothing changes. */
async function put<T extends { readonly id: string; readonly changedAt: number }>(
	table: Table<StoredOwn<T>, string>,
	now: number,
	id: string,
	next: (old: T | null, changedAt: number) => Omit<T, 'id' | 'changedAt'> | null
): Promise<void> {
	await table.db.transaction('rw', table, async () => {
		const old = await table.get(id);
		const changedAt = timeAfter(now, old);
		const item = next(old && !('isDeleted' in old) ? old : null, changedAt);
		if (item) await table.put({ ...item, id, changedAt } as StoredOwn<T>);
	});
}

async function deleteItem<T extends { readonly id: string; readonly changedAt: number }>(
	table: Table<StoredOwn<T>, string>,
	now: number,
	id: string
): Promise<void> {
	await table.db.transaction('rw', table, async () => {
		const old = await table.get(id);
		if (old) await table.put({ id, changedAt: timeAfter(now, old), isDeleted: true });
	});
}

async function changeViews(
	db: WorkspaceDatabase,
	now: number,
	{ id, text }: Extract<OwnChange, { readonly kind: 'views' }>
): Promise<void> {
	await db.transaction('rw', db.views, async () => {
		const views = await present(db.views);
		const last = Math.max(-1, ...views.map(({ place }) => place));
		await put(db.views, now, id, (old) => ({ ...text, place: old?.place ?? last + 1 }));
		if (text.isFirstPage) await dropOtherFirstPages(db, now, id);
	});
}

/** Only one view is the first page: the one that was made so last. */
async function dropOtherFirstPages(db: WorkspaceDatabase, now: number, id: string): Promise<void> {
	for (const view of await present(db.views))
		if (view.isFirstPage && view.id !== id)
			await put(db.views, now, view.id, () => ({ ...view, isFirstPage: false }));
}

async function orderViews(db: WorkspaceDatabase, now: number, ids: readonly string[]): Promise<void> {
	await db.transaction('rw', db.views, async () => {
		for (const [place, id] of ids.entries())
			await put(db.views, now, id, (old) => (old && old.place !== place ? { ...old, place } : null));
	});
}

/** A label as the user wrote it. Pins that a file named stay the file's, so that undoing its import takes them back. */
function labelOf(
	{ name, words, createdFrom, createdTo, pinIds }: LabelText,
	old: Label | null,
	changedAt: number
) {
	const wanted = new Set(pinIds);
	const ofFiles = (old?.ofFiles ?? []).map((file) => {
		const left = file.pinIds.filter((pinId) => wanted.has(pinId));
		return left.length === file.pinIds.length ? file : { ...file, pinIds: left, changedAt };
	});
	const ofAnyFile = new Set(ofFiles.flatMap((file) => file.pinIds));
	const byHand = new Set(old?.pinIds ?? []);
	return {
		...{ name, words, createdFrom, createdTo },
		pinIds: [...wanted].filter((pinId) => byHand.has(pinId) || !ofAnyFile.has(pinId)),
		ofFiles,
		...(old?.deletedAt === undefined ? {} : { deletedAt: old.deletedAt })
	};
}

function withPins(
	label: Label,
	{ pinIds, isIn }: Extract<OwnChange, { readonly kind: 'pins' }>,
	changedAt: number
): LabelText & Label {
	if (isIn) return { ...label, pinIds: [...new Set([...label.pinIds, ...pinIds])] };
	const out = new Set(pinIds);
	const left = namedPins(label).filter((id) => !out.has(id));
	return { ...label, ...labelOf({ ...label, pinIds: left }, label, changedAt) };
}

async function bringBack(db: WorkspaceDatabase, now: number, { of, item }: OwnItemOf): Promise<void> {
	if (of === 'notes') return put(db.notes, now, item.id, () => item);
	if (of === 'views')
		return db.transaction('rw', db.views, async () => {
			await put(db.views, now, item.id, () => item);
			if (item.isFirstPage) await dropOtherFirstPages(db, now, item.id);
		});
	await db.transaction('rw', db.labels, db.batches, async () => {
		// Imports may have been undone meanwhile.
		const live = new Set((await liveBatches(db)).map(({ fingerprint }) => fingerprint));
		const files = item.ofFiles.filter(({ fingerprint }) => live.has(fingerprint));
		const deletedAt = (await db.labels.get(item.id))?.changedAt;
		await put(db.labels, now, item.id, (_, changedAt) => ({
			...item,
			ofFiles: files.map((file) => ({ ...file, changedAt })),
			...(deletedAt === undefined ? {} : { deletedAt })
		}));
	});
}
