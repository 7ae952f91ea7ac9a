import { readFileSync } from 'node:fs';
import { isMain } from './is-main';
import { runServeCommand } from './serve-command';

/** The server of a checked-out tree: it serves `build`, takes the next free port, and does not outlive its starter. */
export function serveBuild(): Promise<void> {
	return runServeCommand({
		program: 'npm start --',
		version: (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
		folder: 'build',
		isPortFixed: false,
		endsWithParent: true
	});
}

if (isMain(import.meta.url)) void serveBuild();
