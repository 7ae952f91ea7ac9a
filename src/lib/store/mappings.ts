import type { Mapping } from '../model/mapping';
import { mappingKey, putChoice, readChoice } from './choices';
import type { WorkspaceDatabase } from './database';

/** Mappings of tables, kept by the signature of their headers and offered again. */

/** The mapping that was saved for a header; null where there is none. */
export async function readMapping(db: WorkspaceDatabase, signature: string): Promise<Mapping | null> {
	const stored = await readChoice(db, mappingKey(signature));
	return (stored?.value as Mapping | undefined) ?? null;
}

/** Keeps a mapping for a header, in place of an earlier one. */
export async function saveMapping(db: WorkspaceDatabase, signature: string, mapping: Mapping): Promise<void> {
	await db.transaction('rw', db.choices, () => putChoice(db, mappingKey(signature), mapping));
}
