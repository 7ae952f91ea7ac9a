import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateEventFile } from '../../src/lib/import/sample';
import { addDays } from '../../src/lib/model/calendar';
import { NativeDuckDb } from './duckdb-native';
import type { Days } from './queries';

const DAYS = 730;
const LAST_DAY = '2025-12-31';
const FILE_DAYS: Days = { first: addDays(LAST_DAY, 1 - DAYS), last: LAST_DAY };

/** A generated event file on disk. */
export interface EventFile {
	readonly path: string;
	readonly events: number;
	readonly bytes: number;
	readonly days: Days;
}

/** Generated files, made when first asked for; the same size gives the same bytes on every machine. */
export class EventFiles {
	readonly #folder: string;
	readonly #isKept: boolean;

	private constructor(folder: string, isKept: boolean) {
		this.#folder = folder;
		this.#isKept = isKept;
	}

	static async open(keep: boolean): Promise<EventFiles> {
		if (!keep) return new EventFiles(await mkdtemp(join(tmpdir(), 'tackboard-bench-')), false);
		await mkdir('test-results', { recursive: true });
		return new EventFiles(resolve('test-results'), true);
	}

	async close(): Promise<void> {
		if (!this.#isKept) await rm(this.#folder, { recursive: true });
	}

	/** Another seed gives other events, Pins and people over the same days. */
	async file(events: number, seed = 1): Promise<EventFile> {
		const path = join(this.#folder, `bench-${events}-seed-${seed}.csv`);
		if (!existsSync(path)) {
			console.error(`Generating ${events.toLocaleString('en')} events`);
			const options = { events, seed, days: DAYS, lastDay: LAST_DAY };
			const partial = `${path}.part`; // a file that was cut short must not be taken for a whole one
			await pipeline(Readable.from(generateEventFile(options)), createWriteStream(partial));
			await rename(partial, path);
		}
		const { size } = await stat(path);
		return { path, events, bytes: size, days: FILE_DAYS };
	}

	/** A CSV file with the attributes of an event file's Pins, for peers that are not timed on them. */
	async pinsOf(file: EventFile): Promise<string> {
		const path = file.path.replace(/\.csv$/, '-pins.csv');
		if (existsSync(path)) return path;
		const db = await NativeDuckDb.open(1);
		try {
			await db.extractPins(file.path, path);
		} finally {
			db.close();
		}
		return path;
	}
}
