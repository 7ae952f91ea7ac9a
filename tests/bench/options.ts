import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run bench -- [--events N] [--runs N] [--only NAME,NAME] [--json FILE] [--keep] [--no-build]
  --events N    events in the file (default 1,000,000)
  --runs N      runs that count of each side; one more comes before them and does not (default 5)
  --only NAMES  some of the scenarios
  --json FILE   where the figures go (default test-results/bench.json)
  --keep        leave the event file in test-results/ and use one of the same size and seed that is there
  --no-build    measure what is in build/ as it is`;

export interface Options {
	readonly events: number;
	readonly runs: number;
	/** Null: all but those that are asked for by name only. */
	readonly only: readonly string[] | null;
	readonly json: string;
	readonly keep: boolean;
	readonly build: boolean;
}

function wholeNumber(name: string, text: string): number {
	const number = Number(text.replaceAll(/[,_]/g, ''));
	if (!Number.isInteger(number) || number < 1)
		throw new Error(`--${name} must be a whole number from 1: ${text}`);
	return number;
}

/** Reads the command line; throws an Error whose message says what is wrong with it. */
export function readOptions(args: readonly string[], scenarios: readonly string[]): Options {
	const { values } = parseArgs({
		args: [...args],
		options: {
			events: { type: 'string', default: '1000000' },
			runs: { type: 'string', default: '5' },
			only: { type: 'string' },
			json: { type: 'string', default: 'test-results/bench.json' },
			keep: { type: 'boolean', default: false },
			'no-build': { type: 'boolean', default: false }
		}
	});
	const only = values.only?.split(',').map((name) => name.trim()) ?? null;
	const unknown = only?.find((name) => !scenarios.includes(name));
	if (unknown !== undefined) throw new Error(`no scenario "${unknown}": there are ${scenarios.join(', ')}`);
	return {
		events: wholeNumber('events', values.events),
		runs: wholeNumber('runs', values.runs),
		only,
		json: values.json,
		keep: values.keep,
		build: !values['no-build']
	};
}
