import type { BatchSummary } from '../model/import-report';

/** When a workspace was last copied out of the browser, and when a reminder was last put off; 0 for never. */
export interface CopyTimes {
	readonly copiedAt: number;
	readonly dismissedAt: number;
}

/** What is much to lose: half a year of monthly exports, or events that take minutes to import again. */
const MUCH_FILES = 20;
const MUCH_ROWS = 250_000;

/**
 * How many files were imported since the last copy, where that is so much that a line reminds of making one; 0 where it is
 * not. One that was put off comes back once as much was imported again.
 */
export function filesToCopy(batches: readonly BatchSummary[], { copiedAt, dismissedAt }: CopyTimes): number {
	const own = batches.filter(({ isSample }) => !isSample);
	const since = (ms: number) => own.filter(({ importedAt }) => importedAt > ms);
	const news = since(Math.max(copiedAt, dismissedAt));
	const rows = news.reduce((sum, { accepted }) => sum + accepted, 0);
	return news.length >= MUCH_FILES || rows >= MUCH_ROWS ? since(copiedAt).length : 0;
}
