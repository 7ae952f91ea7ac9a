import { scriptUrl } from '../../offline/script-url';

/**
 * Starts a module worker that is bound by the policy of the page or worker that starts it. One loaded by its own URL is
 * not reached by a policy in a <meta> element; one that starts from a blob: inherits it, and then imports the entry.
 * @param entryUrl absolute
 * @param onGone called when it is no more, whoever ended it: browsers do so without a word where memory runs out
 */
export function startModuleWorker(entryUrl: string, onGone: () => void): Worker {
	const life = `tackboard-worker-${Date.now()}-${Math.random()}`;
	const code = holding(life) + importing(entryUrl);
	const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
	const worker = new Worker(scriptUrl(url), { type: 'module' });
	worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
	worker.addEventListener('message', (event) => {
		const { isHolding } = event.data as { isHolding?: boolean };
		if (isHolding) void navigator.locks.request(life, onGone);
	});
	return worker;
}

/** Code that holds a lock for as long as the worker lives. Where there are no locks, its end is not reported. */
function holding(life: string): string {
	return `
		navigator.locks?.request(${JSON.stringify(life)}, () => {
			postMessage({ isHolding: true });
			return new Promise(() => {});
		}).catch(() => {});`;
}

/**
 * Code that imports the entry when it runs: Firefox asks the service worker for such an import only, not for one that
 * stands at the top, and without a network that makes the difference. Messages that come before the entry listens are
 * kept for it, and an entry that cannot be had is an error of the worker.
 */
function importing(entryUrl: string): string {
	return `
		const early = [];
		let isLoaded = false;
		addEventListener('message', (event) => {
			if (isLoaded) return;
			event.stopImmediatePropagation();
			early.push(event);
		});
		import(${JSON.stringify(entryUrl)}).then(() => {
			isLoaded = true;
			for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports }));
		}).catch(reportError);`;
}
