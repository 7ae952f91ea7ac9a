import { readFileSync } from 'node:fs';

/** The process that started this one. */

const LOOK_MS = 500;

/**
 * Runs `end` once: when a signal asks this process to end, or when the one that started it has ended. Nothing tells of
 * the latter, so it is looked for; a process whose parent is gone is given another.
 */
export function whenToldToEnd(end: () => void): void {
	const parents = parentsNow();
	const signals = ['SIGINT', 'SIGTERM'] as const;
	const once = () => {
		clearInterval(looking);
		for (const signal of signals) process.removeListener(signal, once);
		end();
	};
	const looking = setInterval(() => {
		if (parentsNow() !== parents) once();
	}, LOOK_MS);
	looking.unref();
	for (const signal of signals) process.once(signal, once);
}

/** The id of the parent; where that is a shell for one command, as npm starts, also whose shell it is (on Linux). */
function parentsNow(): string {
	const parent = process.ppid;
	try {
		const [, option] = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
		if (option !== '-c') return String(parent);
		// "id (name) state parent …", where the name may hold anything.
		const [, , grandparent] = /.*\) (\S) (\d+)/s.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
		return `${parent} of ${grandparent}`;
	} catch {
		return String(parent); // another system, or it has just ended
	}
}
