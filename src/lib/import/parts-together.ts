import type { PartProgress, PartResult } from './part';

/**
 * Runs the reading of all parts of a file side by side; when one fails, stops the others, and fails once all have come
 * to rest.
 */
export async function readTogether<T>(
	signal: AbortSignal,
	parts: readonly T[],
	read: (signal: AbortSignal, part: T, index: number) => Promise<PartResult>
): Promise<PartResult[]> {
	const controller = new AbortController();
	const abort = () => controller.abort(signal.reason);
	signal.throwIfAborted();
	signal.addEventListener('abort', abort);
	try {
		const reading = parts.map((part, index) => read(controller.signal, part, index));
		for (const part of reading) part.catch((reason) => controller.abort(reason));
		await Promise.allSettled(reading);
		// Errors of parts that were stopped are ignored: the first failure counts.
		controller.signal.throwIfAborted();
		return await Promise.all(reading);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

/** Adds up what the parts of a file report of their progress. */
export class PartsProgress {
	readonly #parts: PartProgress[] = [];
	readonly #tell: (progress: PartProgress) => void;

	constructor(tell: (progress: PartProgress) => void) {
		this.#tell = tell;
	}

	/** Takes what part `index` reports. */
	of(index: number): (progress: PartProgress) => void {
		return (progress) => {
			this.#parts[index] = progress;
			this.#tell(this.#sum());
		};
	}

	/** Forgets all but the first parts. */
	keep(count: number): void {
		this.#parts.length = Math.min(this.#parts.length, count);
	}

	#sum(): PartProgress {
		const sum = { bytesDone: 0, accepted: 0, rejected: 0 };
		for (const part of this.#parts) {
			sum.bytesDone += part?.bytesDone ?? 0;
			sum.accepted += part?.accepted ?? 0;
			sum.rejected += part?.rejected ?? 0;
		}
		return sum;
	}
}
