import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whether the module with this address is the one that Node was asked to run, rather than one that was imported. */
export function isMain(moduleUrl: string): boolean {
	const script = process.argv[1];
	return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl);
}
