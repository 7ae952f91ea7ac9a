import type { FileStamp } from './folder-files';

/** The inbox: a folder of the user's disk whose new files are imported by themselves. It is only read. */

/**
 * What became of a file of the inbox. `asked` waits for an answer, and asks again at the next visit; `left_out` was to be
 * left out by the user; `put_off` could not be read for a reason that may pass, or was cancelled: it is not stored, and is
 * tried again at the next visit.
 */
export const INBOX_OUTCOMES = [
	'imported',
	'already_there',
	'asked',
	'failed',
	'left_out',
	'put_off'
] as const;
export type InboxOutcome = (typeof INBOX_OUTCOMES)[number];

/** A file of the inbox that was taken, as it was then. */
export interface SeenFile extends FileStamp {
	readonly outcome: InboxOutcome;
	/** Milliseconds since 1970. */
	readonly seenAt: number;
}

/** What a workspace's inbox is, and what it did so far. */
export interface InboxAbout {
	/** Milliseconds since 1970. */
	readonly chosenAt: number;
	readonly counts: Readonly<Record<InboxOutcome, number>>;
	/** The files that were taken last, newest first; at most RECENT_FILES. */
	readonly recent: readonly SeenFile[];
}

export const RECENT_FILES = 100;

/** The folder of a workspace's inbox. */
export interface InboxState {
	readonly handle: FileSystemDirectoryHandle;
	readonly about: InboxAbout;
}

/**
 * What a look through the folder is about: names of files that are said to have changed; `usual` for all that is new, and
 * a few of the seen files; `thorough` opens every file, and tries again what was put off.
 */
export type InboxScope = readonly string[] | 'usual' | 'thorough';

/** A file that is to be imported now. */
export interface TakenFile {
	readonly file: File;
	readonly stamp: FileStamp;
	/** Whether it was imported before, under the same name and with other bytes. */
	readonly isEdition: boolean;
}

/** What a look through the folder found. */
export type InboxLook =
	| {
			readonly state: 'looked';
			/** The oldest first. */
			readonly taken: readonly TakenFile[];
			/** How many files have not stood still long enough yet. */
			readonly waiting: number;
			/** When to look at these again; null where there are none. */
			readonly againInMs: number | null;
			/** Names of files that cannot be opened now, and of files without a byte. */
			readonly closed: readonly string[];
			readonly empty: readonly string[];
	  }
	/** No inbox is chosen (any more), the browser wants to be allowed again, or the folder is not there. */
	| { readonly state: 'none' | 'not_allowed' | 'gone' };
