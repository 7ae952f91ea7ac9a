import { readFileSync } from 'node:fs';

/** The process that started this one. */

const LOOK_MS = 500;

/**
 * Runs `end` once: when a signal asks this process to end or, with `withParent`, when the process that started it has
 * ended. No event reports the latter, so it is polled: a process whose parent has ended is given another parent.
 */
export function whenToldToEnd(end: () => void, { withParent = true } = {}): void {
	const signals = ['SIGINT', 'SIGTERM'] as const;
	let looking: NodeJS.Timeout | undefined;
	const once = () => {
		clearInterval(looking);
		for (const signal of signals) process.removeListener(signal, once);
		end();
	};
	if (withParent) {
		const parents = parentsNow();
		looking = setInterval(() => {
			if (parentsNow() !== parents) once();
		}, LOOK_MS);
		looking.unref();
	}
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
