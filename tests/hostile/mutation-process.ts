import { seededRandom } from '../../src/lib/import/sample-random';
import { mutate } from './mutate';
import { readAnything } from './read-anything';
import type { Specimen } from './specimens';

/** A process that spoils files and imports them, so that whoever started it can end it where it hangs. */

/** What it is asked: files [first, first + step, … to). */
export interface Order {
	readonly specimens: readonly Specimen[];
	readonly seed: number;
	readonly first: number;
	readonly step: number;
	readonly to: number; // exclusive
}

/** What it reports: which file it starts on, what became of one, and at the end how much memory it took. */
export type Told =
	| { readonly started: number; readonly name: string }
	| { readonly became: readonly string[] }
	| { readonly failure: string }
	| { readonly peakBytes: number };

/** The export of one in so many is imported again. */
const THOROUGH_EVERY = 8;

/** The spoiled file of this number; the same for the same specimens. */
export function spoiled({ specimens, seed }: Pick<Order, 'specimens' | 'seed'>, number: number): Specimen {
	const random = seededRandom(seed, number);
	const { name, bytes } = specimens[number % specimens.length]!;
	const donor = specimens[Math.floor(random() * specimens.length)]!;
	return { name, bytes: mutate(random, bytes, donor.bytes) };
}

async function work(order: Order): Promise<void> {
	const tell = (told: Told) => process.send!(told);
	for (let number = order.first; number < order.to; number += order.step) {
		const { name, bytes } = spoiled(order, number);
		tell({ started: number, name });
		try {
			tell({
				became: await readAnything(bytes, Math.floor(number / order.specimens.length) % THOROUGH_EVERY === 0)
			});
		} catch (error) {
			const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
			tell({ failure: `file ${number} (${name}): ${text}` });
		}
	}
	tell({ peakBytes: process.resourceUsage().maxRSS * 1024 });
	process.disconnect();
}

process.once('message', (order) => void work(order as Order));
