import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { generateEventFile } from '../../../src/lib/import/sample';

const FOLDER = 'test-results/event-files';

/** An invented event file of this many events on the disk, made when it is first asked for. */
export async function sampleFile(events: number): Promise<string> {
	const path = join(FOLDER, `${events}.csv`);
	const isThere = await stat(path).then(
		() => true,
		() => false
	);
	if (isThere) return path;
	await mkdir(FOLDER, { recursive: true });
	// Under a name of its own until it is whole: two workers may ask at once.
	const unfinished = `${path}.${process.pid}`;
	const file = await open(unfinished, 'w');
	for (const chunk of generateEventFile({ events })) await file.write(chunk);
	await file.close();
	await rename(unfinished, path);
	return path;
}
