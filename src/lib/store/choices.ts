import type { StoredBatch, StoredChoice, WorkspaceDatabase } from './database';

/**
 * Decisions that change figures: mappings of tables, what counts on days that were there, names of business accounts. Each
 * has the time of its last change, so that of two copies of a workspace the newer decision counts. Decisions about a batch
 * stand in the batch too, where they take effect; here they can come before their batch.
 */

type NamedBatch = Pick<StoredBatch, 'fingerprint' | 'generation'>;

/** Of a mapping, by the signature of its header. */
export function mappingKey(signature: string): string {
	return `mapping:${signature}`;
}

/** Of what counts on days that earlier batches hold too (model/same-days.ts). */
export function sameDaysKey({ fingerprint, generation }: NamedBatch): string {
	return `same-days:${generation}:${fingerprint}`;
}

/** Of the business account of a batch's figures that name none. */
export function profileKey({ fingerprint, generation }: NamedBatch): string {
	return `profile:${generation}:${fingerprint}`;
}

/** A decision as it is; null where none was made. */
export async function readChoice(db: WorkspaceDatabase, key: string): Promise<StoredChoice | null> {
	return (await db.choices.get(key)) ?? null;
}

/** Keeps a decision in place of an earlier one, within a transaction that may write them or by itself. */
export async function putChoice(db: WorkspaceDatabase, key: string, value: unknown): Promise<void> {
	const old = await db.choices.get(key);
	// A clock may be set back: a later change still has the later time.
	await db.choices.put({ key, changedAt: Math.max(Date.now(), (old?.changedAt ?? 0) + 1), value });
}

/** The decisions that stand in a batch of an earlier version, as of its import. */
export function choicesOfBatch(batch: StoredBatch): StoredChoice[] {
	const { importedAt: changedAt, sameDays, report } = batch;
	return [
		...(sameDays ? [{ key: sameDaysKey(batch), changedAt, value: sameDays }] : []),
		...(report?.profile ? [{ key: profileKey(batch), changedAt, value: report.profile }] : [])
	];
}
