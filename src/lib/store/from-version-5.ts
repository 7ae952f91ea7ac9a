import type { Transaction } from 'dexie';
import { choicesOfBatch, mappingKey } from './choices';
import type { StoredBatch, StoredChoice, StoredSetting } from './database';

/**
 * Brings what version 5 and earlier ones stored to today's form: batches get the stamps that order them, and decisions that
 * change figures the time of their change. What has them already stays as it is, so that a database can be brought up to
 * date that an earlier backup was read into.
 */

/** A batch as version 5 stored it: ordered by its id, or by the id of the batch whose place it took. */
type BatchOfVersion5 = Omit<StoredBatch, 'stamp' | 'generation'> & {
	readonly id: number;
	readonly place?: number;
};

const MAPPINGS = 'mapping:';

/** @param transaction that may write batches, settings and choices */
export async function fromVersion5(transaction: Pick<Transaction, 'table'>): Promise<void> {
	const batches = transaction.table<BatchOfVersion5 | (StoredBatch & { readonly id: number })>('batches');
	const old = (await batches.toArray()).filter((batch) => !('stamp' in batch)) as BatchOfVersion5[];
	const stamped = withStamps(old);
	if (stamped.length > 0) await batches.bulkPut(stamped);
	const settings = transaction.table<StoredSetting>('settings');
	const mappings = (await settings.toArray()).filter(({ key }) => key.startsWith(MAPPINGS));
	const choices = [
		...mappings.map(({ key, value }): StoredChoice => ({
			key: mappingKey(key.slice(MAPPINGS.length)),
			changedAt: 0,
			value
		})),
		...stamped.flatMap(choicesOfBatch)
	];
	if (choices.length > 0) await transaction.table('choices').bulkPut(choices);
	if (mappings.length > 0) await settings.bulkDelete(mappings.map(({ key }) => key));
}

/** Batches with stamps that rise in the order in which they were imported. */
function withStamps(old: readonly BatchOfVersion5[]): (StoredBatch & { readonly id: number })[] {
	const inOrder = [...old].sort((a, b) => (a.place ?? a.id) - (b.place ?? b.id));
	// What took another batch's place was imported later than those that follow: its own time says nothing of its order.
	let last = Math.min(...inOrder.map(({ importedAt }) => importedAt)) - 1;
	return inOrder.map(({ place, ...batch }) => {
		if (batch.state === 'staging') return { ...batch, stamp: 0, generation: 1 };
		last = place === undefined ? Math.max(batch.importedAt, last + 1) : last + 1;
		return { ...batch, stamp: last, generation: 1 };
	});
}
