import type { Mapping } from '../model/mapping';
import type { WorkspaceDatabase } from './database';

/** Mappings of tables, kept by the signature of their headers and offered again. */

const keyOf = (signature: string) => `mapping:${signature}`;

/** The mapping that was saved for a header; null where there is none. */
export async function readMapping(db: WorkspaceDatabase, signature: string): Promise<Mapping | null> {
	const stored = await db.settings.get(keyOf(signature));
	return (stored?.value as Mapping | undefined) ?? null;
}

/** Keeps a mapping for a header, in place of an earlier one. */
export async function saveMapping(db: WorkspaceDatabase, signature: string, mapping: Mapping): Promise<void> {
	await db.settings.put({ key: keyOf(signature), value: mapping });
}
