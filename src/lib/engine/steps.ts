import type { Pace } from './pace';

/** Work that is done in steps, so that it can be paused and given up between two of them. */
export type Steps<T> = Generator<void, T>;

/** Does all steps, with a pause wherever the pace wants one. */
export async function paced<T>(pace: Pace, steps: Steps<T>): Promise<T> {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
		await pace();
	}
}

/** Does all steps in one go. */
export function atOnce<T>(steps: Steps<T>): T {
	for (;;) {
		const step = steps.next();
		if (step.done) return step.value;
	}
}
