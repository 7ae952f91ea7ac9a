/** The process that started this one. */

const LOOK_MS = 500;

/**
 * Runs `end` once: when a signal asks this process to end, or when the one that started it has ended. Nothing tells of
 * the latter, so it is looked for; a process whose parent is gone is given another.
 */
export function whenToldToEnd(end: () => void): void {
	const parent = process.ppid;
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const once = () => {
		clearInterval(looking);
		for (const signal of signals) process.removeListener(signal, once);
		end();
	};
	const looking = setInterval(() => {
		if (process.ppid !== parent) once();
	}, LOOK_MS);
	looking.unref();
	for (const signal of signals) process.once(signal, once);
}
