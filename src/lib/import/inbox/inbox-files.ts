import { isSameStamp, type FileStamp } from '../../model/inbox';
import { isLitter, isUnfinished } from '../../model/litter';

/**
 * Which files of the inbox are opened and taken when: pure steps over what the folder shows, with the time as an input.
 *
 * A file is taken once its size and its time have stood still for STILL_MS between two looks; its own time alone is no
 * proof, since copying programs set it to that of the original before they are done. What was taken once counts as seen,
 * by name, size and time: it is taken again only where one of the two has changed. An empty file is not taken: some
 * browsers make one under the final name when a download begins.
 *
 * A list of names is cheap, size and time of a file are not (a message to the browser's own process each). So a look
 * opens the files of new names, those that wait, and a few of the seen ones (filesToOpen).
 */

/** How long size and time of a file stand still before it is taken. */
export const STILL_MS = 2_000;
/** How long files that are ready wait for others that came at about the same time, to be one import with them. */
const TOGETHER_MS = 2 * STILL_MS;
/** How many seen files are opened again in one look: those that changed last, and as many others in turn. */
const CHECKED_NEWEST = 32;
const CHECKED_IN_TURN = 32;
/** The turn of the others changes this often. */
const TURN_MS = 60_000;

/** Backups and files of a home folder, which may be the same folder: they are no exports. */
const OWN = /\.tackboard$/i;

/** A file that is not taken yet. */
export interface WaitingFile extends FileStamp {
	/** Since when its size and time have been as they are. */
	readonly stillSinceMs: number;
	readonly metAtMs: number;
}

export type Waiting = ReadonlyMap<string, WaitingFile>;
export type Seen = ReadonlyMap<string, FileStamp>;

/** The names of a folder that stand for finished files of people, other than this app's own. */
export function readableNames(names: readonly string[]): readonly string[] {
	return names.filter((name) => !isLitter(name) && !isUnfinished(name) && !OWN.test(name));
}

export interface LookScope {
	/** Names as readableNames gives them. */
	readonly names: readonly string[];
	readonly seen: Seen;
	readonly waiting: Waiting;
	/** Whether all seen files are opened again, rather than a few. */
	readonly isThorough: boolean;
	/** Milliseconds since 1970, by a clock that never goes back. */
	readonly nowMs: number;
}

/**
 * The names of the files of which size and time are wanted. Of a folder of at most CHECKED_NEWEST + CHECKED_IN_TURN seen
 * files that is all of them: a file that is written anew under its old name is found at once there.
 */
export function filesToOpen({ names, seen, waiting, isThorough, nowMs }: LookScope): readonly string[] {
	const isKnown = (name: string) => seen.has(name) && !waiting.has(name);
	const fresh = names.filter((name) => !isKnown(name));
	const known = names.filter(isKnown);
	if (isThorough || known.length <= CHECKED_NEWEST + CHECKED_IN_TURN) return [...fresh, ...known];
	const timed = known.map((name) => ({ name, modifiedMs: seen.get(name)?.modifiedMs ?? 0 }));
	const byTime = timed.sort((a, b) => b.modifiedMs - a.modifiedMs).map(({ name }) => name);
	const others = byTime.slice(CHECKED_NEWEST);
	const turns = Math.ceil(others.length / CHECKED_IN_TURN);
	const first = (Math.floor(nowMs / TURN_MS) % turns) * CHECKED_IN_TURN;
	return [...fresh, ...byTime.slice(0, CHECKED_NEWEST), ...others.slice(first, first + CHECKED_IN_TURN)];
}

export interface AfterLook {
	readonly waiting: Waiting;
	/** To be imported now, in the order of their times: the later reading of a figure counts. */
	readonly ready: readonly FileStamp[];
	/** When the next file can be ready at the earliest; null where none waits. */
	readonly againInMs: number | null;
}

/**
 * What follows from a look.
 * @param opened the files that were opened; one that waited and is not among them is gone
 */
export function afterLook(
	opened: readonly FileStamp[],
	{ seen, waiting, nowMs }: Pick<LookScope, 'seen' | 'waiting' | 'nowMs'>
): AfterLook {
	const next = new Map<string, WaitingFile>();
	for (const stamp of opened) {
		const known = seen.get(stamp.name);
		if (stamp.byteLength === 0 || (known && isSameStamp(known, stamp))) continue;
		const before = waiting.get(stamp.name);
		const isStill = before !== undefined && isSameStamp(before, stamp);
		const stillSinceMs = isStill ? before.stillSinceMs : nowMs;
		next.set(stamp.name, { ...stamp, stillSinceMs, metAtMs: before?.metAtMs ?? nowMs });
	}
	const all = [...next.values()];
	const isReady = (file: WaitingFile) => nowMs - file.stillSinceMs >= STILL_MS;
	const comesSoon = (file: WaitingFile) => !isReady(file) && nowMs - file.metAtMs < TOGETHER_MS;
	const ready = all.some(comesSoon)
		? []
		: all
				.filter(isReady)
				.map(({ name, byteLength, modifiedMs }) => ({ name, byteLength, modifiedMs }))
				.sort((a, b) => a.modifiedMs - b.modifiedMs || (a.name < b.name ? -1 : 1));
	for (const { name } of ready) next.delete(name);
	const left = all.filter((file) => next.has(file.name) && !isReady(file));
	const againAtMs = Math.min(...left.map((file) => file.stillSinceMs + STILL_MS));
	return {
		waiting: next,
		ready,
		againInMs: left.length === 0 ? null : Math.max(0, againAtMs - nowMs)
	};
}
