import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A backup that an earlier version of the app made: `tables` and, with the passphrase "three plain words", `tables-sealed`
 * of storeOneOfEverything (whole-workspace.ts), of which `tables.json` is all that was to be seen; `tables-of-database-2`
 * of what earlier-versions.test.ts stores.
 */
export function backupFile(name: 'tables' | 'tables-sealed' | 'tables-of-database-2'): Blob {
	return new Blob([fixture(`${name}.tackboard`) as Uint8Array<ArrayBuffer>]);
}

/** What was to be seen of the workspace that `tables` was taken from. */
export function seenBefore(): unknown {
	return JSON.parse(new TextDecoder().decode(fixture('tables.json')));
}

function fixture(name: string): Uint8Array {
	return readFileSync(fileURLToPath(new URL(`../fixtures/backups/${name}`, import.meta.url)));
}
