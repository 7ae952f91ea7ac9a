import type { Pace } from '../engine/pace';

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

/** A macrotask without the four milliseconds that nested timers wait. */
function nextTurn(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
