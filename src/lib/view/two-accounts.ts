import type { BatchSummary, FileReport } from '../model/import-report';

/** Imports of figures that another one replaced, where it may be that the two are of different business accounts. */

/** Whether a file's figures can be given the name of an account: some of them name none. */
export function takesAccountName({ kind, profiles, batchId }: FileReport): boolean {
	return (
		batchId !== null &&
		(kind === 'figures' || kind === 'levels') &&
		(profiles.length === 0 || profiles.includes(''))
	);
}

/** The live batches whose figures a file replaced, as far as their names show. */
export function replacedBatches(
	{ replaced, batchId }: FileReport,
	batches: readonly BatchSummary[]
): readonly BatchSummary[] {
	const names = new Set(replaced.map(({ file }) => file));
	const own = batches.find(({ id }) => id === batchId);
	return batches.filter(
		(batch) =>
			batch.id !== batchId &&
			names.has(batch.file) &&
			(batch.report?.kind === 'figures' || batch.report?.kind === 'levels') &&
			doDaysMeet(batch, own)
	);
}

function doDaysMeet(batch: BatchSummary, own: BatchSummary | undefined): boolean {
	const [a, b] = [batch.report?.days, own?.report?.days];
	return !a || !b || (a.from <= b.to && a.to >= b.from);
}

export type NamesFault = 'missing' | 'same';

/** What is wrong with the names of two accounts; null where nothing is. */
export function namesFault(own: string, other: string): NamesFault | null {
	const [a, b] = [own.trim(), other.trim()];
	if (a === '' || b === '') return 'missing';
	return a.toLocaleLowerCase() === b.toLocaleLowerCase() ? 'same' : null;
}
