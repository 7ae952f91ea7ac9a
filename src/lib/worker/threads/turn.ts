/**
 * Lets a page or a worker answer what is waiting for it, and comes back. By a message: nested timers wait four
 * milliseconds, browsers hold timers back while a page loads, and frames in hidden tabs.
 */
export function nextTurn(): Promise<void> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
