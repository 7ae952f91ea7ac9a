/**
 * Starts a module worker that is bound by the policy of the page or worker that starts it. One loaded by its own URL is
 * not reached by a policy in a <meta> element; one that starts from a blob: inherits it, and then imports the entry.
 * @param entryUrl absolute
 */
export function startModuleWorker(entryUrl: string): Worker {
	const entry = new Blob([`import ${JSON.stringify(entryUrl)};`], { type: 'text/javascript' });
	const url = URL.createObjectURL(entry);
	const worker = new Worker(url, { type: 'module' });
	worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true });
	return worker;
}
