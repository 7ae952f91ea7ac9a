import type { Pace } from '../../engine/pace';
import { nextTurn } from './turn';

/** A scan lets other messages in after this long. */
const TURN_MS = 8;

/** Lets a worker's messages in now and then, so that a cancelled call stops soon. */
export function paceOf(signal: AbortSignal): Pace {
	let turnEnds = performance.now() + TURN_MS;
	return () => {
		signal.throwIfAborted();
		if (performance.now() < turnEnds) return;
		return nextTurn().then(() => {
			signal.throwIfAborted();
			turnEnds = performance.now() + TURN_MS;
		});
	};
}
