import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { generateEventFile, type SampleOptions } from '../lib/import/sample';
import { isMain } from './is-main';

/** Writes an invented event file of any size: `npm run generate -- --events 10000000 --out FILE`. */

const USAGE = `Usage: npm run generate -- --events N --out FILE
         [--seed N] [--pins N] [--people N] [--days N] [--last-day YYYY-MM-DD]`;

function wholeNumber(name: string, text: string): number {
	if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number: ${text}`);
	return Number(text);
}

/** Reads the command line; throws an Error whose message says what is wrong with it. */
export function readArguments(args: readonly string[]): { options: SampleOptions; out: string } {
	const { values } = parseArgs({
		args: [...args],
		options: {
			events: { type: 'string' },
			out: { type: 'string' },
			seed: { type: 'string' },
			pins: { type: 'string' },
			people: { type: 'string' },
			days: { type: 'string' },
			'last-day': { type: 'string' }
		}
	});
	const { events, out, seed, pins, people, days, 'last-day': lastDay } = values;
	if (events === undefined) throw new Error('--events is missing: how many rows to write');
	if (out === undefined) throw new Error('--out is missing: the file to write');
	const options: SampleOptions = {
		events: wholeNumber('events', events),
		...(seed !== undefined && { seed: wholeNumber('seed', seed) }),
		...(pins !== undefined && { pins: wholeNumber('pins', pins) }),
		...(people !== undefined && { people: wholeNumber('people', people) }),
		...(days !== undefined && { days: wholeNumber('days', days) }),
		...(lastDay !== undefined && { lastDay })
	};
	return { options, out };
}

async function main(): Promise<void> {
	const started = performance.now();
	const { options, out } = readArguments(process.argv.slice(2));
	await pipeline(Readable.from(generateEventFile(options)), createWriteStream(out));
	const { size } = await stat(out);
	const seconds = ((performance.now() - started) / 1_000).toFixed(1);
	console.log(`${out}: ${options.events} events, ${size} bytes, ${seconds} s`);
}

if (isMain(import.meta.url)) {
	main().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		console.error(USAGE);
		process.exitCode = 2;
	});
}
