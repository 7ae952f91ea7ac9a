/** Does something when the browser has nothing more urgent to do. */
export function afterPaint(work: () => void): void {
	if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 3_000 });
	else setTimeout(work, 500);
}
