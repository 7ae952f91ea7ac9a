import type { Mapping } from '../model/mapping';
import type { WorkspaceDatabase } from './database';

/** Mappings of tables, kept by the signature of their headers and offered again. */

const keyOf = (signature: string) => `mapping:${signature}`;

export async function readMapping(db: WorkspaceDatabase, signature: string): Promise<Mapping | null> {
	const stored = await db.settings.get(keyOf(signature));
	return (stored?.value as Mapping | undefined) ?? null;
}

export async function saveMapping(db: WorkspaceDatabase, signature: string, mapping: Mapping): Promise<void> {
	await db.settings.put({ key: keyOf(signature), value: mapping });
}
