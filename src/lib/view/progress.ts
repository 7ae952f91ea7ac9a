import type { ImportProgress } from '../model/import-report';

/** How an import is getting on, in figures to show. */
export interface Pace {
	/** From 0 to 1. */
	readonly fraction: number;
	readonly rows: number;
	readonly rowsPerSecond: number;
	/** Null while it is too early to tell. */
	readonly secondsLeft: number | null;
}

const SETTLING_MS = 700; // before this, a rate is mostly start-up

/** The pace of an import that has run for `elapsedMs`. */
export function paceOf(progress: ImportProgress, elapsedMs: number): Pace {
	const rows = progress.accepted + progress.rejected;
	const fraction = progress.bytes > 0 ? Math.min(1, progress.bytesDone / progress.bytes) : 0;
	const isSettled = elapsedMs >= SETTLING_MS && fraction > 0;
	return {
		fraction,
		rows,
		rowsPerSecond: elapsedMs > 0 ? (rows / elapsedMs) * 1000 : 0,
		secondsLeft: isSettled ? ((elapsedMs / fraction) * (1 - fraction)) / 1000 : null
	};
}
