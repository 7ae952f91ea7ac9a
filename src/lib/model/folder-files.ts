import { isLitter } from './litter';

/**
 * Files of a folder that others write to, and looks at them. A file counts as whole once its size and its time have stood
 * still for STILL_MS between two looks; its own time alone is no proof, since copying programs set it to that of the
 * original before they are done.
 *
 * A list of names is cheap, size and time of a file are not (a message to the browser's own process each). So a look opens
 * the files that are new or wait, and of the known ones a few (namesToOpen).
 */

/** Names that programs and synced drives give to files that they have not finished, and hidden files. */
const UNFINISHED =
	/\.(crdownload|crswap|part|partial|download|opdownload|filepart|tmp|temp|aria2|!ut|bc!)$|^~\$|^~syncthing~|^\./i;

/**
 * Of the names in a folder those of finished files of people. A file that is not finished is passed over until it has
 * another name.
 */
export function finishedNames(names: readonly string[]): readonly string[] {
	return names.filter((name) => !isLitter(name) && !UNFINISHED.test(name));
}

/** A file as a folder shows it: where both figures are the same as before, its bytes are taken to be the same. */
export interface FileStamp {
	readonly name: string;
	readonly byteLength: number;
	readonly modifiedMs: number;
}

export function isSameStamp(a: Omit<FileStamp, 'name'>, b: Omit<FileStamp, 'name'>): boolean {
	return a.byteLength === b.byteLength && a.modifiedMs === b.modifiedMs;
}

/** How long size and time of a file stand still before it counts as whole. */
export const STILL_MS = 2_000;

/** A file that is not known to be whole yet. */
export interface WaitingFile extends FileStamp {
	/** Since when its size and time have been as they are, by a clock that never goes back. */
	readonly stillSinceMs: number;
	readonly metAtMs: number;
}

/**
 * A file that waits, after another look at it.
 * @param before as the look before has left it
 * @param nowMs when its size and time were there by
 */
export function waitOn(before: WaitingFile | undefined, stamp: FileStamp, nowMs: number): WaitingFile {
	const isStill = before !== undefined && isSameStamp(before, stamp);
	const { name, byteLength, modifiedMs } = stamp;
	const stillSinceMs = isStill ? before.stillSinceMs : nowMs;
	return { name, byteLength, modifiedMs, stillSinceMs, metAtMs: before?.metAtMs ?? nowMs };
}

/** @param nowMs before its size and time were asked for */
export function hasStoodStill({ stillSinceMs }: WaitingFile, nowMs: number): boolean {
	return nowMs - stillSinceMs >= STILL_MS;
}

/** How soon the first of some files can have stood still; null where there are none. */
export function stillInMs(waiting: readonly WaitingFile[], nowMs: number): number | null {
	if (waiting.length === 0) return null;
	const at = waiting.reduce((least, { stillSinceMs }) => Math.min(least, stillSinceMs + STILL_MS), Infinity);
	return Math.max(0, at - nowMs);
}

/** How many known files are opened again in one look: those that changed last, and as many others in turn. */
const CHECKED_NEWEST = 32;
const CHECKED_IN_TURN = 32;

/** The turn of a visit's first look: any, so that visits of a single look come to all files in the end. */
export function firstTurn(): number {
	return Math.floor(Math.random() * 1_000_000);
}

/**
 * The names of the files that a look opens: those that are not known, and some of the known ones. Of at most CHECKED_NEWEST +
 * CHECKED_IN_TURN known files that is all of them: one that is written anew under its old name is found at once there.
 * @param isThorough whether all known files are opened
 * @param turn rises by one from look to look
 */
export function namesToOpen(
	names: readonly string[],
	known: ReadonlyMap<string, Pick<FileStamp, 'modifiedMs'>>,
	{ isThorough, turn }: { readonly isThorough: boolean; readonly turn: number }
): readonly string[] {
	const fresh = names.filter((name) => !known.has(name));
	const old = names.filter((name) => known.has(name));
	if (isThorough) return [...fresh, ...old];
	const byTime = old.sort((a, b) => known.get(b)!.modifiedMs - known.get(a)!.modifiedMs);
	if (old.length <= CHECKED_NEWEST + CHECKED_IN_TURN) return [...fresh, ...byTime];
	const others = byTime.slice(CHECKED_NEWEST);
	const turns = Math.ceil(others.length / CHECKED_IN_TURN);
	const first = (turn % turns) * CHECKED_IN_TURN;
	return [...fresh, ...byTime.slice(0, CHECKED_NEWEST), ...others.slice(first, first + CHECKED_IN_TURN)];
}
