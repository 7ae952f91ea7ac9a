import {
	STILL_MS,
	finishedNames,
	namesToOpen,
	hasStoodStill,
	isSameStamp,
	stillInMs,
	waitOn,
	type FileStamp,
	type WaitingFile
} from '../../model/folder-files';

/**
 * Which files of the inbox are opened and taken when: pure steps over what the folder shows, with the time as an input.
 *
 * A file is taken once it has stood still between two looks (model/folder-files.ts). What was taken once counts as seen, by
 * name, size and time: it is taken again only where one of the two has changed. An empty file is not taken: some browsers
 * make one under the final name when a download begins.
 */

/** How long files that are ready wait for others that came at about the same time, to be one import with them. */
const TOGETHER_MS = 2 * STILL_MS;

/** Backups and files of a home folder, which may be the same folder: they are no exports. */
const OWN = /\.tackboard$/i;

export type Waiting = ReadonlyMap<string, WaitingFile>;
export type Seen = ReadonlyMap<string, FileStamp>;

/** The names of a folder that stand for finished files of people, other than this app's own. */
export function readableNames(names: readonly string[]): readonly string[] {
	return finishedNames(names).filter((name) => !OWN.test(name));
}

export interface LookScope {
	/** Names as readableNames gives them. */
	readonly names: readonly string[];
	readonly seen: Seen;
	readonly waiting: Waiting;
	/** Whether all seen files are opened again, rather than a few. */
	readonly isThorough: boolean;
	/** Rises by one from look to look. */
	readonly turn: number;
}

/** The names of the files of which size and time are wanted. */
export function filesToOpen({ names, seen, waiting, isThorough, turn }: LookScope): readonly string[] {
	const known = new Map([...seen].filter(([name]) => !waiting.has(name)));
	return namesToOpen(names, known, { isThorough, turn });
}

export interface AfterLook {
	readonly waiting: Waiting;
	/** To be imported now, in the order of their times: the later reading of a figure counts. */
	readonly ready: readonly FileStamp[];
	/** When the next file can be ready at the earliest; null where none waits. */
	readonly againInMs: number | null;
}

export interface Looked extends Pick<LookScope, 'seen' | 'waiting'> {
	/** When it began; milliseconds since 1970, by a clock that never goes back. */
	readonly nowMs: number;
	/** When the last of the files was opened, where that took a while after `nowMs`. */
	readonly openedMs?: number;
}

/**
 * What follows from a look.
 * @param opened the files that were opened; one that waited and is not among them is gone
 */
export function afterLook(
	opened: readonly FileStamp[],
	{ seen, waiting, nowMs, openedMs = nowMs }: Looked
): AfterLook {
	const next = new Map<string, WaitingFile>();
	for (const stamp of opened) {
		const known = seen.get(stamp.name);
		if (stamp.byteLength === 0 || (known && isSameStamp(known, stamp))) continue;
		next.set(stamp.name, waitOn(waiting.get(stamp.name), stamp, openedMs));
	}
	const all = [...next.values()];
	const isReady = (file: WaitingFile) => hasStoodStill(file, nowMs);
	const comesSoon = (file: WaitingFile) => !isReady(file) && openedMs - file.metAtMs < TOGETHER_MS;
	const ready = all.some(comesSoon)
		? []
		: all
				.filter(isReady)
				.map(({ name, byteLength, modifiedMs }) => ({ name, byteLength, modifiedMs }))
				.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1));
	for (const { name } of ready) next.delete(name);
	const left = all.filter((file) => next.has(file.name) && !isReady(file));
	return { waiting: next, ready, againInMs: stillInMs(left, openedMs) };
}
